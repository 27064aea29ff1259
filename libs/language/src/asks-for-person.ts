import { personPhrases } from './person-phrases';
import { plainWords } from './holds-phrase';

/** Longer messages are about something; whoever wants a person says so shortly. */
const longest = 200;

/**
 * Whether the message asks to speak with a person instead of the bot, in any of ten languages. Made to be right where it says yes:
 * a question about people, or about whom to speak with elsewhere, is a question for the bot.
 */
export function asksForPerson(text: string): boolean {
  const words = plainWords(text);
  return words.length > 0 && words.length <= longest && personPhrases.some((phrase) => phrase.test(words));
}
