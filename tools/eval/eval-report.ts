import type { CompoundQuestions } from './compounds';
import type { ConfidenceFigures } from './measure-confidence';
import type { SetFigures } from './measure-set';
import type { VariantFigures } from './variants';

/** The product's figures of one set, and those of plain BM25 beside them. */
export type SetReport = { name: string } & SetFigures & {
    bm25: SetFigures;
    /** The same questions with two typos each. */
    typos?: VariantFigures;
    /** Questions whose compounds are written otherwise, beside what the same questions find as they are. */
    compounds?: { way: CompoundQuestions['way']; clean: VariantFigures; changed: VariantFigures }[];
    /** Share of unrelated questions that this knowledge refuses, and how well confidence tells them from the set's own answerable ones. */
    strangers?: { refused: number; auroc: number | null };
  };

export interface EvalReport {
  sets: SetReport[];
  /** Questions in one language over the same passages in another. */
  languages: ({ from: string; to: string; set: string } & VariantFigures)[];
  /** Pages held out of the embedder's training: local headings over English sections. */
  heldOut: ({ language: string } & VariantFigures)[];
  /** Mean over the sets with both kinds of questions, each counting the same. */
  confidence: ConfidenceFigures | null;
}
