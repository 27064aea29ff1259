import type { SetFigures } from './measure-set';

/** The product's figures of one set, and those of plain BM25 beside them. */
export type SetReport = { name: string } & SetFigures & { bm25: SetFigures };

export interface EvalReport {
  sets: SetReport[];
}
