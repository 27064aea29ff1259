import OpenAI from 'openai';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation, ConversationEvent } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { adminOf } from './support/admin-database';
import { completionOf, failureOf } from './support/answer-of';
import { aBot, addSource, anApiKey, answerEnds, aWorkspace, readEvents, request, type As } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

const question = 'How much does a berth cost per night?';
const whole = ['A berth costs ', '24 euros per night [1]. ', 'Larger boats pay more [1].'];

let model: ScriptedModel;
let app: StartedApp;
let admin: Client;
let key: As;
let botId: string;

beforeAll(async () => {
  model = await startScriptedModel();
  app = await startApp({ MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1`, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true' });
  admin = await adminOf(app);
  const { as } = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, as) };
  botId = await aBot(app.url, key);
  await addSource(app.url, botId, { type: 'text', name: 'Fees', text: '# Mooring fees\n\nA berth costs 24 euros per night. Larger boats pay more.' }, key);
});
beforeEach(() => model.reply({ kind: 'stall', pieces: whole.slice(0, 2) }, { kind: 'pieces', pieces: whole }));
afterAll(async () => {
  await admin?.end();
  await app?.close();
  await model?.close();
});

interface Asked {
  conversationId: string;
  turnId: string;
}

async function asks(): Promise<Asked> {
  const conversation = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, key);
  const conversationId = String(conversation.body.id);
  const turn = await request(app.url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: 'first', text: question }, key);
  return { conversationId, turnId: String(turn.body.turnId) };
}

const hasBegun = (event: ConversationEvent) => event.type === 'answer.delta';

/** What the database looks like when the process that was answering is gone and its lease has run out. */
async function loses({ turnId }: Pick<Asked, 'turnId'>, attempts = 1): Promise<void> {
  await admin.query(`UPDATE turns SET lease_owner = 'gone', lease_until = now() - interval '1 second', attempts = $2 WHERE id = $1`, [turnId, attempts]);
}

const attemptsOf = async ({ turnId }: Asked) => (await admin.query('SELECT fence, outcome, model FROM turn_attempts WHERE turn_id = $1 ORDER BY fence', [turnId])).rows;
const chargeOf = async ({ turnId }: Asked) => (await admin.query('SELECT state FROM reservations WHERE turn_id = $1', [turnId])).rows;

describe('an answer whose process is gone', () => {
  it('is begun anew: readers forget what was said, and one attempt is settled and charged', async () => {
    const asked = await asks();
    await readEvents(app.url, asked.conversationId, key, hasBegun);
    await loses(asked);
    const events = await readEvents(app.url, asked.conversationId, key, answerEnds);
    const restart = events.find((event) => event.type === 'answer.restarted');
    expect(restart?.data).toEqual({ turnId: asked.turnId, fromSeq: events.find(hasBegun)!.seq });
    const after = events.filter((event) => event.seq > restart!.seq).map((event) => (event.type === 'answer.delta' ? event.data.text : ''));
    expect(after.join('')).toBe(completionOf(events).text);
    expect(completionOf(events).text).toContain('Larger boats');
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(await attemptsOf(asked)).toEqual([{ fence: 1, outcome: 'abandoned', model: null }, { fence: 2, outcome: 'settled', model: 'openai/scripted' }]);
    expect(await chargeOf(asked)).toEqual([{ state: 'settled' }]);
  });

  it('reads the same in the transcript, and its citations are those of the answer that counts', async () => {
    const asked = await asks();
    await readEvents(app.url, asked.conversationId, key, hasBegun);
    await loses(asked);
    const answer = completionOf(await readEvents(app.url, asked.conversationId, key, answerEnds));
    const { body } = await request(app.url, 'GET', `/v1/conversations/${asked.conversationId}`, undefined, key);
    expect((body as unknown as Conversation).transcript[1]).toMatchObject({ role: 'assistant', status: 'completed', text: answer.text, citations: answer.citations });
    const cited = await request(app.url, 'GET', `/v1/conversations/${asked.conversationId}/turns/${asked.turnId}/citations/1`, undefined, key);
    expect(cited.body.citation).toEqual(answer.citations[0]);
  });

  it('is given up after three processes more, and costs nothing', async () => {
    const asked = await asks();
    await readEvents(app.url, asked.conversationId, key, hasBegun);
    await loses(asked, 4);
    const events = await readEvents(app.url, asked.conversationId, key, answerEnds);
    expect(failureOf(events).code).toBe('model_failed');
    expect(await chargeOf(asked)).toEqual([{ state: 'released' }]);
    expect((await attemptsOf(asked)).map(({ outcome }: { outcome: string }) => outcome)).toEqual(['abandoned', 'failed']);
  });
});

describe('an answer belongs to its process', () => {
  /** Whether another process may take the turn whose lease was renewed so many seconds ago; nothing stays of it. */
  async function mayTake({ turnId }: Asked, owner: string, renewedSecondsAgo: number, claimer = 'another'): Promise<boolean> {
    await admin.query('BEGIN');
    try {
      await admin.query(`UPDATE turns SET lease_owner = $2, lease_until = now() + (3.5 - $3::float8) * interval '1 second' WHERE id = $1`, [turnId, owner, renewedSecondsAgo]);
      const { rows } = await admin.query(`SELECT id FROM claim_abandoned_turns($1, interval '3.5 seconds', 50)`, [claimer]);
      return rows.some(({ id }) => id === turnId);
    } finally {
      await admin.query('ROLLBACK');
    }
  }

  it('as long as that lives and renews within ten seconds after its lease, and a moment longer than its life line', async () => {
    const asked = await asks();
    await readEvents(app.url, asked.conversationId, key, hasBegun);
    const { rows } = await admin.query<{ lease_owner: string }>('SELECT lease_owner FROM turns WHERE id = $1', [asked.turnId]);
    const living = rows[0]!.lease_owner;
    for (const seconds of [0, 2, 5, 13]) expect(await mayTake(asked, living, seconds), `living, ${seconds}`).toBe(false);
    expect(await mayTake(asked, living, 14)).toBe(true);
    for (const seconds of [0, 1, 1.4]) expect(await mayTake(asked, 'gone', seconds), `gone, ${seconds}`).toBe(false);
    for (const seconds of [1.6, 3, 14]) expect(await mayTake(asked, 'gone', seconds), `gone, ${seconds}`).toBe(true);
    // Whoever has lost their own line for a moment has not lost themselves.
    for (const seconds of [1.6, 13]) expect(await mayTake(asked, 'gone', seconds, 'gone'), `itself, ${seconds}`).toBe(false);
    await loses(asked);
    await readEvents(app.url, asked.conversationId, key, answerEnds);
  });
});

describe('an answer while the database is away for a moment', () => {
  it('is given whole, and charged once', async () => {
    model.reply({ kind: 'pieces', pieces: `${whole.join('')} And so on, word by word [1].`.match(/\s*\S+/g)!, delayMs: 40 });
    const asked = await asks();
    const reading = readUntilEnd(asked);
    await readEvents(app.url, asked.conversationId, key, hasBegun);
    await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'docent_app'`);
    const events = await reading;
    const said = events.slice(events.findLastIndex(({ type }) => type === 'answer.restarted') + 1);
    expect(said.map((event) => (event.type === 'answer.delta' ? event.data.text : '')).join('')).toBe(completionOf(events).text);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(await chargeOf(asked)).toEqual([{ state: 'settled' }]);
    expect((await attemptsOf(asked)).filter(({ outcome }: { outcome: string }) => outcome === 'settled')).toHaveLength(1);
  });

  /** The stream itself may end while its reader cannot look. */
  async function readUntilEnd({ conversationId }: Asked): Promise<ConversationEvent[]> {
    for (;;) {
      const events = await readEvents(app.url, conversationId, key, answerEnds).catch(() => null);
      if (events) return events;
      await new Promise((tick) => setTimeout(tick, 100));
    }
  }
});

describe('the OpenAI stream of an answer that is begun anew', () => {
  async function streams(): Promise<string> {
    const client = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: key.key, maxRetries: 0 });
    const stream = await client.chat.completions.create({ model: botId, messages: [{ role: 'user', content: question }], stream: true });
    let text = '';
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content && !text) await loses({ turnId: chunk.id.replace('chatcmpl-', '') });
      text += chunk.choices[0]?.delta.content ?? '';
    }
    return text;
  }

  it('goes on without a seam where the second text repeats the first', async () => {
    expect(await streams()).toBe('A berth costs 24 euros per night [1]. Larger boats pay more [2].');
  });

  it('ends with an error where it differs: this protocol can not take a text back', async () => {
    model.reply({ kind: 'stall', pieces: whole.slice(0, 2) }, { kind: 'pieces', pieces: ['Berths: ', 'A berth costs 24 euros per night [1].'] });
    await expect(streams()).rejects.toThrow(/answer that another one wrote differs/);
  });
});

describe('an answer that its visitor stops before its first word', () => {
  it('costs nothing, and does not count as one that the knowledge did not hold', async () => {
    model.reply({ kind: 'stall', beforeHeaders: true });
    const asked = await asks();
    await readEvents(app.url, asked.conversationId, key, (event) => event.type === 'answer.started');
    await request(app.url, 'POST', `/v1/conversations/${asked.conversationId}/turns/${asked.turnId}/stop`, {}, key);
    const events = await readEvents(app.url, asked.conversationId, key, answerEnds);
    expect(completionOf(events)).toMatchObject({ text: '', finishReason: 'stopped_by_visitor' });
    expect(await attemptsOf(asked)).toEqual([{ fence: 1, outcome: 'failed', model: 'openai/scripted' }]);
    expect(await chargeOf(asked)).toEqual([{ state: 'released' }]);
    const { rows } = await admin.query('SELECT unanswered_count, unanswered_in_a_row FROM conversations WHERE id = $1', [asked.conversationId]);
    expect(rows).toEqual([{ unanswered_count: 0, unanswered_in_a_row: 0 }]);
  });
});
