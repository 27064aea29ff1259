import { connect, type Socket } from 'node:net';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes, type ConversationEvent, type ResponseOf } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { adminOf } from './support/admin-database';
import { aBot, addSource, anApiKey, answerEnds, ask, aWorkspace, call, readEvents, request, type As, type Workspace } from './support/api-client';
import { aVisitor, step, withPeople, write } from './support/people';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let admin: Client;
let model: ScriptedModel;
let owner: Workspace;
let key: As;
let botId: string;
const serverSockets = new Set<Socket>();
const question = 'How much does a berth cost?';
const said = 'A berth costs 24 euros per night for boats up to ten metres [1]. ';

beforeAll(async () => {
  model = await startScriptedModel();
  app = await startApp({ MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1` });
  app.product.app.getHttpServer().on('connection', (socket: Socket) => serverSockets.add(socket));
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, owner.as) };
  botId = await aBot(app.url, key);
  await addSource(app.url, botId, { type: 'text', name: 'Harbour', text: 'A berth costs 24 euros per night for boats up to ten metres.' }, key);
});
beforeEach(() => model.reply({ kind: 'drip', text: said.repeat(3), delayMs: 3 }));
afterAll(async () => {
  await admin?.end();
  await app?.close();
  await model?.close();
});

const comparable = (events: ConversationEvent[]) => events.map(({ seq, type, data }) => ({ seq, type, data }));

async function begin(): Promise<string> {
  const conversation = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, key);
  return String(conversation.body.id);
}

const send = (conversationId: string, text = question, clientMessageId = 'first') => request(app.url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId, text }, key);

async function next(conversationId: string, after: number, waitSeconds = 25, marks?: string, as: As = key): Promise<ResponseOf<typeof routes.nextEvents>> {
  const { status, body } = await call(app.url, routes.nextEvents, { params: { conversationId }, query: { after, waitSeconds, ...(marks && { marks }) } }, as);
  expect(status).toBe(200);
  return routes.nextEvents.response.parse(body);
}

describe('long polling', () => {
  it('brings the same events as the stream, in whatever pieces', async () => {
    const conversationId = await begin();
    const polled: ConversationEvent[] = [];
    await send(conversationId);
    while (!polled.some(answerEnds)) {
      const { events, lastSeq } = await next(conversationId, polled.at(-1)?.seq ?? 0);
      expect(lastSeq).toBe(events.at(-1)!.seq);
      polled.push(...events);
    }
    expect(comparable(polled)).toEqual(comparable(await readEvents(app.url, conversationId, key, answerEnds)));
  });

  it('is answered as soon as there is something', async () => {
    const conversationId = await begin();
    const waiting = next(conversationId, 0, 25);
    await send(conversationId);
    expect((await waiting).events[0]).toMatchObject({ seq: 1, type: 'message' });
  });

  it('is answered with nothing after the wait, and at once without one', async () => {
    const { conversationId, events } = await ask(app.url, botId, question, key);
    for (const waitSeconds of [0, 1]) expect(await next(conversationId, events.length, waitSeconds)).toEqual({ events: [], lastSeq: events.length, presence: [], marks: '0.0' });
    expect((await next(conversationId, 0, 0)).events[0]).toMatchObject({ seq: 1, type: 'message' });
  });

  it('tells that the other side types and has read, and nothing of the reader’s own', async () => {
    await withPeople(app.url, botId, owner.as);
    const { as, conversationId } = await aVisitor(app.url, botId);
    await write(app.url, conversationId, as, question);
    const log = await readEvents(app.url, conversationId, as, answerEnds);
    const taken = await step(app.url, conversationId, 'take', owner.as);
    expect(taken.status).toBe(200);
    const after = log.length + 1;
    const typing = next(conversationId, after, 25, undefined, as);
    await new Promise((later) => setTimeout(later, 200));
    await step(app.url, conversationId, 'visitor', as, { readSeq: 1, typing: true });
    await step(app.url, conversationId, 'here', owner.as, { typing: true });
    expect(await typing).toMatchObject({ events: [], lastSeq: after, presence: [{ kind: 'typing', by: 'agent', name: 'Owner', on: true }], marks: '0.0' });
    // Read between two requests: the next one says it at once, for those who name what they know.
    await step(app.url, conversationId, 'here', owner.as, { readSeq: 1 });
    expect(await next(conversationId, after, 25, '0.1', as)).toMatchObject({ presence: [{ kind: 'read', by: 'agent', seq: 1 }], marks: '1.1' });
    // What is known already wakes nobody.
    const reading = next(conversationId, after, 25, '1.1', as);
    await step(app.url, conversationId, 'here', owner.as, { readSeq: 1 });
    await new Promise((later) => setTimeout(later, 200));
    await step(app.url, conversationId, 'here', owner.as, { readSeq: 2 });
    expect(await reading).toMatchObject({ events: [], presence: [{ kind: 'read', by: 'agent', seq: 2 }], marks: '2.1' });
    // An API key looks from outside: it hears both sides.
    const both = next(conversationId, after, 25, '2.1', key);
    await new Promise((later) => setTimeout(later, 200));
    await step(app.url, conversationId, 'visitor', as, { readSeq: 2 });
    expect((await both).presence).toEqual([{ kind: 'read', by: 'visitor', seq: 2 }]);
  });

  it('refuses a wait that is too long, and a conversation of somebody else', async () => {
    const conversationId = await begin();
    expect((await request(app.url, 'GET', `/v1/conversations/${conversationId}/events/next?waitSeconds=26`, undefined, key)).status).toBe(400);
    const stranger = await aWorkspace(app.url);
    expect((await request(app.url, 'GET', `/v1/conversations/${conversationId}/events/next`, undefined, stranger.as)).status).toBe(404);
  });
});

describe('a reader that does not read', () => {
  it('holds no more than 64 KB in the server, and gets everything when it reads on', async () => {
    const conversationId = await begin();
    const before = new Set(serverSockets);
    const reader = connect({ host: '127.0.0.1', port: Number(new URL(app.url).port) });
    reader.pause();
    reader.write(`GET /v1/conversations/${conversationId}/events HTTP/1.1\r\nhost: ${new URL(app.url).host}\r\nauthorization: Bearer ${key.key!}\r\n\r\n`);
    await expect.poll(() => [...serverSockets].some((socket) => !before.has(socket))).toBe(true);
    const ofReader = [...serverSockets].find((socket) => !before.has(socket))!;
    // More than what the kernel keeps on both sides of a connection.
    for (let round = 0; round < 20; round += 1) await growLog(conversationId, 100, 10_000);
    await expect.poll(() => ofReader.writableLength, { timeout: 20_000 }).toBeGreaterThan(0);
    await growLog(conversationId, 100, 10_000);
    await new Promise((tick) => setTimeout(tick, 200));
    expect(ofReader.writableLength).toBeLessThanOrEqual(64_000);
    expect(await lastSeqOf(reader, conversationId)).toBe(await storedSeq(conversationId));
    reader.destroy();
  });
});

/** Events as another process might write them: stored first, announced then. */
async function growLog(conversationId: string, count: number, textLength: number): Promise<void> {
  await admin.query(
    `WITH grown AS (UPDATE conversations SET last_seq = last_seq + $2 WHERE id = $1 RETURNING tenant_id, last_seq)
     INSERT INTO conversation_events (tenant_id, conversation_id, seq, type, payload)
       SELECT tenant_id, $1, last_seq - $2 + n, 'message', jsonb_build_object('turnId', null, 'clientMessageId', null, 'role', 'assistant', 'text', repeat('x', $3)) FROM grown, generate_series(1, $2::int) n`,
    [conversationId, count, textLength],
  );
  await admin.query(`SELECT pg_notify('conversation', $1 || ' ' || last_seq) FROM conversations WHERE id = $1::uuid`, [conversationId]);
}

async function storedSeq(conversationId: string): Promise<number> {
  return Number((await request(app.url, 'GET', `/v1/conversations/${conversationId}`, undefined, key)).body.lastSeq);
}

/** Reads on to the end of the log; every number must come, in order. */
async function lastSeqOf(reader: Socket, conversationId: string): Promise<number> {
  const last = await storedSeq(conversationId);
  let seq = 0;
  let rest = '';
  for await (const piece of reader.setEncoding('utf8')) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      if (!line.startsWith('id: ')) continue;
      expect(Number(line.slice(4))).toBe(seq + 1);
      seq += 1;
    }
    if (seq === last) break;
  }
  return seq;
}
