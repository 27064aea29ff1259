import { describe, expect, it } from 'vitest';
import { systemContext, type Signals } from '@docent/platform';
import type { Egress, FileStorage, TextExtractor } from '@docent/ports';
import type { IndexKeeper } from './index-keeper';
import { IngestJob } from './ingest.job';
import type { SourcesRepository } from './sources.repository';
import { SourcePreparer } from './preparing/source-preparer';
import { StagedSource } from './staged-source';
import type { SnapshotToStore, StoreWatcher } from './store-snapshot';
import type { SourceRow } from './to-source';

const ctx = systemContext('tenant', 'test');
const attempt = { isLastTry: true, signal: new AbortController().signal };

/** A job over one row and an index that is a list; `happened` says in which order things were done. */
function aJob({ status = 'queued', byWords = true, announcing = async () => {} } = {}) {
  const row = { id: 's', botId: 'b', type: 'qa', status, stage: status, progress: 0, input: { question: 'Who?', answer: 'The heron.' } };
  const happened: string[] = [];
  const held: string[] = [];
  const sources = {
    find: async () => ({ ...row }) as unknown as SourceRow,
    report: async (_: unknown, __: string, now: Partial<SourceRow>) => Boolean(Object.assign(row, now)),
    update: async (_: unknown, __: string, now: Partial<SourceRow>) => Object.assign(row, now),
    storeSnapshot: async (_: unknown, __: unknown, { prepared }: SnapshotToStore, watcher: StoreWatcher) => {
      for await (const batch of prepared.batches) await watcher.sent(['c'], batch);
      const isReady = await watcher.isReady(1);
      happened.push(isReady ? 'committed as ready' : 'committed');
      if (isReady) row.status = 'ready';
      return { state: isReady ? 'ready' : 'stored', passages: 1 };
    },
  };
  const index = {
    isReadyByWords: () => byWords,
    stage: async () =>
      new StagedSource({
        put: async ({ ids }) => void held.push(...ids),
        count: async () => held.length,
        remove: async () => void held.splice(0),
        tell: async () => {
          happened.push(`announced while ${row.status}`);
          await announcing();
        },
        end: () => undefined,
      }),
    refreshSource: async () => void happened.push('fed from the tables'),
  };
  const signals = { send: async () => {} };
  const none = {} as unknown;
  const job = new IngestJob(sources as unknown as SourcesRepository, none as FileStorage, none as TextExtractor, none as Egress, new SourcePreparer(), index as unknown as IndexKeeper, signals as unknown as Signals);
  return { run: () => job.run(ctx, { sourceId: 's' }, attempt), row, happened };
}

describe('IngestJob', () => {
  it('makes a source ready in the transaction that stores it, before vectors are begun, where words are enough', async () => {
    const { run, row, happened } = aJob();
    await run();
    expect(happened).toEqual(['committed as ready', 'announced while ready']);
    expect(row.status).toBe('ready');
  });

  it('makes it ready afterwards where its vectors are waited for', async () => {
    const { run, row, happened } = aJob({ byWords: false });
    await run();
    expect(happened).toEqual(['committed', 'announced while processing']);
    expect(row).toMatchObject({ status: 'ready', progress: 100 });
  });

  it('lets others hear of a source that an earlier run made ready, and does not store it again', async () => {
    const { run, row, happened } = aJob({ status: 'ready' });
    await run();
    expect(happened).toEqual(['fed from the tables']);
    expect(row.status).toBe('ready');
  });

  it('does not call a source failed that is stored and found, when what comes after fails', async () => {
    const broken = aJob({ announcing: () => Promise.reject(new Error('the line is down')) });
    await expect(broken.run()).rejects.toThrow('the line is down');
    expect(broken.row.status).toBe('ready');
    const early = aJob({ byWords: false, announcing: () => Promise.reject(new Error('the line is down')) });
    await expect(early.run()).rejects.toThrow('the line is down');
    expect(early.row.status).toBe('failed');
  });
});
