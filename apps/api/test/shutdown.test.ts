import { rm } from 'node:fs/promises';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Restarting, type ConversationEvent } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { startCluster, type Cluster } from '../../../tools/cluster/start-cluster';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/embedded-postgres';
import { aBot, addSource, anApiKey, answerEnds, aWorkspace, headersOf, readEvents, request, type As, type Workspace } from './support/api-client';
import { buildServer } from './support/built-server';
import { aDataFolder } from './support/data-folder';

const question = 'How much does a berth cost?';
const said = 'A berth costs 24 euros per night for boats up to ten metres [1]. ';

/** The built server, two processes of it on one database and without Redis, ended by SIGTERM as a supervisor does. */
describe('a process that is told to end', () => {
  let server: Awaited<ReturnType<typeof buildServer>>;
  let folder: string;
  let database: EmbeddedPostgres;
  let model: ScriptedModel;
  let cluster: Cluster;
  let owner: Workspace;
  let key: As;
  let botId: string;

  beforeAll(async () => {
    [server, folder, model] = await Promise.all([buildServer('shutdown-test'), aDataFolder(), startScriptedModel()]);
    database = await startEmbeddedPostgres(folder);
  });
  beforeEach(async () => {
    const environment = { MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1`, ALLOW_PRIVATE_NETWORK: 'true' };
    cluster = await startCluster({ mainFile: server.mainFile, dataDir: folder, databaseUrl: database.adminUrl, port: 0, processes: 2, withRedis: false, environment });
    owner = await aWorkspace(at(0));
    key = { key: await anApiKey(at(0), owner.as) };
    botId = await aBot(at(0), key);
    await addSource(at(1), botId, { type: 'text', name: 'Harbour', text: 'A berth costs 24 euros per night for boats up to ten metres.' }, key);
  });
  afterEach(() => cluster.close());
  afterAll(async () => {
    await database?.stop();
    await model?.close();
    await server?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const at = (index: number) => cluster.processes[index]!.url;
  const textOf = (events: ConversationEvent[]) => events.map((event) => (event.type === 'answer.completed' ? event.data.text : '')).join('');

  async function ask(conversationId: string): Promise<void> {
    await request(at(0), 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: 'first', text: question }, key);
    await readEvents(at(0), conversationId, key, ({ type }) => type === 'answer.delta');
  }

  const begin = async () => String((await request(at(0), 'POST', `/v1/bots/${botId}/conversations`, {}, key)).body.id);

  /** Everything that a stream says until the server ends it. */
  async function readToTheEnd(url: string, conversationId: string): Promise<string> {
    const response = await fetch(`${url}/v1/conversations/${conversationId}/events`, { headers: headersOf(url, key) });
    return response.text();
  }

  it('says so first, finishes its answer, and sends its readers elsewhere', async () => {
    model.reply({ kind: 'drip', text: said.repeat(10), delayMs: 4 });
    const conversationId = await begin();
    const stream = readToTheEnd(at(0), conversationId);
    const poll = request(at(0), 'GET', `/v1/conversations/${conversationId}/events/next?after=100000`, undefined, key);
    await ask(conversationId);
    const ended = cluster.processes[0]!.end('SIGTERM');
    await expect.poll(() => fetch(`${at(0)}/readyz`).then(({ status }) => status)).toBe(503);
    const whole = await stream;
    expect(whole).toContain('event: answer.completed');
    expect(whole).not.toContain('answer.restarted');
    expect(whole).toMatch(/retry: \d{3,4}\n\n$/);
    expect((await poll).body).toMatchObject({ events: [], lastSeq: 100_000 });
    expect(await ended).toBe(0);
    expect(textOf(await readEvents(at(1), conversationId, key, answerEnds))).toContain('24 euros');
  });

  it('tells sockets to come back after a while of their own', async () => {
    const socket = io(`${at(0)}/console`, { auth: { workspaceId: owner.workspaceId }, extraHeaders: { cookie: owner.cookies }, transports: ['websocket'], forceNew: true });
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
    const told = new Promise((resolve) => socket.once('restarting', resolve));
    const reason = new Promise((resolve) => socket.once('disconnect', resolve));
    const ended = cluster.processes[0]!.end('SIGTERM');
    expect(Restarting.parse(await told).reconnectInMs).toBeGreaterThan(0);
    // The client takes it for a lost line and comes back by itself.
    expect(await reason).toBe('transport close');
    expect(socket.active).toBe(true);
    expect(await ended).toBe(0);
    socket.close();
  });

  it('lets go of an answer that takes too long, and another goes on at once', async () => {
    model.reply({ kind: 'drip', text: said.repeat(60), delayMs: 5 });
    const conversationId = await begin();
    const there = readEvents(at(1), conversationId, key, answerEnds);
    await ask(conversationId);
    expect(await cluster.processes[0]!.end('SIGTERM')).toBe(0);
    const events = await there;
    expect(events.map(({ type }) => type)).toContain('answer.restarted');
    expect(events.at(-1)!.type).toBe('answer.completed');
    expect(textOf(events)).toContain('24 euros');
  });
});
