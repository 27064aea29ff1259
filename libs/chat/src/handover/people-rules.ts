import { isOpenAt, type Channel, type HandoverReason, type HandoverSettings, type HandoverState } from '@docent/contracts';
import { asksForPerson, holdsPhrase } from '@docent/language';

/** What an answer needs to know of the people behind the bot; absent where none can be asked for. */
export interface PeopleBehind {
  settings: HandoverSettings;
  /** Somebody has been asked for already. */
  isAwaited: boolean;
}

/** Only where a visitor can see a person's reply: not over the OpenAI protocol, and not where a member tries the bot. */
export function peopleBehind(channel: Channel, state: HandoverState, settings: HandoverSettings): PeopleBehind | null {
  return settings.enabled && (channel === 'widget' || channel === 'api') ? { settings, isAwaited: state === 'waiting' } : null;
}

/** Why a person is wanted before the bot says anything; null: the bot answers. */
export function reasonBeforeAnswer({ settings, isAwaited }: PeopleBehind, question: string, now: Date): HandoverReason | null {
  if (isAwaited) return null;
  if (asksForPerson(question)) return 'visitor_asked';
  // Out of hours the bot says first what it knows.
  return isOpenAt(settings.hours, now) && matchesRule(settings, question) ? 'word_rule' : null;
}

export interface GivenAnswer {
  answered: boolean;
  /** 0 to 1, where it is known. */
  confidence?: number;
  /** Answers in a row, this one included, that the knowledge did not hold. */
  unansweredInARow: number;
}

/** Why a person is wanted after what the bot has said; null: nobody is. */
export function reasonAfterAnswer({ settings, isAwaited }: PeopleBehind, question: string, given: GivenAnswer): HandoverReason | null {
  if (isAwaited) return null;
  if (matchesRule(settings, question)) return 'word_rule';
  if (settings.unansweredLimit !== null && given.unansweredInARow >= settings.unansweredLimit) return 'unanswered';
  const isUnsure = given.answered && given.confidence !== undefined && settings.confidenceBelow !== null && given.confidence < settings.confidenceBelow;
  return isUnsure ? 'low_confidence' : null;
}

function matchesRule({ words }: HandoverSettings, question: string): boolean {
  return words.some((words) => holdsPhrase(question, words));
}
