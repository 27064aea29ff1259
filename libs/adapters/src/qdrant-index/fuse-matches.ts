import type { IndexMatch, IndexQuery } from '@docent/ports';
import { fuseScores } from '../embedded-index/fuse-scores';
import { defaultIndexOptions } from '../embedded-index/index-options';
import type { NearChunk } from './vector-points';

export interface FoundChunk {
  chunk: string;
  source: string;
  score: number;
  /** Share of the question's weight whose words stand in the passage. */
  coverage: number;
}

/** Fuses what was found by words, best first, with what was found by meaning, as the embedded index does; null: words alone. */
export function fuseMatches(
  byWord: FoundChunk[],
  near: ReadonlyMap<string, NearChunk & { source: string }> | null,
  { known = 0, learned }: Partial<Pick<NonNullable<IndexQuery['vector']>, 'known' | 'learned'>>,
  limit: number,
): IndexMatch[] {
  const chunks = [...new Set([...byWord.map(({ chunk }) => chunk), ...(near?.keys() ?? [])])];
  const numbers = new Map(chunks.map((chunk, number) => [chunk, number]));
  const words = new Map(byWord.map((found) => [found.chunk, found]));
  const byMeaning = [...(near ?? [])].sort(([, left], [, right]) => right.score - left.score);
  const fused = fuseScores(
    {
      lexical: byWord.map(({ chunk, score }) => ({ passage: numbers.get(chunk)!, score })),
      coverage: byWord[0]?.coverage ?? 0,
      near:
        near &&
        new Map(byMeaning.map(([chunk, { score, window }], at) => [numbers.get(chunk)!, { score, window, rank: at + 1 }])),
      known,
      learned,
      limit,
    },
    defaultIndexOptions,
  );
  return fused
    .filter(({ score }) => score > 0)
    .map(({ passage, ...match }) => {
      const chunkId = chunks[passage]!;
      const found = words.get(chunkId);
      return { ...match, chunkId, sourceId: found?.source ?? near!.get(chunkId)!.source, coverage: found?.coverage ?? 0 };
    });
}
