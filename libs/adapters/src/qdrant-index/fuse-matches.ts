import type { IndexMatch } from '@docent/ports';

export interface FoundPoint<Payload> {
  id: string;
  score: number;
  payload: Payload;
}

/** Linear fusion of normalised scores, as the embedded index does it; `vectorWeight` 0 leaves the vector side out. */
export function fuseMatches<Payload extends { chunk: string; source: string }>(
  byWord: FoundPoint<Payload>[],
  byMeaning: FoundPoint<Payload>[],
  vectorWeight: number,
  limit: number,
  coverageOf: (payload: Payload) => number,
): IndexMatch[] {
  const best = byWord.reduce((most, point) => Math.max(most, point.score), 0);
  const words = new Map(byWord.map((point) => [point.id, point.score]));
  const cosines = new Map(byMeaning.map((point) => [point.id, point.score]));
  const points = new Map([...byWord, ...byMeaning.filter((point) => point.score > 0)].map((point) => [point.id, point]));
  const matches = Array.from(points.values(), ({ id, payload }) => {
    const lexicalScore = words.get(id) ?? 0;
    const vectorScore = cosines.get(id) ?? null;
    const score = ((best ? lexicalScore / best : 0) + vectorWeight * Math.max(0, vectorScore ?? 0)) / (1 + vectorWeight);
    return {
      chunkId: payload.chunk,
      sourceId: payload.source,
      score: Math.min(1, score),
      lexicalScore,
      vectorScore,
      lexicalRank: null,
      vectorRank: null,
      window: null,
      coverage: coverageOf(payload),
    };
  });
  return matches.sort((left, right) => right.score - left.score).slice(0, limit);
}
