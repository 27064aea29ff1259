import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '@docent/contracts';
import { BrowserPage } from './browser-page';
import { screenOf } from './check-history';
import { CutStreamServer, type Ending } from './cut-stream-server';
import { loadWidgetClient, type WidgetClient } from './widget-visitor';

const at = '2026-01-01T00:00:00.000Z';
const citation = { n: 1, sourceId: 's', title: 'Gebühren', start: 0, end: 4, quote: 'Ein Liegeplatz', snapshotHash: 'h' };
const pieces = ['Ein Liegeplatz kostet ', '24 € ', 'pro Nacht ⛵️ [1]. ', '港口', 'は7時に開きます。'];
/** Two questions; the answer to the second was begun anew. Texts hold characters of one to four bytes. */
const log = ([
  ['message', { turnId: 'one', clientMessageId: 'm1', role: 'visitor', text: 'Was kostet ein Liegeplatz? 🛟' }],
  ['answer.started', { turnId: 'one' }],
  ...pieces.map((text, index) => ['answer.delta', { turnId: 'one', text, ...(index === 2 ? { citations: [citation] } : {}) }]),
  ['answer.completed', { turnId: 'one', text: pieces.join(''), citations: [citation], answered: true, suggestions: [], finishReason: 'stop' }],
  ['message', { turnId: 'two', clientMessageId: 'm2', role: 'visitor', text: 'И ещё раз?' }],
  ['answer.started', { turnId: 'two' }],
  ['answer.delta', { turnId: 'two', text: 'Worte des toten Prozesses' }],
  ['answer.restarted', { turnId: 'two', fromSeq: 11 }],
  ['answer.delta', { turnId: 'two', text: 'Ещё ' }],
  ['answer.delta', { turnId: 'two', text: 'раз.' }],
  ['answer.completed', { turnId: 'two', text: 'Ещё раз.', citations: [], answered: true, suggestions: [], finishReason: 'stop' }],
] as const).map(([type, data], index) => ({ seq: index + 1, type, at, data })) as unknown as ConversationEvent[];

const atOnce = 150;
let server: CutStreamServer;
let ChatClient: Awaited<ReturnType<typeof loadWidgetClient>>;

beforeAll(async () => {
  server = await CutStreamServer.start(log);
  ChatClient = await loadWidgetClient();
});
afterAll(() => server?.close());

/** What a widget shows whose first stream was cut at this byte, once it shows the whole conversation. */
function readThrough(ending: Ending, offset: number): Promise<unknown[]> {
  const page = new BrowserPage();
  const id = `${ending}-${offset}`;
  page.storage.set(`docent:${id}`, JSON.stringify({ conversationId: id, outbox: [] }));
  return page.run(
    () =>
      new Promise((resolve) => {
        const client: WidgetClient = new ChatClient(server.url, id, () => {
          const { entries } = client.state;
          if (entries.length < 4 || entries.some(({ status }) => status === 'running')) return;
          client.close();
          resolve(entries.map(({ role, text, status }) => (role === 'assistant' ? { role, text, status } : { role, text })));
        });
        client.open();
      }),
  );
}

describe.each<Ending>(['breaks', 'ends'])('a stream that %s', (ending) => {
  it('leaves the same conversation on the screen, whichever byte it is cut at', async () => {
    const expected = screenOf(log);
    expect(expected.map(({ text }) => text)).toEqual(['Was kostet ein Liegeplatz? 🛟', pieces.join(''), 'И ещё раз?', 'Ещё раз.']);
    const offsets = Array.from({ length: server.bytes.length + 1 }, (_, offset) => offset);
    const next = offsets.values();
    const differing: [number, unknown[]][] = [];
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const offset of next) {
          const shown = await readThrough(ending, offset);
          if (JSON.stringify(shown) !== JSON.stringify(expected)) differing.push([offset, shown]);
        }
      }),
    );
    expect(differing).toEqual([]);
  }, 240_000);
});
