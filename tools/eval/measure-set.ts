import type { EvalQuestion } from './eval-set';
import { auroc } from './auroc';
import { measureConfidence, type ConfidenceFigures } from './measure-confidence';
import { measureSides, type SideFigures, type Sides } from './measure-sides';
import { holdsAnswer } from './holds-answer';
import type { EvalProduct } from './product';
import type { Reaction } from './reaction';
import { refusalBounds, type RefusalBounds } from './refusal-bounds';
import { mean, rankFigures, type RankFigures } from './rank-figures';

/** The figures of one set; null where the set has no question to measure it on. Shares are 0 to 1. */
export interface SetFigures extends RankFigures {
  /** Share of answerable questions with answer strings where one of them stands in the first three passages. */
  spanHit: number | null;
  /** The same for the text that the visitor sees; a refusal counts as a miss. */
  answerHit: number | null;
  /** Share of unanswerable questions that were answered. */
  answeredUnanswerable: number | null;
  /** Share of answerable questions that were refused. */
  refusedAnswerable: number | null;
  /** Of the refusals, the share that was right; of the unanswerable questions, the share that was refused. */
  abstentionPrecision: number | null;
  abstentionRecall: number | null;
  /** The chance that an unanswerable question gets less confidence than an answerable one. */
  auroc: number | null;
  msPerQuestion: number | null;
  /** Ranked by words alone, by meaning alone, and by both. */
  sides: Sides<SideFigures>;
  /** What it would cost to answer hardly anything unanswerable, or to refuse hardly anything answerable. */
  bounds: RefusalBounds;
  /** How far the confidence can be believed. */
  confidence: ConfidenceFigures | null;
}

/** Puts every question of the set to the product, which has loaded it. */
export async function askAll(product: EvalProduct, questions: EvalQuestion[]): Promise<Reaction[]> {
  const reactions: Reaction[] = [];
  for (const question of questions) {
    const begin = performance.now();
    const answer = await product.ask(question.question, question.history);
    reactions.push({ question, answer, ms: performance.now() - begin });
  }
  return reactions;
}

export function figuresOf(reactions: Reaction[]): SetFigures {
  const found = reactions.map(({ question, answer }) => ({ question, results: answer.results }));
  const spans = reactions.filter(({ question }) => question.answerable === true && question.answers.length > 0);
  const wrong = reactions.filter(({ question }) => question.answerable === false);
  const right = reactions.filter(({ question }) => question.answerable === true);
  const refused = (list: Reaction[]): number => list.filter(({ answer }) => !answer.answered).length;
  const refusals = refused(wrong) + refused(right);
  return {
    ...rankFigures(found),
    spanHit: mean(
      spans.map(({ question, answer }) =>
        Number(answer.results.slice(0, 3).some(({ text }) => holdsAnswer(text, question.answers))),
      ),
    ),
    answerHit: mean(spans.map(({ question, answer }) => Number(answer.answered && holdsAnswer(answer.answer, question.answers)))),
    answeredUnanswerable: wrong.length ? 1 - refused(wrong) / wrong.length : null,
    refusedAnswerable: right.length ? refused(right) / right.length : null,
    abstentionPrecision: refusals ? refused(wrong) / refusals : null,
    abstentionRecall: wrong.length ? refused(wrong) / wrong.length : null,
    auroc: auroc(confidences(wrong), confidences(right)),
    msPerQuestion: mean(reactions.map(({ ms }) => ms)),
    sides: measureSides(found),
    bounds: refusalBounds(reactions),
    confidence: measureConfidence(reactions),
  };
}

function confidences(list: Reaction[]): number[] {
  return list.map(({ answer }) => answer.confidence).filter((value) => value !== undefined);
}

/** Of a set whose questions cannot be measured by themselves. */
export const noFigures: SetFigures = { ...figuresOf([]), answeredUnanswerable: null };
