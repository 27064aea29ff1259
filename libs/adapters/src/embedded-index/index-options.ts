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
  /** What a cosine of 1 counts where the embedder knows all of the question; a question that the best passage covers in full counts 1 on the lexical side. */
  vectorWeight: number;
  /** What the lexical side counts at least, however little of the question is covered: a name or number that matches is no chance. */
  leastLexicalWeight: number;
  /** Vectors of a bot up to which all of them are scanned; above it windows only of the passages that are nearest as a whole. */
  exactVectors: number;
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
  vectorWeight: 0.6,
  leastLexicalWeight: 0.1,
  exactVectors: 20_000,
  maxBytes: 400 * 1024 * 1024,
};
