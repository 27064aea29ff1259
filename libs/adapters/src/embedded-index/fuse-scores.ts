import type { ScoredPassage } from './score-lexical';

export interface FusedPassage {
  passage: number;
  score: number;
  lexicalScore: number;
  vectorScore: number | null;
}

/**
 * Linear fusion of normalised scores: the lexical score divided by the query's best plus the cosine times its weight, brought to 0 to 1.
 * (Rank fusion throws away how sure the lexical side was and was measured up to 13 points worse.)
 */
export function fuseScores(
  lexical: ScoredPassage[],
  cosines: Float32Array | null,
  alive: Uint8Array,
  vectorWeight: number,
  limit: number,
): FusedPassage[] {
  const best = lexical.reduce((most, entry) => Math.max(most, entry.score), 0);
  const share = (score: number): number => (best > 0 ? score / best : 0);
  const whole = cosines ? 1 + vectorWeight : 1;
  const fuse = (passage: number, lexicalScore: number): FusedPassage => {
    const cosine = cosines?.[passage] ?? -Infinity;
    const vectorScore = cosine === -Infinity ? null : cosine;
    return {
      passage,
      lexicalScore,
      vectorScore,
      score: (share(lexicalScore) + vectorWeight * Math.max(0, vectorScore ?? 0)) / whole,
    };
  };
  const fused = new Map(lexical.map((entry) => [entry.passage, fuse(entry.passage, entry.score)]));
  if (cosines)
    for (const passage of nearest(cosines, alive, Math.max(limit, lexical.length)))
      if (!fused.has(passage)) fused.set(passage, fuse(passage, 0));
  return [...fused.values()].sort((left, right) => right.score - left.score || left.passage - right.passage).slice(0, limit);
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
