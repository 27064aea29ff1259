import type { EvalSet, EvalTurn } from './eval-set';

/** A passage as the product ranks it; `id` is the unit under which its text was loaded. */
export interface FoundPassage {
  id: string;
  text: string;
  /** Place by words alone and by meaning alone, from 1; null or absent: not ranked there. */
  lexicalRank?: number | null;
  vectorRank?: number | null;
}

export interface EvalFinding {
  /** Passages best first, at least ten where there are. */
  results: FoundPassage[];
  /** False: the product would say that it has no answer. */
  answered: boolean;
  /** 0 to 1, where the product knows it. */
  confidence?: number;
}

export interface EvalAnswer extends EvalFinding {
  /** What the visitor sees. */
  answer: string;
  /** What the answer cites, in order. */
  cited?: { id: string; quote: string }[];
}

/** What is measured: the product itself, or a search library as yardstick. */
export interface EvalProduct {
  /** Makes the set's units the whole knowledge of a fresh bot, and waits until it has settled: searchable by words and by meaning. */
  load(set: EvalSet): Promise<void>;
  /** The passages for a question and how surely they answer it, without an answer being written. */
  find(question: string, history: EvalTurn[]): Promise<EvalFinding>;
  ask(question: string, history: EvalTurn[]): Promise<EvalAnswer>;
}
