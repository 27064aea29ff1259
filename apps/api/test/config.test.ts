import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { build } from 'vite';
import { aModelFolder, type ModelFolderOptions } from '@docent/adapters/testing';
import { ConfigError, readConfig } from '@docent/platform';
import { ownPort, startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { findProductParts } from '../src/product-parts';
import { completionOf, deltasOf } from './support/answer-of';
import { aBot, addSource, anApiKey, answerEnds, ask, aWorkspace, readEvents, request, type As } from './support/api-client';
import { aDataFolder } from './support/data-folder';

const { root } = findProductParts();
/** Of this test only: the shipped build may be older than what is tested. */
const outDir = join(root, 'node_modules/.cache/docent-test-server');
const started: ChildProcess[] = [];

beforeAll(async () => {
  await build({ root: join(root, 'apps/api'), logLevel: 'error', build: { outDir, emptyOutDir: true } });
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(outDir, { recursive: true, force: true }));

interface Server {
  child: ChildProcess;
  url: string;
  output: () => string;
  ended: Promise<number | null>;
}

/** The built server as its own process, as `npm start` runs it. */
function launch(environment: Record<string, string>): Server {
  const child = spawn(process.execPath, ['--enable-source-maps', join(outDir, 'main.mjs')], { cwd: root, env: { PATH: process.env.PATH, DEMO: 'false', LOG_LEVEL: 'error', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  // Only the process knows why it ended.
  onTestFailed(() => void process.stderr.write(output));
  return { child, url: `http://localhost:${environment.PORT}`, output: () => output, ended };
}

async function launchReady(environment: Record<string, string>): Promise<Server> {
  const server = launch(environment);
  await Promise.race([
    expect.poll(() => server.output(), { timeout: 60_000, interval: 50 }).toContain('Docent is ready'),
    server.ended.then((code) => Promise.reject(new Error(`the server ended with ${code}:\n${server.output()}`))),
  ]);
  return server;
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const databasePid = async (dataDir: string) => Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);

describe('a wrong variable', () => {
  it.each<[Record<string, string>, string, RegExp]>([
    [{ PORT: 'abc' }, 'PORT', /port number/],
    [{ PORT: '70000' }, 'PORT', /expected/],
    [{ PUBLIC_URL: 'docent.example.com' }, 'PUBLIC_URL', /web address/],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL', /postgresql:/],
    [{ DEMO: 'perhaps' }, 'DEMO', /true or false/],
    [{ SECRET_KEY: 'short-secret' }, 'SECRET_KEY', /at least 32/],
    [{ DEFAULT_PLAN: 'gold' }, 'DEFAULT_PLAN', /one of free/],
    [{ ALLOW_PRIVATE_NETWORK: '10.0.0.0/8' }, 'ALLOW_PRIVATE_NETWORK', /true or false/],
    [{ MODEL_PROVIDER: 'skynet' }, 'MODEL_PROVIDER', /one of none/],
    [{ MODEL_PROVIDER: 'openai' }, 'MODEL_NAME', /name of the model/],
    [{ MODEL_BASE_URL: 'localhost:8080' }, 'MODEL_BASE_URL', /web address|expected/],
    [{ MAX_UPLOAD_MB: '0' }, 'MAX_UPLOAD_MB', /expected/],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL', /one of fatal/],
  ])('%o is named with what was expected, and its value is not repeated', (environment, name, expected) => {
    const problems = problemsOf(environment);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: expected `));
    expect(problems[0]).toMatch(expected);
    expect(problems[0]).not.toContain('short-secret');
  });

  it('is told together with all others', () => {
    expect(problemsOf({ PORT: 'abc', DEMO: 'perhaps', LOG_LEVEL: 'loud' })).toHaveLength(3);
  });

  it('that is empty counts as absent', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: ' ', DEMO: '' })).toMatchObject({ port: 3000, publicUrl: 'http://localhost:3000', demo: true });
  });

  it('ends the process with 1 before anything is started', async () => {
    const dataDir = await aDataFolder();
    const server = launch({ PORT: 'abc', SECRET_KEY: 'short-secret', DATA_DIR: dataDir });
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain('PORT: expected a port number');
    expect(server.output()).toContain('SECRET_KEY: expected');
    expect(server.output()).not.toMatch(/short-secret|\bat .+:\d+/);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    await rm(dataDir, { recursive: true });
  });

  it.each<[string, Partial<ModelFolderOptions>, RegExp]>([
    ['holds no model', { files: { 'model.onnx': Buffer.from('no model') } }, /EMBEDDER_FOLDER: expected an ONNX model in model\.onnx/],
    ['has no runtime beside it', { runtime: 'none' }, /EMBEDDER_FOLDER: expected an ONNX runtime.*npm install --prefix "\$EMBEDDER_FOLDER" onnxruntime-web/],
  ])('ends the process with 1 and leaves no database running: a folder that %s', async (_, options, expected) => {
    const [dataDir, { folder, remove }] = [await aDataFolder(), await aModelFolder({ words: [], ...options })];
    const server = launch({ PORT: String(await ownPort()), DATA_DIR: dataDir, EMBEDDER_FOLDER: folder });
    expect(await server.ended).toBe(1);
    expect(server.output()).toMatch(expected);
    expect(server.output()).not.toMatch(/\bat .+:\d+/);
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
    await Promise.all([remove(), rm(dataDir, { recursive: true })]);
  });
});

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the server process', () => {
  let dataDir: string;
  let environment: Record<string, string>;
  let model: ScriptedModel;
  beforeAll(async () => {
    model = await startScriptedModel();
    dataDir = await aDataFolder();
    environment = { PORT: String(await ownPort()), DATA_DIR: dataDir, MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1` };
  });
  afterAll(async () => {
    await model?.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const text = 'The ferry to Holm leaves at noon from the western quay.';

  it('ends its PostgreSQL when it is asked to end', async () => {
    const server = await launchReady(environment);
    const database = await databasePid(dataDir);
    expect(isAlive(database)).toBe(true);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(isAlive(database)).toBe(false);
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('says which port is taken, and leaves no PostgreSQL behind', async () => {
    const first = await launchReady(environment);
    const otherDir = await aDataFolder();
    const second = launch({ ...environment, DATA_DIR: otherDir });
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(new RegExp(`${environment.PORT}`));
    expect(existsSync(join(otherDir, 'postgres/postmaster.pid'))).toBe(false);
    await rm(otherDir, { recursive: true, force: true });
    first.child.kill('SIGTERM');
    await first.ended;
  });

  it('ends the PostgreSQL that is starting when it is asked to end before it is ready', async () => {
    const fresh = await aDataFolder();
    const server = launch({ ...environment, DATA_DIR: fresh });
    await expect.poll(() => databasePid(fresh).catch(() => 0), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    const database = await databasePid(fresh);
    server.child.kill('SIGINT');
    expect([0, 130]).toContain(await server.ended);
    await expect.poll(() => isAlive(database), { timeout: 50_000 }).toBe(false);
    await rm(fresh, { recursive: true, force: true });
  });

  it('keeps a second one off its data folder, and is not touched by it', async () => {
    const first = await launchReady(environment);
    const database = await databasePid(dataDir);
    const second = launch({ ...environment, PORT: String(await ownPort()) });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain('DATA_DIR: expected a folder of its own');
    expect([await databasePid(dataDir), isAlive(database)]).toEqual([database, true]);
    expect((await request(first.url, 'GET', '/readyz')).status).toBe(200);
    first.child.kill('SIGTERM');
    await first.ended;
  });

  it('starts a PostgreSQL again that was killed, and goes on', async () => {
    const server = await launchReady(environment);
    const killed = await databasePid(dataDir);
    process.kill(killed, 'SIGKILL');
    await expect.poll(async () => (await request(server.url, 'GET', '/readyz')).status, { timeout: 50_000, interval: 50 }).toBe(503);
    await expect.poll(async () => (await request(server.url, 'GET', '/readyz')).status, { timeout: 50_000, interval: 100 }).toBe(200);
    const { as } = await aWorkspace(server.url);
    const botId = await aBot(server.url, as);
    expect((await addSource(server.url, botId, { type: 'text', name: 'Ferry', text }, as)).status).toBe('ready');
    const database = await databasePid(dataDir);
    expect(database).not.toBe(killed);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(isAlive(database)).toBe(false);
  });

  it('goes on after a kill: data are there, a source becomes ready, a running answer is begun anew and counted once', async () => {
    const killed = await launchReady(environment);
    const owner = await aWorkspace(killed.url);
    const key: As = { key: await anApiKey(killed.url, owner.as) };
    const botId = await aBot(killed.url, key);
    const ready = await addSource(killed.url, botId, { type: 'text', name: 'Ferry', text }, key);
    const unasked = await aBot(killed.url, key);
    await addSource(killed.url, unasked, { type: 'text', name: 'Ferry', text }, key);
    model.reply({ kind: 'drip', text: `${text} [1] `.repeat(500), delayMs: 5 });
    const conversation = await request(killed.url, 'POST', `/v1/bots/${botId}/conversations`, {}, key);
    const conversationId = String(conversation.body.id);
    await request(killed.url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: 'first', text: 'When does the ferry leave?' }, key);
    const seen = await readEvents(killed.url, conversationId, key, ({ type }) => type === 'answer.delta');
    const long = Array.from({ length: 40_000 }, (_, line) => `Line ${line} of the log says that the ferry was on time.`).join('\n\n');
    const form = new FormData();
    form.set('file', new Blob([long]), 'log.txt');
    const interrupted = await request(killed.url, 'POST', `/v1/bots/${botId}/sources`, form, key);
    expect(interrupted.status).toBe(202);
    killed.child.kill('SIGKILL');
    await killed.ended;

    model.reply({ kind: 'helpful' });
    const again = await launchReady(environment);
    expect((await request(again.url, 'GET', `/v1/sources/${String(ready.id)}`, undefined, key)).body).toMatchObject({ status: 'ready' });
    const events = await readEvents(again.url, conversationId, key, answerEnds);
    // What was seen stays as it was seen; a stream that nobody can continue is begun anew, and the log says so.
    expect(events.slice(0, seen.length).map(({ seq, type, data }) => ({ seq, type, data }))).toEqual(seen.map(({ seq, type, data }) => ({ seq, type, data })));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(answerEnds)).toHaveLength(1);
    const restarted = events.findIndex(({ type }) => type === 'answer.restarted');
    expect(restarted).toBeGreaterThanOrEqual(seen.length);
    expect(deltasOf(events.slice(restarted))).toBe(completionOf(events).text);
    // Whoever looks at a bot that nobody has asked since the start waits for its vectors, and not for a question.
    const learning = async () => (await request(again.url, 'GET', `/v1/bots/${unasked}/learning`, undefined, key)).body;
    await expect.poll(learning, { timeout: 20_000, interval: 100 }).toMatchObject({ vectors: { ready: true } });
    const source = async () => (await request(again.url, 'GET', `/v1/sources/${String(interrupted.body.id)}`, undefined, key)).body.status;
    await expect.poll(source, { timeout: 50_000, interval: 200 }).toBe('ready');
    const { passages } = (await request(again.url, 'POST', `/v1/bots/${botId}/search`, { query: 'line 39999 log ferry', limit: 5 }, key)).body as { passages: { sourceId: string }[] };
    expect(passages.some(({ sourceId }) => sourceId === interrupted.body.id)).toBe(true);
    expect((await request(again.url, 'GET', '/v1/usage', undefined, owner.as)).body).toMatchObject({ messages: { reserved: 0, settled: 1 } });
    expect(completionOf((await ask(again.url, botId, 'When does the ferry to Holm leave?', key)).events).answered).toBe(true);
    const database = await databasePid(dataDir);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
    expect(isAlive(database)).toBe(false);
  }, 180_000);
});
