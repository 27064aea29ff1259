import type { IndexMatch } from '@docent/ports';
import type { ScoredPassage } from './best-passages';
import type { IndexOptions } from './index-options';
import type { NearPassage } from './vector-set';

/** A match, by the passage's number. */
export interface FusedPassage extends Omit<IndexMatch, 'chunkId' | 'sourceId' | 'coverage'> {
  passage: number;
}

export interface ScoresToFuse {
  lexical: ScoredPassage[];
  /** Share of the question's weight whose words stand in the lexically best passage. */
  coverage: number;
  /** By passage; null where vectors say nothing about the question. */
  near: ReadonlyMap<number, NearPassage> | null;
  /** Share of the question's weight that the embedder has words for. */
  known: number;
  /** Whether the embedder has learned this knowledge. */
  learned?: boolean;
  limit: number;
}

/** How much more vectors count that are of an embedder that has learned this knowledge: docs/decisions/learning.md. */
const trustInLearned = 1.25;

/** How the two sides are weighed; see {@link IndexOptions}. */
export type FusionWeights = Pick<IndexOptions, 'vectorWeight' | 'leastLexicalWeight'>;

/**
 * Linear fusion on scores normalised within the query: the lexical score, as a share of the best, counts as much as the best passage covers
 * of the question (what it does not hold, words cannot have judged: other words, typos, another language). A cosine is a product of two
 * sums of words, and counts as much as the embedder knows of either: of the question, and of passages in the same language likewise; more
 * where it has learned this knowledge. Brought to 0 to 1. Measured: docs/decisions/fusion.md.
 */
export function fuseScores(
  { lexical, coverage, near, known, learned, limit }: ScoresToFuse,
  weights: FusionWeights,
): FusedPassage[] {
  const byWord = [...lexical].sort((left, right) => right.score - left.score || left.passage - right.passage);
  const wordRanks = new Map(byWord.map(({ passage }, index) => [passage, index]));
  const best = byWord[0]?.score ?? 0;
  const lexicalWeight = near ? Math.max(weights.leastLexicalWeight, coverage) : 1;
  const vectorWeight = near ? weights.vectorWeight * (learned ? trustInLearned : 1) * known ** 2 : 0;
  const fuse = (passage: number): FusedPassage => {
    const wordRank = wordRanks.get(passage);
    const meaning = near?.get(passage);
    const lexicalScore = wordRank === undefined ? 0 : byWord[wordRank]!.score;
    const sum = lexicalWeight * (best > 0 ? lexicalScore / best : 0) + vectorWeight * Math.max(0, meaning?.score ?? 0);
    return {
      passage,
      lexicalScore,
      vectorScore: meaning?.score ?? null,
      lexicalRank: wordRank === undefined ? null : wordRank + 1,
      vectorRank: meaning?.rank ?? null,
      window: meaning?.window ?? null,
      score: sum / (lexicalWeight + vectorWeight),
    };
  };
  return [...new Set([...wordRanks.keys(), ...(near?.keys() ?? [])])]
    .map(fuse)
    .sort((left, right) => right.score - left.score || left.passage - right.passage)
    .slice(0, limit);
}
