import type { IndexQuery, TenantScope } from '@docent/ports';
import { BotVocabularies } from './bot-vocabularies';
import type { PassagePoints } from './passage-points';
import { isUnknown, languageOf, questionWords, withGuesses, type Frequencies, type QuestionWord } from './question-words';

/** A question's words, put right, and how often their terms stand in the bot's passages. */
export interface Wording {
  words: QuestionWord[];
  frequencies: Frequencies;
}

/** Reads questions as the languages of a bot's passages have them; what no passage holds is put right where it can be. */
export class QuestionReader {
  private readonly vocabularies: BotVocabularies;

  constructor(private readonly passages: PassagePoints) {
    this.vocabularies = new BotVocabularies((scope, botId, since) => passages.storedWords(scope, botId, since));
  }

  async read(scope: TenantScope, botId: string, query: IndexQuery): Promise<Wording> {
    const languages = await this.passages.languages(scope, botId);
    const language = languageOf(query, languages);
    const words = questionWords(query, language, languages);
    const frequencies = await this.passages.frequencies(scope, botId, numbersOf(words));
    const vocabulary = words.some((word) => isUnknown(word, frequencies)) ? await this.vocabularies.of(scope, botId) : null;
    if (!vocabulary) return { words, frequencies };
    const meant = withGuesses(words, frequencies, language, vocabulary, query.isWord);
    const ofGuesses = await this.passages.frequencies(scope, botId, numbersOf(meant.filter(({ trust }) => trust < 1)));
    return { words: meant, frequencies: { ...frequencies, of: new Map([...frequencies.of, ...ofGuesses.of]) } };
  }

  /** What was remembered of a bot's words. */
  forget(scope: TenantScope, botId: string): void {
    this.vocabularies.forget(scope, botId);
  }
}

function numbersOf(words: QuestionWord[]): number[] {
  return words.flatMap(({ numbers }) => numbers);
}
