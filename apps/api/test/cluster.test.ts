import { rm } from 'node:fs/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Change, routes, type ConversationEvent } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { findRedisServer } from '../../../tools/cluster/redis-server';
import { startApiProcess } from '../../../tools/cluster/api-process';
import { startCluster, type Cluster } from '../../../tools/cluster/start-cluster';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/embedded-postgres';
import { aBot, addSource, anApiKey, answerEnds, aWorkspace, readEvents, request, type As, type Workspace } from './support/api-client';
import { buildServer } from './support/built-server';
import { openSocket } from './support/conversation-socket';
import { aDataFolder } from './support/data-folder';

const hasRedis = findRedisServer() !== null;
if (!hasRedis && process.env.CI) throw new Error('CI must bring redis-server: the tests of several processes did not run.');
if (!hasRedis) console.warn('Several processes are not tested: there is no redis-server on the PATH (apt-get install redis-server).');

const question = 'How much does a berth cost?';
const said = 'A berth costs 24 euros per night for boats up to ten metres [1]. ';

describe.skipIf(!hasRedis)('three processes on one database and one Redis', () => {
  let server: Awaited<ReturnType<typeof buildServer>>;
  let folder: string;
  let database: EmbeddedPostgres;
  let model: ScriptedModel;
  let cluster: Cluster;
  let environment: Record<string, string>;
  let owner: Workspace;
  let key: As;
  let botId: string;
  const sockets: Socket[] = [];
  const at = (index: number) => cluster.processes[index]!.url;

  beforeAll(async () => {
    [server, folder, model] = await Promise.all([buildServer('cluster-test'), aDataFolder(), startScriptedModel()]);
    database = await startEmbeddedPostgres(folder);
    environment = { MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1`, ALLOW_PRIVATE_NETWORK: 'true' };
    cluster = await startCluster({ mainFile: server.mainFile, dataDir: folder, databaseUrl: database.adminUrl, port: 0, environment });
    owner = await aWorkspace(at(0));
    key = { key: await anApiKey(at(0), owner.as) };
    botId = await aBot(at(0), key);
    await addSource(at(1), botId, { type: 'text', name: 'Harbour', text: 'A berth costs 24 euros per night for boats up to ten metres.' }, key);
  });
  beforeEach(() => model.reply({ kind: 'drip', text: said.repeat(3), delayMs: 3 }));
  afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));
  afterAll(async () => {
    await cluster?.close();
    await database?.stop();
    await model?.close();
    await server?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const begin = async (url: string) => String((await request(url, 'POST', `/v1/bots/${botId}/conversations`, {}, key)).body.id);
  const send = (url: string, conversationId: string, clientMessageId = 'first') =>
    request(url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId, text: question }, key);
  const comparable = (events: ConversationEvent[]) => events.map(({ seq, type, data }) => ({ seq, type, data }));
  const untilReady = (url: string) => expect.poll(() => fetch(`${url}/readyz`).then(({ status }) => status, () => 0), { timeout: 20_000 }).toBe(200);

  /** A console's socket on one process. */
  async function listenAt(url: string): Promise<{ socket: Socket; changes: Change[] }> {
    const socket = io(`${url}/console`, { auth: { workspaceId: owner.workspaceId }, extraHeaders: { cookie: owner.cookies }, transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    const changes: Change[] = [];
    socket.on('change', (change: unknown) => changes.push(Change.parse(change)));
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    return { socket, changes };
  }

  /** Word of a conversation that was answered before may come late, and is none of these. */
  const ofBots = (changes: Change[]) => changes.filter(({ kind }) => kind === 'bot');

  it('are asked in one and read in another, over stream, polling and socket', async () => {
    const conversationId = await begin(at(0));
    const [stream, socket] = [readEvents(at(1), conversationId, key, answerEnds), await openSocket(at(2), key)];
    sockets.push(socket.socket);
    await socket.ask('follow', { conversationId });
    expect((await send(at(0), conversationId)).status).toBe(202);
    const here = await readEvents(at(0), conversationId, key, answerEnds);
    expect(comparable(await stream)).toEqual(comparable(here));
    expect(comparable(await socket.until(conversationId, answerEnds))).toEqual(comparable(here));
    const polled = await request(at(2), 'GET', `/v1/conversations/${conversationId}/events/next?after=0`, undefined, key);
    expect(comparable(polled.body.events as ConversationEvent[])).toEqual(comparable(here).slice(0, (polled.body.events as []).length));
  });

  it('serve through the proxy, whichever takes the call', async () => {
    const proxied = cluster.url.replace('localhost', '127.0.0.1');
    const conversationId = await begin(proxied);
    const events = readEvents(proxied, conversationId, key, answerEnds);
    await send(proxied, conversationId);
    expect((await events).at(-1)!.type).toBe('answer.completed');
  });

  it('tell consoles at every process once what happens in any', async () => {
    const consoles = await Promise.all([0, 1, 2].map((index) => listenAt(at(index))));
    for (const index of [0, 1, 2]) {
      await request(at(index), 'PATCH', `/v1/bots/${botId}`, { name: `Guide ${index}` }, owner.as);
      for (const { changes } of consoles) await expect.poll(() => ofBots(changes)).toEqual(Array.from({ length: index + 1 }, () => ({ kind: 'bot', id: botId })));
    }
  });

  it('bring a console what it missed while its line was cut, also at another process', async () => {
    const { socket, changes } = await listenAt(cluster.url);
    await request(at(0), 'PATCH', `/v1/bots/${botId}`, { name: 'Before' }, owner.as);
    await expect.poll(() => ofBots(changes)).toHaveLength(1);
    socket.io.engine.close();
    await request(at(1), 'PATCH', `/v1/bots/${botId}`, { name: 'Missed' }, owner.as);
    await expect.poll(() => ofBots(changes)).toHaveLength(2);
    expect(socket.recovered).toBe(true);
  });

  it('stop an answer that runs in another', async () => {
    model.reply({ kind: 'drip', text: said.repeat(60), delayMs: 5 });
    const conversationId = await begin(at(0));
    const { turnId } = (await send(at(0), conversationId)).body;
    await readEvents(at(1), conversationId, key, ({ type }) => type === 'answer.delta');
    expect((await request(at(1), 'POST', `/v1/conversations/${conversationId}/turns/${String(turnId)}/stop`, undefined, key)).status).toBe(200);
    const events = await readEvents(at(2), conversationId, key, answerEnds);
    expect(events.at(-1)!.data).toMatchObject({ finishReason: 'stopped_by_visitor' });
  });

  it('count the rates together', async () => {
    const attempt = (index: number) => request(at(index % 3), 'POST', routes.signIn.path, { email: 'nobody@example.com', password: 'not the password at all' }, { origin: at(index % 3) });
    const statuses: number[] = [];
    for (let index = 0; index < 12; index += 1) statuses.push((await attempt(index)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
  });

  it('lose nothing when Redis is killed and comes back', async () => {
    model.reply({ kind: 'drip', text: said.repeat(30), delayMs: 5 });
    const { changes } = await listenAt(at(2));
    const conversationId = await begin(at(0));
    const there = readEvents(at(1), conversationId, key, answerEnds);
    await send(at(0), conversationId);
    await readEvents(at(1), conversationId, key, ({ type }) => type === 'answer.delta');
    await cluster.redis!.kill();
    // Asked while Redis is away, too.
    const other = await begin(at(1));
    const thereToo = readEvents(at(2), other, key, answerEnds);
    expect((await send(at(1), other)).status).toBe(202);
    await request(at(0), 'PATCH', `/v1/bots/${botId}`, { name: 'While Redis was away' }, owner.as);
    await readEvents(at(0), conversationId, key, (event) => event.seq > 10);
    await cluster.redis!.start();
    for (const [events, url, id] of [[await there, at(0), conversationId], [await thereToo, at(1), other]] as const) {
      expect(comparable(events)).toEqual(comparable(await readEvents(url, id, key, answerEnds)));
      expect(events.at(-1)!.type).toBe('answer.completed');
    }
    await expect.poll(() => changes.some((change) => change.kind === 'bot'), { timeout: 20_000 }).toBe(true);
  });

  it('go on with the answer of one that is killed, and every reader ends with the same text', async () => {
    model.reply({ kind: 'drip', text: said.repeat(10), delayMs: 5 });
    const conversationId = await begin(at(0));
    const { changes } = await listenAt(at(2));
    const there = readEvents(at(1), conversationId, key, answerEnds);
    await send(at(0), conversationId);
    await readEvents(at(1), conversationId, key, ({ type }) => type === 'answer.delta');
    const killed = cluster.processes[0]!;
    await killed.end('SIGKILL');
    const stored = await readEvents(at(2), conversationId, key, ({ type }) => type === 'answer.restarted' || type === 'answer.completed');
    const events = await there;
    expect(comparable(events.slice(0, stored.length))).toEqual(comparable(stored));
    expect(events.at(-1)!.type).toBe('answer.completed');
    await expect.poll(() => changes.some((change) => change.kind === 'conversation' && change.id === conversationId)).toBe(true);
    cluster.processes[0] = await startApiProcess(server.mainFile, Number(new URL(killed.url).port), { ...environment, DATA_DIR: folder, DATABASE_URL: database.adminUrl, PUBLIC_URL: cluster.url, REDIS_URL: cluster.redis!.url });
    await untilReady(at(0));
  });
});
