import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Embedder, KnowledgeText } from '../embedder';

export interface EmbedderStage {
  embedder: Embedder;
  close(): Promise<void>;
}

const tenant = { tenantId: '0198c0de-0000-7000-8000-000000000001' };
const bot = '0198c0de-0000-7000-8000-0000000000b0';

/** What every embedder promises; one without a name promises only to refuse. */
export function embedderTests(name: string, openStage: () => Promise<EmbedderStage>): void {
  describe(`embedder: ${name}`, () => {
    let stage: EmbedderStage;
    beforeEach(async () => void (stage = await openStage()));
    afterEach(() => stage.close());

    it('gives unit vectors of its dimensions for each passage, in order, or has no name and refuses', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(() => embedder.forKnowledge(tenant, bot, null)).toThrow();
      const texts = ['We ship to Norway', 'Return unused items', '运费由买家承担'];
      const passages = await embedder.forKnowledge(tenant, bot, null).embedPassages(texts.map(titled));
      expect(passages).toHaveLength(texts.length);
      for (const vector of passages.flatMap(({ whole, windows }) => [whole, ...windows])) {
        expect(vector).toHaveLength(embedder.dimensions);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      }
    });

    it('takes a passage and a question without a word', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(embedder.learns).toBe(false);
      const knowledge = embedder.forKnowledge(tenant, bot, null);
      const [empty] = await knowledge.embedPassages([titled('')]);
      expect(empty!.whole).toHaveLength(embedder.dimensions);
      expect((await knowledge.embedQuestion('?!')).values).toHaveLength(embedder.dimensions);
    });

    it('puts texts that say the same closer than others', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(embedder.dimensions).toBe(0);
      const knowledge = embedder.forKnowledge(tenant, bot, null);
      const { values, known } = await knowledge.embedQuestion('shipping to Norway');
      const [near, far] = await knowledge.embedPassages(
        ['shipping to Norway takes days', 'bananas are yellow fruit'].map(titled),
      );
      expect(cosine(values, near!.whole)).toBeGreaterThan(cosine(values, far!.whole));
      expect(known).toBeGreaterThan(0);
      expect(known).toBeLessThanOrEqual(1);
    });

    it('lets earlier turns pull a question towards them, the more the more they weigh', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(embedder.dimensions).toBe(0);
      const knowledge = embedder.forKnowledge(tenant, bot, null);
      const [passage] = await knowledge.embedPassages([titled('shipping to Norway takes days')]);
      const near = async (weight: number) =>
        cosine(
          (await knowledge.embedQuestion('how much is it', [{ text: 'shipping to Norway', weight }])).values,
          passage!.whole,
        );
      const [without, little, much] = [await near(0), await near(0.3), await near(0.9)];
      expect(little).toBeGreaterThan(without);
      expect(much).toBeGreaterThan(little);
    });

    it('gives nothing for nothing', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(embedder.dimensions).toBe(0);
      expect(await embedder.forKnowledge(tenant, bot, null).embedPassages([])).toEqual([]);
    });

    it('names the set of its vectors by itself and by what the knowledge taught it, if that changes anything', async () => {
      const { embedder } = stage;
      const texts = ['We ship to Norway', 'We ship to Sweden', 'Return unused items to Norway'].map(titled);
      const weights = await embedder.count(pagesOf(texts));
      if (embedder.name === null) return expect(weights).toHaveLength(0);
      const before = embedder.forKnowledge(tenant, bot, null);
      const after = embedder.forKnowledge(tenant, bot, { version: 3, weights, rows: null });
      expect([before.set.startsWith(embedder.name), after.set.startsWith(embedder.name)]).toEqual([true, true]);
      expect(after.set === before.set).toBe(!embedder.learns);
      expect(weights.length > 0).toBe(embedder.learns);
      // The same words count otherwise now; texts of the same set are still comparable.
      const [passage] = await after.embedPassages([texts[0]!]);
      expect(cosine((await after.embedQuestion('We ship to Norway')).values, passage!.whole)).toBeGreaterThan(0.9);
    });

    it('keeps what one knowledge base taught it from all others', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(embedder.dimensions).toBe(0);
      const question = 'We ship to Norway';
      const before = await embedder.forKnowledge(tenant, bot, null).embedQuestion(question);
      const weights = await embedder.count(pagesOf(Array.from({ length: 50 }, () => titled('ship'))));
      await embedder.forKnowledge({ tenantId: 'other' }, bot, { version: 1, weights, rows: null }).embedQuestion(question);
      await embedder.forKnowledge(tenant, 'other', { version: 1, weights, rows: null }).embedQuestion(question);
      expect(await embedder.forKnowledge(tenant, bot, null).embedQuestion(question)).toEqual(before);
    });

    it('explains within the passage and with at most the whole score, or says that it cannot', async () => {
      const { embedder } = stage;
      if (embedder.name === null) return expect(embedder.dimensions).toBe(0);
      const passage = titled('Shipping to Norway takes days. Bananas are yellow.');
      const explanation = embedder.forKnowledge(tenant, bot, null).explain('shipping to Norway', passage);
      if (!explanation) return expect(embedder.learns).toBe(false);
      expect(explanation.words.map(({ word }) => word)).toContain('norway');
      for (const { nearest, share } of explanation.words) {
        expect(passage.text.toLowerCase()).toContain(nearest);
        expect(share).toBeGreaterThan(0);
      }
      expect(explanation.words.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.0001);
      if (explanation.window) expect(explanation.window.end).toBeLessThanOrEqual(passage.text.length);
    });
  });
}

function titled(text: string): KnowledgeText {
  return { title: '', text };
}

async function* pagesOf(texts: KnowledgeText[]): AsyncGenerator<KnowledgeText[]> {
  for (const text of texts) yield [text];
}

function cosine(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * other[index]!, 0);
}
