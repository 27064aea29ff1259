import { QueryClient, QueryObserver, type InfiniteData } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { routes, type Change, type Source } from '@docent/contracts';
import { keyOf } from '../api/queries';
import { applyChange } from './apply-change';
import { StaleMarks } from './stale-marks';

const workspaceId = 'w';
const botId = '11111111-1111-4111-8111-111111111111';
const id = '22222222-2222-4222-8222-222222222222';
const listKey = [...keyOf(workspaceId, routes.listSources, { params: { botId }, query: {} }), 'pages'];

let queryClient: QueryClient;
let reads: number;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  queryClient = new QueryClient();
  reads = 0;
  const list = { pages: [{ items: [{ id, status: 'processing', stage: 'extracting', progress: 10 }] }], pageParams: [''] };
  queryClient.setQueryData(listKey, list);
  stop = new QueryObserver(queryClient, {
    queryKey: listKey,
    staleTime: Infinity,
    queryFn: () => ((reads += 1), list),
  }).subscribe(() => undefined);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const progress = (part: Partial<Extract<Change, { kind: 'source' }>>): Change => ({
  kind: 'source',
  id,
  botId,
  status: 'processing',
  stage: 'chunking',
  progress: 40,
  ...part,
});
const inList = () => queryClient.getQueryData<InfiniteData<{ items: Source[] }>>(listKey)!.pages[0]!.items[0];

describe('applyChange', () => {
  it('writes progress into the list without asking the server', async () => {
    applyChange(queryClient, new StaleMarks(queryClient), workspaceId, progress({}));
    await vi.runAllTimersAsync();
    expect(inList()).toMatchObject({ stage: 'chunking', progress: 40 });
    expect(reads).toBe(0);
  });

  it('reads the list once for a hundred ends', async () => {
    const marks = new StaleMarks(queryClient);
    for (let count = 0; count < 100; count += 1)
      applyChange(queryClient, marks, workspaceId, progress({ status: 'ready', stage: 'ready', progress: 100 }));
    await vi.runAllTimersAsync();
    expect(reads).toBe(1);
  });

  it('reads the list for a source that it does not know, and not for another workspace', async () => {
    applyChange(queryClient, new StaleMarks(queryClient), workspaceId, progress({ id: botId }));
    applyChange(queryClient, new StaleMarks(queryClient), 'other', progress({ id: botId }));
    await vi.runAllTimersAsync();
    expect(reads).toBe(1);
  });
});
