import { holdsAnswer } from './holds-answer';
import type { Reaction } from './reaction';

/** What happens where only answers with at least this confidence are given. */
export interface CurvePoint {
  threshold: number;
  /** Share of the answerable questions that get an answer, and a right one. */
  answered: number;
  right: number;
  /** Share of the given answers that are wrong: to an unanswerable question, or without what answers. */
  wrong: number;
}

export interface ConfidenceFigures {
  curve: CurvePoint[];
  /** Answers by confidence, in tenths: how many, what they claim, and how many are right. */
  calibration: { from: number; answers: number; claimed: number; right: number }[];
}

export const thresholds = [0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Over the labelled questions; what the product refuses counts as not answered at every threshold. Null where it does not tell its confidence. */
export function measureConfidence(reactions: Reaction[]): ConfidenceFigures | null {
  const labelled = reactions.filter(({ question, answer }) => question.answerable !== null && answer.confidence !== undefined);
  const answerable = labelled.filter(({ question }) => question.answerable).length;
  if (answerable === 0 || answerable === labelled.length) return null;
  const given = labelled
    .filter(({ answer }) => answer.answered)
    .map((reaction) => ({
      confidence: reaction.answer.confidence!,
      answerable: reaction.question.answerable,
      right: isRight(reaction),
    }));
  return {
    curve: thresholds.map((threshold) => {
      const left = given.filter(({ confidence }) => confidence >= threshold);
      const right = left.filter((answer) => answer.right).length;
      return {
        threshold,
        answered: left.filter((answer) => answer.answerable).length / answerable,
        right: right / answerable,
        wrong: left.length ? 1 - right / left.length : 0,
      };
    }),
    calibration: Array.from({ length: 10 }, (_, tenth) => {
      const inside = given.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === tenth);
      return {
        from: tenth / 10,
        answers: inside.length,
        claimed: inside.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, inside.length),
        right: inside.filter((answer) => answer.right).length / Math.max(1, inside.length),
      };
    }).filter(({ answers }) => answers > 0),
  };
}

/** The mean over sets, each counting the same; null where there are none. */
export function meanConfidence(list: ConfidenceFigures[]): ConfidenceFigures | null {
  if (list.length === 0) return null;
  const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / list.length;
  return {
    curve: thresholds.map((threshold, at) => ({
      threshold,
      answered: average(list.map(({ curve }) => curve[at]!.answered)),
      right: average(list.map(({ curve }) => curve[at]!.right)),
      wrong: average(list.map(({ curve }) => curve[at]!.wrong)),
    })),
    calibration: Array.from({ length: 10 }, (_, tenth) =>
      list.flatMap(({ calibration }) => calibration.filter(({ from }) => from === tenth / 10)),
    )
      .filter((tenth) => tenth.length > 0)
      .map((tenth) => ({ from: tenth[0]!.from, ...pooled(tenth) })),
  };
}

function pooled(list: ConfidenceFigures['calibration']): { answers: number; claimed: number; right: number } {
  const answers = list.reduce((sum, entry) => sum + entry.answers, 0);
  const share = (of: 'claimed' | 'right') => list.reduce((sum, entry) => sum + entry[of] * entry.answers, 0) / answers;
  return { answers, claimed: share('claimed'), right: share('right') };
}

/** The answer, or what it cites first, holds a string that answers; where there are none, the first citation is of a gold unit. */
export function isRight({ question, answer }: Reaction): boolean {
  if (!question.answerable || !answer.answered) return false;
  const first = answer.cited?.[0];
  if (question.answers.length > 0)
    return holdsAnswer(answer.answer, question.answers) || (first !== undefined && holdsAnswer(first.quote, question.answers));
  return first !== undefined && question.gold.includes(first.id);
}
