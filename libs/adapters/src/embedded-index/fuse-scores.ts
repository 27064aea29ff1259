import type { IndexOptions } from './index-options';
import type { ScoredPassage } from './score-lexical';
import type { Nearness } from './vector-set';

export interface FusedPassage {
  passage: number;
  score: number;
  lexicalScore: number;
  vectorScore: number | null;
  lexicalRank: number | null;
  vectorRank: number | null;
  window: number | null;
}

export interface ScoresToFuse {
  lexical: ScoredPassage[];
  /** Share of the question's weight whose words stand in the lexically best passage. */
  coverage: number;
  near: Nearness | null;
  /** Share of the question's weight that the embedder has words for. */
  known: number;
  alive: Uint8Array;
  limit: number;
}

/** How the two sides are weighed; see {@link IndexOptions}. */
export type FusionWeights = Pick<IndexOptions, 'vectorWeight' | 'leastLexicalWeight' | 'knownToTrust'>;

/**
 * Linear fusion on scores normalised within the query: the lexical score, as a share of the best, counts as much as the best passage covers
 * of the question (what it does not hold, words cannot have judged: other words, typos, another language); the cosine counts a fixed
 * weight, less where the embedder hardly knows the question's words. Brought to 0 to 1. Measured: docs/decisions/fusion.md.
 */
export function fuseScores(
  { lexical, coverage, near, known, alive, limit }: ScoresToFuse,
  weights: FusionWeights,
): FusedPassage[] {
  const byWord = [...lexical].sort((left, right) => right.score - left.score || left.passage - right.passage);
  const byMeaning = near ? nearest(near.scores, alive, Math.max(limit, lexical.length)) : [];
  const wordRanks = new Map(byWord.map(({ passage }, index) => [passage, index]));
  const meaningRanks = new Map(byMeaning.map((passage, index) => [passage, index]));
  const best = byWord[0]?.score ?? 0;
  const lexicalWeight = near ? Math.max(weights.leastLexicalWeight, coverage) : 1;
  const vectorWeight = near ? weights.vectorWeight * Math.min(1, known / weights.knownToTrust) : 0;
  const fuse = (passage: number): FusedPassage => {
    const wordRank = wordRanks.get(passage);
    const meaningRank = meaningRanks.get(passage);
    const lexicalScore = wordRank === undefined ? 0 : byWord[wordRank]!.score;
    const cosine = near?.scores[passage] ?? -Infinity;
    const vectorScore = cosine === -Infinity ? null : cosine;
    const window = near?.windows[passage] ?? -1;
    const sum = lexicalWeight * (best > 0 ? lexicalScore / best : 0) + vectorWeight * Math.max(0, vectorScore ?? 0);
    return {
      passage,
      lexicalScore,
      vectorScore,
      lexicalRank: wordRank === undefined ? null : wordRank + 1,
      vectorRank: meaningRank === undefined ? null : meaningRank + 1,
      window: window < 0 ? null : window,
      score: sum / (lexicalWeight + vectorWeight),
    };
  };
  return [...new Set([...wordRanks.keys(), ...byMeaning])]
    .map(fuse)
    .sort((left, right) => right.score - left.score || left.passage - right.passage)
    .slice(0, limit);
}

/** Living passages with the best cosines above 0. */
function nearest(cosines: Float32Array, alive: Uint8Array, limit: number): number[] {
  const best: number[] = [];
  for (let passage = 0; passage < cosines.length; passage++) {
    const cosine = cosines[passage]!;
    if (!alive[passage] || cosine <= 0) continue;
    if (best.length === limit && cosine <= cosines[best[limit - 1]!]!) continue;
    let place = best.length;
    while (place > 0 && cosines[best[place - 1]!]! < cosine) place--;
    best.splice(place, 0, passage);
    if (best.length > limit) best.pop();
  }
  return best;
}
