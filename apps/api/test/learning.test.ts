import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { maximumGoldenQuestions, routes, type GoldenQuestion, type LearningState, type Passage } from '@docent/contracts';
import { hashWord, openEmbedder, writeLearnedRows } from '@docent/embedder';
import { LearnNightlyJob } from '@docent/knowledge';
import { systemContext } from '@docent/platform';
import { Embedder } from '@docent/ports';
import { findProductParts } from '../src/product-parts';
import { adminOf } from './support/admin-database';
import { aBot, addSource, anApiKey, ask, aWorkspace, call, request, type As, type Workspace } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';
import { tradeNames, tradeText } from './support/trades';

let app: StartedApp;
let admin: Client;
let owner: Workspace;

beforeAll(async () => {
  app = await startApp();
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

async function aTaughtBot(as: As = owner.as, given: Record<string, unknown> = {}): Promise<{ botId: string; sourceIds: string[] }> {
  const botId = await aBot(app.url, as, given);
  const sourceIds: string[] = [];
  for (const name of tradeNames) sourceIds.push(String((await addSource(app.url, botId, { type: 'text', name, text: tradeText(name) }, as)).id));
  return { botId, sourceIds };
}

async function state(botId: string, as: As = owner.as): Promise<LearningState> {
  return (await call(app.url, routes.getLearning, { params: { botId } }, as)).body;
}

/** Until it is as wanted; the test's own time limit ends it otherwise. */
async function until(botId: string, isWanted: (state: LearningState) => boolean, as: As = owner.as): Promise<LearningState> {
  for (;;) {
    const now = await state(botId, as);
    if (isWanted(now)) return now;
    await wait(100);
  }
}

const hasLearned = ({ status, vectors, learnedAt }: LearningState) => (status === 'learned' || status === 'kept') && vectors.ready && learnedAt !== null;

async function stored(botId: string): Promise<{ version: number; rows: Buffer | null; learned: { pairs: number; passages: number; outcome: string } | null } | undefined> {
  return (await admin.query('SELECT version, rows, learned FROM knowledge_models WHERE bot_id = $1', [botId])).rows[0];
}

async function search(botId: string, query: string, as: As = owner.as): Promise<Passage[]> {
  return (await request(app.url, 'POST', `/v1/bots/${botId}/search`, { query, limit: 20 }, as)).body.passages as Passage[];
}

const golden = async (botId: string, question: string, sourceId: string, quote = '') =>
  (await request(app.url, 'POST', `/v1/bots/${botId}/golden-questions`, { question, sourceId, quote }, owner.as)) as { status: number; body: unknown };

describe('a bot with enough passages', () => {
  it('learns when its knowledge has settled, and says what came of it', async () => {
    const { botId, sourceIds } = await aTaughtBot();
    await golden(botId, 'How do I look after a zorblat?', sourceIds[0]!);
    const learned = await until(botId, hasLearned);
    expect(learned).toMatchObject({ on: true, note: learned.status === 'learned' ? null : expect.any(String), questions: { count: expect.any(Number) } });
    expect(learned.passages).toBeGreaterThanOrEqual(50);
    expect(learned.vectors.set).toMatch(/#[1-9]/);
    expect((await search(botId, 'zorblat'))[0]).toMatchObject({ sourceId: sourceIds[0], scores: { vector: expect.any(Number) } });
  }, 240_000);

  it('begins anew when its knowledge changes while it learns', async () => {
    const { botId } = await aTaughtBot();
    await until(botId, ({ status }) => status === 'learning');
    for (const name of ['wexlar', 'mondrip']) await addSource(app.url, botId, { type: 'text', name, text: tradeText('zorblat').replaceAll('zorblat', name) }, owner.as);
    const learned = await until(botId, (now) => hasLearned(now) && now.passages > 80);
    await until(botId, ({ status }) => status !== 'learning');
    await expect.poll(async () => (await stored(botId))?.learned?.passages, { timeout: 60_000 }).toBe(learned.passages);
  }, 240_000);

  it('forgets all of it when it is switched off, and learns again when it is switched on', async () => {
    const { botId } = await aTaughtBot();
    const learned = await until(botId, hasLearned);
    expect((await stored(botId))?.rows?.length).toBeGreaterThan(1000);
    await request(app.url, 'PATCH', `/v1/bots/${botId}`, { learning: false }, owner.as);
    expect(await state(botId)).toMatchObject({ on: false, status: 'off', learnedAt: null, questions: null });
    while ((await stored(botId))?.rows) await wait(100);
    const off = await until(botId, ({ vectors }) => vectors.ready);
    expect(off.vectors.set).not.toBe(learned.vectors.set);
    expect((await request(app.url, 'POST', `/v1/bots/${botId}/learning`, {}, owner.as)).status).toBe(409);
    await request(app.url, 'PATCH', `/v1/bots/${botId}`, { learning: true }, owner.as);
    await until(botId, hasLearned);
    expect((await stored(botId))?.rows?.length).toBeGreaterThan(1000);
  }, 240_000);

  it('takes what it has learned with it when it is deleted', async () => {
    const { botId, sourceIds } = await aTaughtBot();
    await golden(botId, 'How do I look after a plindo?', sourceIds[1]!);
    await until(botId, hasLearned);
    await request(app.url, 'DELETE', `/v1/bots/${botId}`, undefined, owner.as);
    expect(await stored(botId)).toBeUndefined();
    expect((await admin.query('SELECT FROM golden_questions WHERE bot_id = $1', [botId])).rowCount).toBe(0);
  }, 240_000);

  it('teaches nobody else: the same knowledge of another workspace keeps its scores', async () => {
    const other = await aWorkspace(app.url);
    const { botId: theirs } = await aTaughtBot(other.as, { learning: false });
    await until(theirs, ({ vectors }) => vectors.ready && !vectors.set?.endsWith('#0'), other.as);
    const scores = async () => (await search(theirs, 'pressure of a zorblat', other.as)).map(({ title, scores: { vector } }) => [title, vector]);
    const before = await scores();
    const { botId } = await aTaughtBot();
    await until(botId, hasLearned);
    expect(await scores()).toEqual(before);
    expect((await stored(theirs))?.rows).toBeNull();
    expect((await request(app.url, 'GET', `/v1/bots/${botId}/learning`, undefined, other.as)).status).toBe(404);
    const own = (await search(botId, 'pressure of a zorblat')).map(({ title, scores: { vector } }) => [title, vector]);
    if ((await state(botId)).status === 'learned') expect(own).not.toEqual(before);
  }, 240_000);
});

describe('the gate', () => {
  it('keeps what is in use where the questions would be found worse', async () => {
    const { botId, sourceIds } = await aTaughtBot();
    for (const [at, name] of tradeNames.entries()) await golden(botId, { zorblat: 'kettle', plindo: 'fiddle', quimfer: 'ships', vexnor: 'fruit trees', sarkwit: 'bakery', umbrik: 'riding', trimoko: 'photographs', feldrun: 'house top' }[name]!, sourceIds[at]!);
    const first = await until(botId, hasLearned);
    const before = await stored(botId);
    // Rows that make every word mean the same as a word of another trade.
    const embedder = app.product.app.get(Embedder, { strict: false });
    vi.spyOn(embedder, 'learn').mockImplementation(() => Promise.resolve(scrambledRows()));
    expect((await request(app.url, 'POST', `/v1/bots/${botId}/learning`, {}, owner.as)).status).toBe(202);
    const kept = await until(botId, (now) => hasLearned(now) && now.learnedAt !== first.learnedAt);
    expect(kept).toMatchObject({ status: 'kept', note: expect.stringContaining('worse') });
    expect(kept.questions!.foundAfter).toBeLessThan(kept.questions!.foundBefore);
    const after = await stored(botId);
    expect(after?.rows).toEqual(before?.rows);
    // Vectors of the same version need not be made anew.
    expect(after?.version).toBe(before?.version);
    expect(kept.vectors.set).toBe(first.vectors.set);
  }, 240_000);
});

describe('a bot with few passages', () => {
  it('uses the embedder as it came', async () => {
    const botId = await aBot(app.url, owner.as);
    await addSource(app.url, botId, { type: 'text', name: 'zorblat', text: tradeText('zorblat') }, owner.as);
    const settled = await until(botId, ({ vectors }) => vectors.ready && !vectors.set?.endsWith('#0'));
    expect(settled).toMatchObject({ status: 'too_small', learnedAt: null, note: expect.stringContaining('50') });
    expect((await stored(botId))?.rows).toBeNull();
    expect((await request(app.url, 'POST', `/v1/bots/${botId}/learning`, {}, owner.as)).status).toBe(409);
  }, 120_000);
});

describe('use', () => {
  it('teaches: approved answers, and in the night what was praised', async () => {
    const { botId } = await aTaughtBot();
    const first = await until(botId, hasLearned);
    await addSource(app.url, botId, { type: 'qa', question: 'Why does it gluffle?', answer: 'Because the valve of the boiler is open.' }, owner.as);
    const key = { key: await anApiKey(app.url, owner.as) };
    const { conversationId, turnId } = await ask(app.url, botId, 'What is checked with the boiler on a zorblat?', key);
    expect((await request(app.url, 'PUT', `/v1/conversations/${conversationId}/turns/${turnId}/rating`, { rating: 'up' }, key)).status).toBe(200);
    const nightly = app.product.app.get(LearnNightlyJob, { strict: false });
    await nightly.run(systemContext(owner.workspaceId, 'test'), { botId });
    await until(botId, (now) => hasLearned(now) && now.learnedAt !== first.learnedAt);
    expect((await stored(botId))?.learned?.pairs).toBeGreaterThanOrEqual(1);
    const { rows } = await admin.query('SELECT run_at FROM graphile_worker.jobs WHERE key = $1', [`learn-nightly ${botId}`]);
    expect(rows).toHaveLength(1);
    expect(rows[0].run_at.getTime()).toBeGreaterThan(Date.now());
  }, 240_000);
});

describe('golden questions', () => {
  it('are kept, ranked by the present search and deleted', async () => {
    const botId = await aBot(app.url, owner.as);
    const source = await addSource(app.url, botId, { type: 'text', name: 'Ferry', text: '# Ferry\n\nThe ferry leaves at nine every morning.' }, owner.as);
    const other = await addSource(app.url, botId, { type: 'text', name: 'Berth', text: '# Berth\n\nA berth costs 24 euros per night.' }, owner.as);
    const made = (await call(app.url, routes.createGoldenQuestion, { params: { botId }, body: { question: 'When does the ferry leave?', sourceId: String(source.id), quote: 'leaves at nine' } }, owner.as)) as unknown as { status: number; body: GoldenQuestion };
    expect(made).toMatchObject({ status: 201, body: { botId, sourceName: 'Ferry', quote: 'leaves at nine', found: { rank: 1 } } });
    const { body } = (await call(app.url, routes.listGoldenQuestions, { params: { botId } }, owner.as)) as unknown as { body: { items: GoldenQuestion[] } };
    expect(body.items).toEqual([made.body]);
    // Gone with its source, and by itself.
    await golden(botId, 'How much is a berth?', String(other.id));
    await request(app.url, 'DELETE', `/v1/sources/${String(other.id)}`, undefined, owner.as);
    expect((await request(app.url, 'DELETE', `/v1/golden-questions/${made.body.id}`, undefined, owner.as)).status).toBe(200);
    expect((await request(app.url, 'DELETE', `/v1/golden-questions/${made.body.id}`, undefined, owner.as)).status).toBe(404);
    expect((await request(app.url, 'GET', `/v1/bots/${botId}/golden-questions`, undefined, owner.as)).body.items).toEqual([]);
  }, 120_000);

  it('belong to a source of the same bot, and are not endless', async () => {
    const [botId, otherBot] = [await aBot(app.url, owner.as), await aBot(app.url, owner.as)];
    const source = await addSource(app.url, botId, { type: 'text', name: 'Ferry', text: 'The ferry leaves at nine.' }, owner.as);
    expect((await golden(otherBot, 'When does the ferry leave?', String(source.id))).status).toBe(404);
    await admin.query(`INSERT INTO golden_questions (tenant_id, bot_id, question, source_id) SELECT $1, $2, 'Question ' || n, $3 FROM generate_series(1, $4) AS n`, [owner.workspaceId, botId, source.id, maximumGoldenQuestions]);
    expect(await golden(botId, 'One more?', String(source.id))).toMatchObject({ status: 409, body: { error: { code: 'conflict', details: { limit: maximumGoldenQuestions } } } });
  }, 120_000);
});

/** Rows of other trades' words for each trade's words. */
function scrambledRows(): Uint8Array {
  const base = openEmbedder(readFileSync(findProductParts().wordVectors));
  const words = [...new Set(tradeNames.flatMap((name) => tradeText(name).toLowerCase().match(/[a-z]+/g) ?? []))];
  return writeLearnedRows(
    { dimensions: base.dimensions, bits: 8, embedder: base.header.sha256 },
    words.map((word, at) => ({ hash: hashWord(word), row: base.rowOf(words[(at + 17) % words.length]!) })),
  );
}
