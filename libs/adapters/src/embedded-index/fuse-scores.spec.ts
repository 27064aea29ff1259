import { describe, expect, it } from 'vitest';
import { fuseScores, type ScoresToFuse } from './fuse-scores';
import { defaultIndexOptions } from './index-options';

/** Words prefer passage 0, vectors prefer passage 1. */
const disagreement: ScoresToFuse = {
  lexical: [
    { passage: 0, score: 10 },
    { passage: 1, score: 6 },
  ],
  coverage: 1,
  near: new Map([
    [1, { score: 0.6, window: 3, rank: 1 }],
    [0, { score: 0.2, window: null, rank: 2 }],
  ]),
  known: 1,
  limit: 10,
};
const order = (change: Partial<ScoresToFuse>) =>
  fuseScores({ ...disagreement, ...change }, defaultIndexOptions).map(({ passage }) => passage);

describe('fuseScores', () => {
  it('believes the words where the best passage holds the whole question', () => {
    expect(order({ coverage: 1 })).toEqual([0, 1]);
  });

  it('believes the vectors where it holds little of the question', () => {
    expect(order({ coverage: 0.3 })).toEqual([1, 0]);
  });

  it('believes the words where the embedder does not know the question', () => {
    expect(order({ coverage: 0.3, known: 0.05 })).toEqual([0, 1]);
  });

  it('believes the vectors more where their embedder has learned the knowledge', () => {
    expect(order({ coverage: 0.65 })).toEqual([0, 1]);
    expect(order({ coverage: 0.65, learned: true })).toEqual([1, 0]);
  });

  it('keeps the order of the words without vectors', () => {
    const fused = fuseScores({ ...disagreement, near: null }, defaultIndexOptions);
    expect(fused).toMatchObject([
      { passage: 0, score: 1, lexicalRank: 1, vectorRank: null, vectorScore: null, window: null },
      { passage: 1, score: 0.6, lexicalRank: 2, vectorRank: null },
    ]);
  });

  it('finds by meaning what no word finds, says both ranks and the window, and stays within 0 and 1', () => {
    const fused = fuseScores({ ...disagreement, lexical: [{ passage: 0, score: 10 }], coverage: 0.5 }, defaultIndexOptions);
    expect(fused.find(({ passage }) => passage === 1)).toMatchObject({
      lexicalRank: null,
      vectorRank: 1,
      window: 3,
      lexicalScore: 0,
    });
    expect(fused.every(({ score }) => score > 0 && score <= 1)).toBe(true);
  });
});
