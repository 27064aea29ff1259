/** How passages are weighed. The defaults were measured on the development sets (docs/decisions/index-engine.md). */
export interface IndexOptions {
  /** BM25: how fast repetition of a word stops to count. */
  k1: number;
  /** BM25: how much long passages are held back, 0 to 1. */
  b: number;
  /** What a word in the title counts, in occurrences in the text. */
  titleWeight: number;
  /** What a word in a heading counts, in occurrences in the text. */
  headingWeight: number;
  /** Bonus for two words of the question that stand close together as they do there; a share of the rarer one's weight. */
  closenessWeight: number;
  /** Weight of the vector side (cosine) against the lexical side (score divided by the query's best). */
  vectorWeight: number;
  /** All bots together; the least recently used ones are dropped above it and must be fed again. */
  maxBytes: number;
}

export const defaultIndexOptions: IndexOptions = {
  k1: 1.2,
  b: 0.75,
  titleWeight: 1,
  headingWeight: 1,
  closenessWeight: 0.3,
  vectorWeight: 1,
  maxBytes: 400 * 1024 * 1024,
};
