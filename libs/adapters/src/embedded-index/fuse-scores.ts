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

/**
 * Linear fusion of normalised scores: the lexical score divided by the query's best plus the cosine times its weight, brought to 0 to 1.
 * (Rank fusion throws away how sure the lexical side was and was measured up to 13 points worse.)
 */
export function fuseScores(
  lexical: ScoredPassage[],
  near: Nearness | null,
  alive: Uint8Array,
  vectorWeight: number,
  limit: number,
): FusedPassage[] {
  const byWord = [...lexical].sort((left, right) => right.score - left.score);
  const byMeaning = near ? nearest(near.scores, alive, Math.max(limit, lexical.length)) : [];
  const best = byWord[0]?.score ?? 0;
  const whole = near ? 1 + vectorWeight : 1;
  const fuse = (passage: number): FusedPassage => {
    const lexicalRank = byWord.findIndex((entry) => entry.passage === passage);
    const lexicalScore = byWord[lexicalRank]?.score ?? 0;
    const cosine = near?.scores[passage] ?? -Infinity;
    const vectorScore = cosine === -Infinity ? null : cosine;
    const vectorRank = byMeaning.indexOf(passage);
    const window = near?.windows[passage] ?? -1;
    return {
      passage,
      lexicalScore,
      vectorScore,
      lexicalRank: lexicalRank < 0 ? null : lexicalRank + 1,
      vectorRank: vectorRank < 0 ? null : vectorRank + 1,
      window: window < 0 ? null : window,
      score: ((best > 0 ? lexicalScore / best : 0) + vectorWeight * Math.max(0, vectorScore ?? 0)) / whole,
    };
  };
  const passages = new Set([...byWord.map((entry) => entry.passage), ...byMeaning]);
  return [...passages]
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
