import type { EvalQuestion } from './eval-set';
import type { EvalAnswer } from './product';

/** What the product made of one question. */
export interface Reaction {
  question: EvalQuestion;
  answer: EvalAnswer;
  ms: number;
}
