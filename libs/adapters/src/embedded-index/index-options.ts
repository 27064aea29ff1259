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
  /** Bonus for a word that stands in the very form of the question, not only with the same stem; a share of its weight. */
  exactnessWeight: number;
  /** What the best other passage of the same source adds; a share of its score. */
  siblingWeight: number;
  /** Weight of the vector side (cosine) against the lexical side (score divided by the query's best). */
  vectorWeight: number;
  /** All bots together; the least recently used ones are dropped above it and must be fed again. */
  maxBytes: number;
}

export const defaultIndexOptions: IndexOptions = {
  k1: 1.5,
  b: 0.9,
  titleWeight: 2,
  headingWeight: 1.5,
  closenessWeight: 0.5,
  exactnessWeight: 0.3,
  siblingWeight: 0.05,
  vectorWeight: 1,
  maxBytes: 400 * 1024 * 1024,
};
