import type { EvalSet, EvalTurn } from './eval-set';

export interface EvalAnswer {
  /** Passages best first, at least ten where there are; `id` is the unit under which the text was loaded. */
  results: { id: string; text: string }[];
  /** False: the product said that it has no answer. */
  answered: boolean;
  /** What the visitor sees. */
  answer: string;
  /** 0 to 1, where the product knows it. */
  confidence?: number;
}

/** What is measured: the product itself, or a search library as yardstick. */
export interface EvalProduct {
  /** Makes the set's units the whole knowledge of a fresh bot. */
  load(set: EvalSet): Promise<void>;
  ask(question: string, history: EvalTurn[]): Promise<EvalAnswer>;
  close?(): Promise<void>;
}
