import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type Passage } from '@docent/contracts';
import { startScriptedModel } from '@docent/scripted-model';
import { adminOf } from './support/admin-database';
import { aBot, addSource, aWorkspace, call, request, type Workspace } from './support/api-client';
import { aDataFolder } from './support/data-folder';
import { startApp, type StartedApp } from './support/start-app';

let dataDir: string;
let app: StartedApp;
let owner: Workspace;
let bot: string;
const sources: string[] = [];

beforeAll(async () => {
  dataDir = await aDataFolder();
  app = await startApp({ DATA_DIR: dataDir });
  owner = await aWorkspace(app.url);
  bot = await aBot(app.url, owner.as);
  for (const [name, text] of Object.entries(texts)) sources.push((await addSource(app.url, bot, { type: 'text', name, text }, owner.as)).id as string);
});
afterAll(async () => {
  await app?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function search(query: string, explain = false): Promise<Passage[]> {
  const { body } = await call(app.url, routes.search, { params: { botId: bot }, body: { query, limit: 5, explain } }, owner.as);
  return (body as { passages: Passage[] }).passages;
}

/** Until the bot's knowledge has a model of at least this version, which no other is about to follow, and searches answer by meaning. */
async function untilSettled(version: number): Promise<number> {
  const admin = await adminOf(app);
  try {
    for (;;) {
      const { rowCount: toSettle } = await admin.query('SELECT FROM graphile_worker.jobs WHERE key = $1', [`settle ${bot}`]);
      const { rows } = await admin.query<{ version: number }>('SELECT version FROM knowledge_models WHERE bot_id = $1', [bot]);
      const [first] = await search('purchase');
      if (toSettle === 0 && rows[0] && rows[0].version >= version && first?.scores.vector != null) return rows[0].version;
      await new Promise((tick) => setTimeout(tick, 100));
    }
  } finally {
    await admin.end();
  }
}

const inOtherWords: [string, string][] = [
  ['I forgot my login secret', 'Signing in'],
  ['money back for something I bought', 'Refunds'],
  ['How long does it take until goods are sent?', 'Shipping'],
];

describe('a fresh bot', () => {
  it.each(inOtherWords)('finds by meaning at once: %s', async (question, source) => {
    expect((await search(question))[0]?.sourceName).toBe(source);
  });

  it('learns soon which of its words count, and finds as well', async () => {
    expect(await untilSettled(1)).toBeGreaterThanOrEqual(1);
    for (const [question, source] of inOtherWords) expect((await search(question))[0]?.sourceName).toBe(source);
  });

  it('finds an English passage for a German and a Spanish question', async () => {
    expect((await search('Wie kann ich mein Passwort zurücksetzen?'))[0]?.sourceName).toBe('Signing in');
    expect((await search('¿Cómo puedo pagar mi pedido?'))[0]?.sourceName).toBe('Payment');
  });

  it('tells on request how each passage was found', async () => {
    const [first] = await search('How do I reset a forgotten login secret?', true);
    expect(first).toMatchObject({ sourceName: 'Signing in', ranks: { lexical: 1, vector: 1, fused: 1 } });
    const { lexical, vector, window } = first!.explanation!;
    expect(lexical.map(({ word }) => word)).toContain('reset');
    expect(vector.length).toBeGreaterThan(0);
    for (const list of [lexical, vector]) expect(list.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.001);
    expect(window!.end).toBeLessThanOrEqual(first!.text.length);
    expect((await search('reset'))[0]).not.toHaveProperty('explanation');
  });
});

describe('after a restart', () => {
  it('finds by the stored model', async () => {
    const before = await untilSettled(1);
    await app.close();
    app = await startApp({ DATA_DIR: dataDir });
    expect((await search('I forgot my login secret'))[0]).toMatchObject({ sourceName: 'Signing in', scores: { vector: expect.any(Number) as number } });
    expect(await untilSettled(before)).toBe(before);
  });

  it('makes all vectors anew where the model was of another embedder, and finds meanwhile', async () => {
    const before = await untilSettled(1);
    const admin = await adminOf(app);
    await admin.query(`UPDATE knowledge_models SET embedder = 'another@3'`);
    await admin.end();
    await app.close();
    app = await startApp({ DATA_DIR: dataDir });
    expect((await search('I forgot my login secret'))[0]?.sourceName).toBe('Signing in');
    expect(await untilSettled(before + 1)).toBe(before + 1);
    expect((await search('I forgot my login secret'))[0]?.sourceName).toBe('Signing in');
  });

  it('takes another embedder where one is configured, and finds by words when that is gone', async () => {
    const other = await startScriptedModel();
    await app.close();
    app = await startApp({ DATA_DIR: dataDir, EMBEDDER_BASE_URL: `${other.url}/v1`, EMBEDDER_MODEL: 'scripted', EMBEDDER_DIMENSIONS: '48' });
    await expect.poll(async () => (await search('reset a password'))[0], { timeout: 20_000 }).toMatchObject({ sourceName: 'Signing in', scores: { vector: expect.any(Number) as number } });
    await other.close();
    expect((await search('reset a password'))[0]).toMatchObject({ sourceName: 'Signing in', scores: { vector: null } });
  });

  it('searches by words alone where the installation wants no embedder', async () => {
    await app.close();
    app = await startApp({ DATA_DIR: dataDir, EMBEDDER: 'none' });
    expect(await search('parcel track')).toMatchObject([{ sourceName: 'Shipping', scores: { vector: null } }]);
    await app.close();
    app = await startApp({ DATA_DIR: dataDir });
  });
});

describe('forgetting', () => {
  it('finds nothing of a deleted source, by meaning either', async () => {
    await untilSettled(1);
    const receipt = await call(app.url, routes.deleteSource, { params: { sourceId: sources[0]! } }, owner.as);
    expect(receipt.body).toMatchObject({ remaining: { rows: 0, indexEntries: 0 } });
    for (const passage of await search('I forgot my login secret')) expect(passage.sourceId).not.toBe(sources[0]);
  });

  it('erases the model with the bot', async () => {
    await untilSettled(1);
    const admin = await adminOf(app);
    const count = async () => (await admin.query<{ count: string }>('SELECT count(*) FROM knowledge_models')).rows[0]!.count;
    expect(await count()).toBe('1');
    expect((await request(app.url, 'DELETE', `/v1/bots/${bot}`, undefined, owner.as)).status).toBe(200);
    expect(await count()).toBe('0');
    // A job that comes late finds nothing to write for.
    await new Promise((tick) => setTimeout(tick, 3_000));
    expect(await count()).toBe('0');
    await admin.end();
  });
});

const texts: Record<string, string> = {
  'Signing in': 'To reset a password, choose "Forgotten password" on the sign-in page. A link arrives by e-mail; it opens a form where you choose a new password.',
  Refunds: 'A refund is paid for a returned purchase within fourteen days, to the card or account that was used.',
  Shipping: 'Packages are delivered within three working days. Each delivery has a number with which it can be tracked at the carrier.',
  Payment: 'You can pay an order by card, by bank transfer or by invoice. Payment is due when the order is confirmed.',
  Care: 'Oak tables like a little oil twice a year. Wipe spilled coffee at once, and never use a wet cloth on raw wood.',
};
