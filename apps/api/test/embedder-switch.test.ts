import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aModelFolder, realRuntime } from '@docent/adapters/testing';
import { routes, type LearningState, type MeaningMap, type Passage } from '@docent/contracts';
import { ownPort, startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { adminOf } from './support/admin-database';
import { aBot, addSource, aWorkspace, call, type Workspace } from './support/api-client';
import { buildServer } from './support/built-server';
import { aDataFolder } from './support/data-folder';
import { hasQdrant, startQdrant } from './support/qdrant-server';
import { startApp, type StartedApp } from './support/start-app';

if (!hasQdrant) console.warn('A durable index is not tested: there is no Qdrant server in ../shared/bin.');

const texts: Record<string, string> = {
  'Signing in': 'To reset a password, choose "Forgotten password" on the sign-in page. A link arrives by e-mail.',
  Refunds: 'A refund is paid for a returned purchase within fourteen days, to the card that was used.',
  Shipping: 'Packages are delivered within three working days, and can be tracked at the carrier.',
  Lamps: Array.from({ length: 150 }, (_, number) => `## Lamp ${number}\n\n${`Lamp ${number} hangs from the ceiling and is switched at the wall. `.repeat(12)}`).join('\n\n'),
};
const words = Object.values(texts).join(' ').toLowerCase().match(/[a-z]+/g)!;

async function search({ url }: { url: string }, bot: string, owner: Workspace, query: string): Promise<Passage[]> {
  const { body } = await call(url, routes.search, { params: { botId: bot }, body: { query, limit: 5, explain: false } }, owner.as);
  return (body as { passages: Passage[] }).passages;
}

async function vectorsOf({ url }: { url: string }, bot: string, owner: Workspace): Promise<LearningState['vectors']> {
  return ((await call(url, routes.getLearning, { params: { botId: bot } }, owner.as)).body as LearningState).vectors;
}

const isOf = (set: RegExp) => ({ set: expect.stringMatching(set) as string, ready: true, made: null });

describe.each([
  ['an index in memory', false],
  ['a durable index', true],
] as const)('another embedder between two starts, with %s', (_, isDurable) => {
  describe.skipIf(isDurable && !hasQdrant)('', () => {
    let dataDir: string;
    let model: { folder: string; remove(): Promise<void> };
    let qdrant: { url: string; close(): Promise<void> } | null = null;
    let ollama: ScriptedModel;
    let app: StartedApp;
    let owner: Workspace;
    let bot: string;

    const start = async (environment: Record<string, string> = {}) => {
      await app?.close();
      app = await startApp({ DATA_DIR: dataDir, ...(qdrant ? { QDRANT_URL: qdrant.url } : {}), ...environment });
    };
    const find = (query: string) => search(app, bot, owner, query);
    /** Asks until the vectors are of this set; every answer on the way has found what was asked for. */
    const searchingUntil = async (set: RegExp) => {
      await expect
        .poll(
          async () => {
            const passages = await find('reset a forgotten password');
            expect(passages[0]).toMatchObject({ sourceName: 'Signing in' });
            // Either all of an answer was found by vectors of one set, or none of it.
            if (passages[0]!.scores.vector === null) for (const { scores } of passages) expect(scores.vector).toBeNull();
            return vectorsOf(app, bot, owner);
          },
          { timeout: 40_000, interval: 20 },
        )
        .toEqual(isOf(set));
      // The signal that tells every process may be a moment behind the index.
      await expect.poll(async () => (await find('reset a forgotten password'))[0], { timeout: 10_000 }).toMatchObject({ sourceName: 'Signing in', scores: { vector: expect.any(Number) as number } });
    };

    beforeAll(async () => {
      [dataDir, model, ollama] = [await aDataFolder(), await aModelFolder({ words, runtime: realRuntime() ? 'real' : 'stand-in' }), await startScriptedModel({ port: await ownPort() })];
      qdrant = isDurable ? await startQdrant() : null;
      await start();
      owner = await aWorkspace(app.url);
      bot = await aBot(app.url, owner.as);
      for (const [name, text] of Object.entries(texts)) expect(await addSource(app.url, bot, { type: 'text', name, text }, owner.as)).toMatchObject({ status: 'ready' });
    });
    afterAll(async () => {
      await app?.close();
      await ollama?.close();
      await qdrant?.close();
      await model?.remove();
      if (dataDir) await rm(dataDir, { recursive: true, force: true });
    });

    it('from the one in the box to a model of a folder, to Ollama, and back: vectors are made anew behind, and searches answer all the while', async () => {
      await searchingUntil(/^docent/);
      await start({ EMBEDDER_FOLDER: model.folder });
      await searchingUntil(/^model-.*@24#0$/);
      await start({ EMBEDDER: 'ollama', EMBEDDER_BASE_URL: ollama.url, EMBEDDER_MODEL: 'scripted' });
      await searchingUntil(/^scripted-a1.*@64#0$/);
      await start();
      await searchingUntil(/^docent/);
    });

    it('finds what is added with the new one, and what was there', async () => {
      await start({ EMBEDDER_FOLDER: model.folder });
      const text = 'The greenhouse is watered at dawn.';
      expect(await addSource(app.url, bot, { type: 'text', name: 'Garden', text }, owner.as)).toMatchObject({ status: 'ready' });
      await searchingUntil(/@24#0$/);
      await expect.poll(async () => (await find('greenhouse watered'))[0]).toMatchObject({ sourceName: 'Garden', scores: { vector: expect.any(Number) as number } });
    });

    it('asks a model for no vector again after a restart', async () => {
      const passages = () => ollama.requests.flatMap(({ path, body }) => (path === '/api/embed' ? (body as { input: string[] }).input : [])).filter((text) => text.includes('\n'));
      const withOllama = { EMBEDDER: 'ollama', EMBEDDER_BASE_URL: ollama.url, EMBEDDER_MODEL: 'scripted' };
      await start(withOllama);
      await searchingUntil(/@64#0$/);
      const before = passages().length;
      expect(before).toBeGreaterThan(10);
      await start(withOllama);
      await searchingUntil(/@64#0$/);
      expect(passages()).toHaveLength(before);
    });

    it.runIf(!isDurable)('keeps those vectors with their passages and no longer', async () => {
      const source = await addSource(app.url, bot, { type: 'text', name: 'Short-lived', text: 'The sundial is moved in spring.' }, owner.as);
      const admin = await adminOf(app);
      const count = async () => Number((await admin.query<{ count: string }>('SELECT count(*) FROM passage_vectors WHERE source_id = $1', [source.id])).rows[0]!.count);
      await expect.poll(count, { timeout: 10_000 }).toBe(1);
      await call(app.url, routes.deleteSource, { params: { sourceId: source.id as string } }, owner.as);
      expect(await count()).toBe(0);
      await admin.end();
    });

    it('starts without a model server that is not there yet, and uses it once it is', async () => {
      const port = Number(new URL(ollama.url).port);
      await ollama.close();
      await start({ EMBEDDER: 'ollama', EMBEDDER_BASE_URL: `http://127.0.0.1:${port}`, EMBEDDER_MODEL: 'scripted' });
      expect((await find('reset a password'))[0]).toMatchObject({ sourceName: 'Signing in', scores: { vector: null } });
      ollama = await startScriptedModel({ port });
      await searchingUntil(/^scripted-a1.*@64#0$/);
    });

    it('draws the map of meaning with the vectors that the index has, and asks the model for none of them again', async () => {
      const asked = () => ollama.requests.filter(({ path }) => path === '/api/embed').length;
      const before = asked();
      const { body } = await call(app.url, routes.meaningMap, { params: { botId: bot } }, owner.as);
      expect((body as MeaningMap).points).toHaveLength((body as MeaningMap).passages);
      expect((body as MeaningMap).set).toMatch(/^scripted-a1/);
      expect(asked()).toBe(before);
    });

    it('brings every source home through a model server that refuses 30 % with 429 and 10 % with 500', async () => {
      const refusals = '4.4...5..44.4445....4..5.4.4...54.444.....4..4..5.4'.split('').map((sign) => (sign === '.' ? ({ kind: 'helpful' } as const) : ({ kind: 'status', status: sign === '4' ? 429 : 500, retryAfterSeconds: 0 } as const)));
      ollama.reply(...refusals, ...refusals, ...refusals, { kind: 'helpful' });
      const added = await Promise.all(Array.from({ length: isDurable ? 10 : 25 }, (_, number) => addSource(app.url, bot, { type: 'text', name: `Note ${number}`, text: `Note ${number} tells of the number ${number}.` }, owner.as)));
      expect(added.map(({ status }) => status)).toEqual(added.map(() => 'ready'));
      await expect.poll(() => vectorsOf(app, bot, owner), { timeout: 60_000 }).toEqual(isOf(/@64#0$/));
      for (const number of [0, 4, 9]) await expect.poll(async () => (await find(`note ${number} number ${number}`))[0]?.scores.vector, { timeout: 60_000 }).toEqual(expect.any(Number));
    });
  });
});

describe.skipIf(!hasQdrant)('a server that is killed while it makes vectors anew', () => {
  const children: ChildProcess[] = [];
  afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

  it('goes on with the old ones unmixed, and the next start makes all of the new', async () => {
    const [dataDir, qdrant, ollama, server] = [await aDataFolder(), await startQdrant(), await startScriptedModel(), await buildServer('embedder-switch')];
    const port = await ownPort();
    const url = `http://localhost:${port}`;
    const launch = async (environment: Record<string, string>) => {
      const child = spawn(process.execPath, [server.mainFile], { env: { PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir, DEMO: 'false', LOG_LEVEL: 'fatal', QDRANT_URL: qdrant.url, ...environment }, stdio: 'ignore' });
      children.push(child);
      await expect.poll(() => fetch(`${url}/readyz`).then(({ ok }) => ok, () => false), { timeout: 60_000 }).toBe(true);
      return async () => {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await gone;
      };
    };
    const withOllama = { EMBEDDER: 'ollama', EMBEDDER_BASE_URL: ollama.url, EMBEDDER_MODEL: 'scripted' };
    try {
      let kill = await launch({});
      const owner = await aWorkspace(url);
      const bot = await aBot(url, owner.as);
      for (const [name, text] of Object.entries(texts)) await addSource(url, bot, { type: 'text', name, text }, owner.as);
      await expect.poll(() => vectorsOf({ url }, bot, owner), { timeout: 30_000 }).toEqual(isOf(/^docent/));
      const before = (await vectorsOf({ url }, bot, owner)).set;
      await kill();
      // It gets some of its vectors, and then nothing more.
      ollama.reply({ kind: 'helpful' }, { kind: 'helpful' }, { kind: 'helpful' }, { kind: 'stall', beforeHeaders: true });
      kill = await launch(withOllama);
      const asked = () => ollama.requests.filter(({ path }) => path === '/api/embed').length;
      await expect.poll(async () => (await search({ url }, bot, owner, 'reset a forgotten password'))[0]?.sourceName, { timeout: 20_000 }).toBe('Signing in');
      await expect.poll(asked, { timeout: 30_000 }).toBeGreaterThanOrEqual(4);
      await expect.poll(() => vectorsOf({ url }, bot, owner)).toEqual({ set: before, ready: false, made: 64 });
      await kill();
      // Ctrl-C waits for no model either.
      kill = await launch(withOllama);
      await expect.poll(async () => (await search({ url }, bot, owner, 'reset a forgotten password'))[0]?.sourceName, { timeout: 20_000 }).toBe('Signing in');
      const ended = new Promise((resolve) => children.at(-1)!.once('exit', resolve));
      children.at(-1)!.kill('SIGINT');
      expect(await ended).toBe(0);
      ollama.reply({ kind: 'helpful' });
      await launch(withOllama);
      await expect
        .poll(
          async () => {
            const [first] = await search({ url }, bot, owner, 'reset a forgotten password');
            expect(first?.sourceName).toBe('Signing in');
            return vectorsOf({ url }, bot, owner);
          },
          { timeout: 60_000 },
        )
        .toEqual(isOf(/^scripted-a1.*@64#0$/));
    } finally {
      for (const child of children.splice(0)) child.kill('SIGKILL');
      await qdrant.close();
      await ollama.close();
      await server.remove();
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 180_000);
});
