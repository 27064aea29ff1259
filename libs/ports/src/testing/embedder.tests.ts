import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Embedder } from '../embedder';

export interface EmbedderStage {
  embedder: Embedder;
  close(): Promise<void>;
}

/** What every embedder promises; one without a name promises only to refuse. */
export function embedderTests(name: string, openStage: () => Promise<EmbedderStage>): void {
  describe(`embedder: ${name}`, () => {
    let stage: EmbedderStage;
    beforeEach(async () => void (stage = await openStage()));
    afterEach(() => stage.close());

    it('gives one unit vector of its dimensions per text, in order, or has no name and refuses', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(embedder.embed(['x'], 'query')).rejects.toThrow();
      const texts = ['We ship to Norway', 'Return unused items', '', '运费由买家承担'];
      const vectors = await embedder.embed(texts, 'passage');
      expect(vectors).toHaveLength(texts.length);
      for (const vector of vectors) {
        expect(vector).toHaveLength(embedder.dimensions);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      }
    });

    it('puts texts that say the same closer than others', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(embedder.dimensions).toBe(0);
      const [question] = await embedder.embed(['shipping to Norway'], 'query');
      const [near, far] = await embedder.embed(['shipping to Norway takes days', 'bananas are yellow fruit'], 'passage');
      expect(cosine(question, near)).toBeGreaterThan(cosine(question, far));
    });

    it('gives nothing for nothing', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(embedder.dimensions).toBe(0);
      expect(await embedder.embed([], 'passage')).toEqual([]);
    });
  });
}

function cosine(one: Float32Array | undefined, other: Float32Array | undefined): number {
  return Array.from(one ?? []).reduce((sum, value, index) => sum + value * (other?.[index] ?? 0), 0);
}
