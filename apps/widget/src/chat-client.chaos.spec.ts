import { afterEach, expect, it, vi } from 'vitest';
import { storageEvent, stubBrowser } from '../test/browser-globals';
import { FakeServer } from '../test/fake-server';
import { ChatClient } from './chat-client';

let server: FakeServer;
let tabs: ChatClient[] = [];

afterEach(async () => {
  for (const tab of tabs) tab.close();
  await server.stop();
  vi.unstubAllGlobals();
});

it.each([1, 2, 3, 4])(
  'loses and doubles nothing while the line, the token, the tabs and the page come and go (run %i)',
  async (seed) => {
    const random = generator(seed);
    const { window } = stubBrowser();
    server = await new FakeServer().start();
    tabs = [aTab(), aTab()];
    const questions: string[] = [];
    for (let step = 0; step < 30; step++) {
      const at = Math.floor(random() * tabs.length);
      const action = Math.floor(random() * 8);
      if (action < 2) {
        questions.push(`question ${step}`);
        tabs[at]!.send(`question ${step}`);
      } else if (action === 2) server.goDown();
      else if (action === 3) server.expireTokens();
      else if (action === 4) {
        tabs[at]!.close();
        tabs[at] = aTab();
      } else if (action === 5) window.dispatchEvent(new Event('online'));
      else if (action === 6) window.dispatchEvent(storageEvent(`docent:${server.bot.id}`));
      else server.down = false;
      await new Promise((resolve) => setTimeout(resolve, random() * 60));
    }
    server.down = false;
    window.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(server.messages).toHaveLength(questions.length), 25_000);
    window.dispatchEvent(storageEvent(`docent:${server.bot.id}`));
    const asked = server.messages.map(({ data }) => data.text);
    expect([...asked].sort()).toEqual([...questions].sort());
    // When the answer to "begin" was lost, an empty conversation stays behind; never one with messages.
    const [conversation, ...others] = [...server.conversations.values()].filter(({ log }) => log.length > 0);
    expect(others).toEqual([]);
    for (const tab of tabs) {
      const now = () => [shown(tab.state.entries), tab.state.outbox];
      await vi.waitFor(() => expect(now()).toEqual([shown(conversation!.read().transcript), []]), 10_000);
    }
  },
  60_000,
);

function aTab(): ChatClient {
  const client = new ChatClient(server.origin, server.bot.id, () => {});
  client.open();
  return client;
}

const shown = (entries: { role: string; text?: unknown; status?: unknown }[]) =>
  entries.map(({ role, text, status }) => (role === 'visitor' ? text : [status, text]));

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
