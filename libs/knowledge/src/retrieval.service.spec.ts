import pino from 'pino';
import { expect, it } from 'vitest';
import { systemContext, type Signals } from '@docent/platform';
import type { Embedder, IndexQuery, KnowledgeIndex } from '@docent/ports';
import type { IndexKeeper } from './index-keeper';
import type { KnowledgeModelsRepository } from './meaning/knowledge-models.repository';
import { MeaningKeeper } from './meaning/meaning-keeper';
import type { PassageVectorsRepository } from './meaning/passage-vectors.repository';
import { RetrievalService } from './retrieval.service';
import type { SourcesRepository } from './sources.repository';

const ctx = systemContext('tenant', 'test');

/** A retrieval over a shared index that finds by meaning only, and a model of which `version` says which is the newest and in use. */
function aRetrieval() {
  const installation = { version: 1, searches: [] as (string | undefined)[] };
  const setInUse = () => `box#${installation.version}`;
  const index = {
    durable: true,
    vectorSet: async () => setInUse(),
    search: async (_scope: unknown, _botId: string, { vector }: IndexQuery) => {
      installation.searches.push(vector?.set);
      return vector?.set === setInUse() ? [{ chunkId: 'c', sourceId: 's' }] : [];
    },
  } as unknown as KnowledgeIndex;
  const embedder = {
    name: 'box',
    learns: true,
    forKnowledge: (_scope: unknown, _botId: string, model: { version: number } | null) => ({
      set: `box#${model?.version ?? 0}`,
      knows: () => null,
      embedQuestion: async () => ({ values: new Float32Array(1), weight: 1 }),
    }),
  } as unknown as Embedder;
  const note = async () => ({ embedder: 'box', version: installation.version });
  const models = { note, find: note } as unknown as KnowledgeModelsRepository;
  const row = { id: 'c', page: null };
  const sources = { passages: async () => [row] } as unknown as SourcesRepository;
  const meaning = new MeaningKeeper(index, embedder, sources, models, {} as PassageVectorsRepository, {} as Signals, pino({ enabled: false }));
  const keeper = { ready: async () => false } as unknown as IndexKeeper;
  return { installation, retrieval: new RetrievalService(index, embedder, keeper, meaning, sources) };
}

it('asks again where another process has switched a shared index to other vectors unheard', async () => {
  const { installation, retrieval } = aRetrieval();
  const question = { text: 'How?', understood: 'How?', context: [] };
  expect(await retrieval.search(ctx, 'bot', question, 5)).toHaveLength(1);
  installation.version = 2;
  expect(await retrieval.search(ctx, 'bot', question, 5)).toHaveLength(1);
  expect(await retrieval.search(ctx, 'bot', question, 5)).toHaveLength(1);
  expect(installation.searches).toEqual(['box#1', 'box#1', 'box#2', 'box#2']);
});
