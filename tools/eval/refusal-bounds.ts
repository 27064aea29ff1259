import type { Reaction } from './reaction';

/** What a bot would have to give up to keep one of its two promises, whatever its threshold of confidence. Null where it cannot be told. */
export interface RefusalBounds {
  /** Share of the answerable questions that are refused where two in a hundred unanswerable ones are answered. */
  refusedAnswerable: number | null;
  /** Share of the unanswerable questions that are answered where five in a hundred answerable ones are refused. */
  answeredUnanswerable: number | null;
}

const mostAnswered = 0.02;
const mostRefused = 0.05;

/** By the confidence of the answers to questions of both kinds. */
export function refusalBounds(reactions: Reaction[]): RefusalBounds {
  const of = (answerable: boolean): number[] =>
    reactions
      .filter(({ question }) => question.answerable === answerable)
      .flatMap(({ answer }) => answer.confidence ?? [])
      .sort((left, right) => left - right);
  const [unanswerable, answerable] = [of(false), of(true)];
  if (unanswerable.length === 0 || answerable.length === 0) return { refusedAnswerable: null, answeredUnanswerable: null };
  const highestRefused = unanswerable[unanswerable.length - 1 - Math.floor(unanswerable.length * mostAnswered)]!;
  const lowestAnswered = answerable[Math.floor(answerable.length * mostRefused)]!;
  return {
    refusedAnswerable: answerable.filter((confidence) => confidence <= highestRefused).length / answerable.length,
    answeredUnanswerable: unanswerable.filter((confidence) => confidence >= lowestAnswered).length / unanswerable.length,
  };
}
