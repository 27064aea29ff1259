import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { storageEvent, stubBrowser } from '../test/browser-globals';
import { FakeServer } from '../test/fake-server';
import { ChatClient } from './chat-client';

let server: FakeServer;
let browser: ReturnType<typeof stubBrowser>;
const clients: ChatClient[] = [];

beforeEach(async () => {
  browser = stubBrowser();
  server = await new FakeServer().start();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.stop();
  vi.unstubAllGlobals();
});

/** On a machine that does other things too. */
const eventually = (holds: () => unknown, timeoutMs = 25_000) => vi.waitFor(holds, timeoutMs);

function aTab(): ChatClient {
  const client = new ChatClient(server.origin, server.bot.id, () => {});
  clients.push(client);
  client.open();
  return client;
}

const texts = (client: ChatClient) => client.state.entries.filter((entry) => entry.role === 'visitor').map((entry) => entry.text);
const asked = () => server.messages.map(({ data }) => data.text);
const answered = (client: ChatClient, count: number) =>
  eventually(
    () =>
      expect(client.state.entries.filter((entry) => entry.role === 'assistant' && entry.status !== 'running')).toHaveLength(
        count,
      ),
  );

it('asks nothing of the server before it is opened', async () => {
  new ChatClient(server.origin, server.bot.id, () => {});
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.requests).toEqual([]);
});

it('sends in order and each message once, also those written while an answer runs', async () => {
  const client = aTab();
  for (const text of ['first', 'second', 'third']) client.send(text);
  await answered(client, 3);
  expect(asked()).toEqual(['first', 'second', 'third']);
  expect(client.state.outbox).toEqual([]);
});

it('keeps what is written while offline and sends it once when the line is back', async () => {
  const client = aTab();
  client.send('before');
  await answered(client, 1);
  server.goDown();
  client.send('one');
  client.send('two');
  await eventually(
    () =>
      expect(client.state).toMatchObject({
        offline: true,
        outbox: [{ text: 'one', failed: expect.stringMatching(/./) }, { text: 'two' }],
      }),
  );
  server.down = false;
  browser.window.dispatchEvent(new Event('online'));
  await answered(client, 3);
  expect(asked()).toEqual(['before', 'one', 'two']);
  expect(client.state.offline).toBe(false);
});

it('sends after a reload what the page before it could not', async () => {
  const before = aTab();
  await eventually(() => expect(before.state.bot).toBeDefined());
  server.goDown();
  before.send('kept');
  before.close();
  server.down = false;
  const after = aTab();
  await answered(after, 1);
  expect(asked()).toEqual(['kept']);
});

it('shows the same conversation after a reload in the middle of an answer, nothing lost and nothing double', async () => {
  const before = aTab();
  server.hold = true;
  before.send('long');
  await eventually(() => expect(before.state.entries[1]?.text.length).toBeGreaterThan(20));
  before.close();
  const after = aTab();
  await eventually(() => expect(after.state.entries[1]).toMatchObject({ status: 'running' }));
  server.hold = false;
  await answered(after, 1);
  const completed = [...server.conversations.values()][0]!.log.at(-1)!.data;
  expect(after.state.entries[1]).toMatchObject({ text: completed.text, citations: completed.citations });
});

it('loses and doubles no piece when the line breaks in the middle of an answer', async () => {
  const client = aTab();
  server.hold = true;
  client.send('long');
  await eventually(() => expect(client.state.entries[1]?.text.length).toBeGreaterThan(20));
  server.goDown();
  server.down = false;
  const pieces: string[] = [];
  const [conversation] = server.conversations.values();
  await eventually(
    () => expect(server.requests.filter((request) => request.endsWith('/events')).length).toBeGreaterThan(1),
  );
  server.hold = false;
  await answered(client, 1);
  for (const { type, data } of conversation!.log) if (type === 'answer.delta') pieces.push(data.text as string);
  expect(client.state.entries[1]?.text).toBe(pieces.join(''));
});

it('renews an expired token and stays the same visitor', async () => {
  const client = aTab();
  client.send('one');
  await answered(client, 1);
  const [visitor] = (JSON.parse(browser.storage.values().next().value!) as { token: string }).token.split('.');
  server.expireTokens();
  client.send('two');
  await answered(client, 2);
  expect((JSON.parse(browser.storage.values().next().value!) as { token: string }).token).toMatch(new RegExp(`^${visitor}\\.`));
  expect(asked()).toEqual(['one', 'two']);
});

it('begins anew when the conversation is gone, and still asks', async () => {
  const client = aTab();
  client.send('old');
  await answered(client, 1);
  server.conversations.clear();
  client.send('new');
  await eventually(() => expect(texts(client)).toEqual(['new']));
  await answered(client, 1);
  expect(asked()).toEqual(['new']);
  expect(texts(client)).toEqual(['new']);
});

it('shows the same log in a second tab, and begins one conversation for both', async () => {
  const [one, two] = [aTab(), aTab()];
  await eventually(() => expect(two.state.bot).toBeDefined());
  one.send('from one');
  two.send('from two');
  await answered(one, 2);
  await answered(two, 2);
  expect(server.conversations.size).toBe(1);
  expect(texts(one)).toEqual(texts(two));
  expect(asked().sort()).toEqual(['from one', 'from two']);
});

it('follows another tab into its new conversation', async () => {
  const [one, two] = [aTab(), aTab()];
  one.send('old');
  await answered(one, 1);
  one.startAnew();
  one.send('new');
  await eventually(() => expect(texts(one)).toEqual(['new']));
  browser.window.dispatchEvent(storageEvent(`docent:${server.bot.id}`));
  await eventually(() => expect(texts(two)).toEqual(['new']));
});

it('works without any storage', async () => {
  vi.stubGlobal('localStorage', undefined);
  const client = aTab();
  client.send('hello');
  await answered(client, 1);
  expect(asked()).toEqual(['hello']);
});

it('says in words why the bot may not be used here, and does not knock again by itself', async () => {
  server.refusal = { status: 403, code: 'origin_not_allowed', message: 'This website may not use this bot.' };
  const client = aTab();
  await eventually(() => expect(client.state.error).toBe('This website may not use this bot.'));
  const knocks = server.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(server.requests).toHaveLength(knocks);
  server.refusal = undefined;
  client.retry();
  await eventually(() => expect(client.state).toMatchObject({ error: '', bot: { name: 'Harbour Help' } }));
});

it('stops a running answer and keeps what was written', async () => {
  const client = aTab();
  server.hold = true;
  client.send('long');
  await eventually(() => expect(client.state.entries[1]?.text.length).toBeGreaterThan(20));
  await client.stop();
  await answered(client, 1);
  expect(client.state.entries[1]!.text.length).toBeGreaterThan(20);
});

it.each(['after a reload', 'from another tab'])('stops a running answer %s', async (how) => {
  const asking = aTab();
  server.hold = true;
  asking.send('long');
  await eventually(() => expect(asking.state.entries[1]?.text.length).toBeGreaterThan(20));
  if (how === 'after a reload') asking.close();
  const other = aTab();
  await eventually(() => expect(other.state.entries[1]).toMatchObject({ status: 'running' }));
  await other.stop();
  await answered(other, 1);
  if (how === 'from another tab') await answered(asking, 1);
  const completed = [...server.conversations.values()][0]!.log.at(-1)!.data;
  expect(completed).toMatchObject({ finishReason: 'stopped_by_visitor' });
  for (const tab of how === 'from another tab' ? [asking, other] : [other]) expect(tab.state.entries[1]!.text).toBe(completed.text);
});

it('loads the conversation when the network comes back in the middle of loading it', async () => {
  const before = aTab();
  before.send('one');
  await answered(before, 1);
  before.close();
  const direct = globalThis.fetch;
  let isCut = false;
  vi.stubGlobal('fetch', (address: string, init?: RequestInit) => {
    const answer = direct(address, init);
    if (!isCut && /conversations\/[\w-]+$/.test(address)) {
      isCut = true;
      setTimeout(() => browser.window.dispatchEvent(new Event('online')));
    }
    return answer;
  });
  const after = aTab();
  await eventually(() => expect(texts(after)).toEqual(['one']));
  expect(isCut).toBe(true);
  after.send('two');
  await answered(after, 2);
});

it('follows nothing and waits for nothing once closed', async () => {
  const client = aTab();
  client.send('one');
  await answered(client, 1);
  client.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const knocks = server.requests.length;
  browser.window.dispatchEvent(new Event('online'));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(server.requests).toHaveLength(knocks);
});

it.each(['buffering', 'cutting'] as const)(
  'polls by itself where a %s network brings no stream',
  async (network) => {
    server.network = network;
    const client = aTab();
    client.send('long');
    await eventually(() => expect(client.state.entries[1]).toMatchObject({ status: 'completed' }), 20_000);
    const completed = [...server.conversations.values()][0]!.log.at(-1)!.data;
    expect(client.state.entries[1]).toMatchObject({ text: completed.text, citations: completed.citations });
    client.send('again');
    await answered(client, 2);
    expect(asked()).toEqual(['long', 'again']);
    expect(server.requests.filter((request) => request.endsWith('/events/next')).length).toBeGreaterThan(1);
    // Also who types and who has read, each once: what was read between two requests is not lost.
    const heard: unknown[] = [];
    client.onPresence = (presence) => heard.push(presence);
    const conversation = [...server.conversations.values()][0]!;
    const typing = { kind: 'typing', by: 'agent', name: 'Ann', on: true };
    const reading = { kind: 'read', by: 'agent', seq: 3 };
    conversation.present(reading);
    await eventually(() => expect(heard).toEqual([reading]));
    await eventually(() => (conversation.present(typing), expect(heard).toContainEqual(typing)));
    expect(heard.filter((each) => JSON.stringify(each) === JSON.stringify(reading))).toHaveLength(1);
  },
  30_000,
);

it('forgets what a dead process said when the answer begins anew', async () => {
  const client = aTab();
  const seen = new Set<string>();
  client.send('restart');
  await eventually(() => {
    seen.add(client.state.entries[1]?.text ?? '');
    expect(client.state.entries[1]).toMatchObject({ status: 'completed' });
  }, 10_000);
  const completed = [...server.conversations.values()][0]!.log.at(-1)!.data;
  expect(client.state.entries[1]).toMatchObject({ text: completed.text, citations: completed.citations });
  for (const text of seen)
    expect(String(completed.text).startsWith(text) || 'It takes nine weeks.[2]'.startsWith(text), text).toBe(true);
});

it('sends to a person at once, without waiting for answers', async () => {
  const client = aTab();
  client.send('first');
  await answered(client, 1);
  const [conversation] = server.conversations.values();
  conversation!.handOver('human', 'agent', 'Ada has joined.', { agent: { id: '1', name: 'Ada' } });
  for (const text of ['one', 'two', 'three']) client.send(text);
  await eventually(() => expect(asked()).toEqual(['first', 'one', 'two', 'three']));
  conversation!.append('message', {
    turnId: null,
    clientMessageId: 'a',
    role: 'agent',
    text: 'Hello',
    agent: { id: '1', name: 'Ada' },
  });
  await eventually(() =>
    expect(client.state.entries.map(({ role }) => role)).toEqual([
      'visitor',
      'assistant',
      'handover',
      'visitor',
      'visitor',
      'visitor',
      'agent',
    ]),
  );
  expect(client.state.outbox).toEqual([]);
});

it('waits where an answer runs that it cannot see, and sends later without a word', async () => {
  const client = aTab();
  client.send('first');
  await answered(client, 1);
  const [conversation] = server.conversations.values();
  server.hold = true;
  conversation!.ask('from elsewhere', 'long');
  // Sent in the same moment, before the event of the other question has arrived.
  client.send('second');
  await eventually(() => expect(server.requests.filter((request) => request.endsWith('/messages')).length).toBeGreaterThan(1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(client.state).toMatchObject({ error: '', offline: false, outbox: [{ text: 'second', failed: '' }] });
  server.hold = false;
  await answered(client, 3);
  expect(asked()).toEqual(['first', 'long', 'second']);
});

it('hears what goes on at the moment, and counts nothing as an event for it', async () => {
  const client = aTab();
  const heard: unknown[] = [];
  client.onPresence = (presence) => heard.push(presence);
  client.send('first');
  await answered(client, 1);
  const [conversation] = server.conversations.values();
  conversation!.present({ kind: 'typing', by: 'agent', name: 'Ada', on: true });
  await eventually(() => expect(heard).toMatchObject([{ kind: 'typing', name: 'Ada', on: true }]));
  client.send('second');
  await answered(client, 2);
  expect(texts(client)).toEqual(['first', 'second']);
});

it('gives up a request that nobody answers, and asks again', async () => {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('Too slow', 'TimeoutError')), 300);
    return controller.signal;
  });
  server.deaf = true;
  const client = aTab();
  client.send('hello');
  await eventually(() => expect(client.state.offline).toBe(true));
  server.deaf = false;
  await answered(client, 1);
  expect(asked()).toEqual(['hello']);
  vi.restoreAllMocks();
}, 20_000);

it('sends the signed identity that the page has given, and goes on with the conversation of that person', async () => {
  const elsewhere = aTab();
  elsewhere.send('on my phone');
  await answered(elsewhere, 1);
  elsewhere.close();
  browser.storage.clear();
  const client = aTab();
  await eventually(() => expect(client.state.bot).toBeDefined());
  expect(client.state.identified).toBe(null);
  vi.stubGlobal('Docent', { traits: 'a.signed.token' });
  client.identify();
  client.open();
  await eventually(() => expect(texts(client)).toEqual(['on my phone']));
  expect(server.identities.at(-1)).toBe('a.signed.token');
  client.startAnew();
  client.send('something else');
  await eventually(() => expect(texts(client)).toEqual(['something else']));
});
