import { expect, it } from 'vitest';
import { systemContext, type Signals } from '@docent/platform';
import type { IndexChunk, KnowledgeIndex } from '@docent/ports';
import { IndexKeeper } from './index-keeper';
import type { MeaningKeeper } from './meaning/meaning-keeper';
import type { SourcesRepository } from './sources.repository';

const ctx = systemContext('tenant', 'test');

/** A keeper over an index that is a list, and tables that answer when `release` is called. */
function aKeeper() {
  const held = new Map<string, IndexChunk[]>();
  const index = {
    durable: false,
    has: async (_: unknown, botId: string) => held.has(botId),
    open: async (_: unknown, botId: string) => void held.set(botId, []),
    put: async (_: unknown, botId: string, chunks: IndexChunk[]) => void held.get(botId)!.push(...chunks),
    removeBot: async (_: unknown, botId: string) => void held.delete(botId),
  };
  const tables = { answer: () => {}, fail: (_: Error) => {} };
  const chunk = { id: 'c', sourceId: 's', title: '', headings: [], body: 'text', language: null };
  const sources = {
    chunksAfter: () =>
      new Promise((resolve, reject) => {
        tables.answer = () => resolve([chunk]);
        tables.fail = reject;
      }),
  };
  const meaning = { fedAnew: async () => {} };
  const keeper = new IndexKeeper(index as unknown as KnowledgeIndex, sources as unknown as SourcesRepository, {} as Signals, meaning as unknown as MeaningKeeper);
  const tick = () => new Promise((done) => setImmediate(done));
  return { keeper, held, tables, tick };
}

it('lets nobody search what is fed only in part', async () => {
  const { keeper, held, tables, tick } = aKeeper();
  const first = keeper.ready(ctx, 'bot');
  await tick();
  let seen = -1;
  const second = keeper.ready(ctx, 'bot').then(() => (seen = held.get('bot')!.length));
  await tick();
  expect(seen).toBe(-1);
  tables.answer();
  expect(await first).toBe(true);
  await second;
  expect(seen).toBe(1);
  expect(await keeper.ready(ctx, 'bot')).toBe(false);
});

it('feeds anew after a failure, instead of taking a part for the whole', async () => {
  const { keeper, held, tables, tick } = aKeeper();
  const first = keeper.ready(ctx, 'bot');
  await tick();
  tables.fail(new Error('the database is gone'));
  await expect(first).rejects.toThrow('gone');
  expect(held.has('bot')).toBe(false);
  const again = keeper.ready(ctx, 'bot');
  await tick();
  tables.answer();
  expect(await again).toBe(true);
  expect(held.get('bot')).toHaveLength(1);
});
