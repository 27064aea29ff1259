import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@docent/contracts';
import { Signals, type PresenceSignal } from '@docent/platform';
import { adminOf } from './support/admin-database';
import { aBot, answerEnds, aWorkspace, readEvents, request, type As, type Workspace } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let admin: Client;
let owner: Workspace;
let botId: string;

beforeAll(async () => {
  app = await startApp();
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
  botId = await aBot(app.url, owner.as, { name: 'Shop guide' });
  const preChatForm = { fields: [{ key: 'email', label: 'E-mail', type: 'email', required: true }] };
  const engaged = await request(
    app.url,
    'PUT',
    `/v1/bots/${botId}/engagement`,
    { preChatForm, satisfaction: true, mailTranscript: true },
    owner.as,
  );
  expect(engaged.status).toBe(200);
});
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

async function visit(bot = botId): Promise<{ as: As }> {
  const { body } = await request(app.url, 'POST', routes.createVisitorSession.path, { botId: bot }, { origin: app.url });
  return { as: { visitor: String(body.token) } };
}

async function converse(as: As, text = 'Where is my parcel?', bot = botId): Promise<string> {
  const conversationId = String((await request(app.url, 'POST', `/v1/bots/${bot}/conversations`, {}, as)).body.id);
  const sent = await request(
    app.url,
    'POST',
    `/v1/conversations/${conversationId}/messages`,
    { clientMessageId: randomUUID(), text },
    as,
  );
  expect(sent.status).toBe(202);
  await readEvents(app.url, conversationId, as, answerEnds);
  return conversationId;
}

describe('a transcript by e-mail', () => {
  it('is not offered where no mail leaves the installation', async () => {
    const { body } = await request(app.url, 'POST', routes.createVisitorSession.path, { botId }, { origin: app.url });
    expect(body.bot).toMatchObject({ satisfaction: true, mailTranscript: false });
    const { body: engagement } = await request(app.url, 'GET', `/v1/bots/${botId}/engagement`, undefined, owner.as);
    expect(engagement).toMatchObject({ mailTranscript: true, canMail: false });
  });
});

describe('the visitor in a conversation', () => {
  it('says how it was, and may say it again', async () => {
    const { as } = await visit();
    const conversationId = await converse(as);
    const rate = (body: object, by = as) => request(app.url, 'PUT', `/v1/conversations/${conversationId}/satisfaction`, body, by);
    expect((await rate({ score: 2 })).status).toBe(200);
    expect((await rate({ score: 5, comment: 'Found it after all' })).status).toBe(200);
    for (const score of [0, 6, 2.5, '5']) expect((await rate({ score })).status).toBe(400);
    expect((await rate({ score: 1 }, (await visit()).as)).status).toBe(404);
    const { rows } = await admin.query('SELECT satisfaction, satisfaction_comment FROM conversations WHERE id = $1', [
      conversationId,
    ]);
    expect(rows).toEqual([{ satisfaction: 5, satisfaction_comment: 'Found it after all' }]);
  });

  it('is not asked where the owner does not want to know', async () => {
    const bot = await aBot(app.url, owner.as);
    const { as } = await visit(bot);
    const conversationId = await converse(as, 'Hello?', bot);
    expect((await request(app.url, 'PUT', `/v1/conversations/${conversationId}/satisfaction`, { score: 5 }, as)).status).toBe(
      403,
    );
  });

  it('reads and types: seen by those who look, and how far is kept', async () => {
    const { as } = await visit();
    const conversationId = await converse(as);
    const seen: PresenceSignal[] = [];
    const end = app.product.app
      .get(Signals)
      .on('presence', (signal) => signal.conversationId === conversationId && seen.push(signal));
    const here = (body: object, by = as) => request(app.url, 'POST', `/v1/conversations/${conversationId}/visitor`, body, by);
    expect((await here({ readSeq: 2, typing: true })).status).toBe(200);
    expect((await here({ readSeq: 1 })).status).toBe(200);
    expect((await here({ readSeq: 2_000_000_000 })).status).toBe(200);
    expect((await here({ readSeq: 999_999_999_999 })).status).toBe(400);
    expect((await here({})).status).toBe(200);
    expect((await here({ readSeq: 1, typing: true }, (await visit()).as)).status).toBe(404);
    expect((await here({ typing: true }, (await visit()).as)).status).toBe(404);
    await expect.poll(() => seen.length).toBe(5);
    end();
    const { rows } = await admin.query<{ visitor_read_seq: number; last_seq: number }>(
      'SELECT visitor_read_seq, last_seq FROM conversations WHERE id = $1',
      [conversationId],
    );
    expect(rows[0]!.visitor_read_seq).toBe(rows[0]!.last_seq);
    expect(seen.map(({ kind, by, seq, on }) => ({ kind, by, seq, on }))).toEqual([
      { kind: 'read', by: 'visitor', seq: 2, on: undefined },
      { kind: 'typing', by: 'visitor', seq: undefined, on: true },
      { kind: 'read', by: 'visitor', seq: 2, on: undefined },
      { kind: 'read', by: 'visitor', seq: rows[0]!.last_seq, on: undefined },
      { kind: 'here', by: 'visitor', seq: undefined, on: undefined },
    ]);
  });

  it('finds their own conversations, newest first, and nobody else’s', async () => {
    const { as } = await visit();
    expect((await request(app.url, 'GET', '/v1/visitor/conversations/latest', undefined, as)).status).toBe(404);
    const [first, second] = [await converse(as), await converse(as, 'And my refund?')];
    // Begun, but nothing was said in it.
    await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, as);
    await converse((await visit()).as);
    const list = await request(app.url, 'GET', '/v1/visitor/conversations', undefined, as);
    expect((list.body.items as { id: string }[]).map(({ id }) => id)).toEqual([second, first]);
    const page = await request(app.url, 'GET', '/v1/visitor/conversations?limit=1', undefined, as);
    expect(
      (await request(app.url, 'GET', `/v1/visitor/conversations?limit=1&cursor=${page.body.nextCursor as string}`, undefined, as))
        .body.items,
    ).toMatchObject([{ id: first }]);
    // Whoever goes on in the first has it open again.
    await request(app.url, 'POST', `/v1/conversations/${first}/messages`, { clientMessageId: 'later', text: 'Still there?' }, as);
    expect((await request(app.url, 'GET', '/v1/visitor/conversations/latest', undefined, as)).body).toMatchObject({
      id: first,
      transcript: expect.any(Array),
    });
  });
});

describe('a transcript by e-mail', () => {
  const outbox = () => {
    const folder = join(app.dataDir, 'outbox');
    return readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  };
  const mail = (conversationId: string, email: string, as: As) =>
    request(app.url, 'POST', `/v1/conversations/${conversationId}/transcript-mail`, { email }, as);
  const mailTo = async (email: string) => {
    const found = () => outboxOrNothing().find((content) => content.includes(`To: ${email}\r\n`));
    await expect.poll(found, { timeout: 20_000 }).toBeDefined();
    const [head, body] = found()!.split('\r\n\r\n');
    return { head: head!, text: Buffer.from(body!, 'base64').toString('utf8') };
  };
  const outboxOrNothing = () => {
    try {
      return outbox();
    } catch {
      return [];
    }
  };

  it('goes to the address that the visitor types, in their language, and the address is forgotten', async () => {
    const { as } = await visit();
    const conversationId = await converse(as, 'Wo ist denn bloß mein Paket geblieben? <b>Danke</b>');
    expect((await mail(conversationId, 'besuch@example.com', as)).status).toBe(202);
    const { head, text } = await mailTo('besuch@example.com');
    expect(head).toContain('Content-Type: text/plain');
    expect(head).toContain(`Subject: =?utf-8?B?${Buffer.from('Ihr Gespräch mit Shop guide').toString('base64')}?=`);
    expect(text).toContain('Sie, ');
    expect(text).toContain('Wo ist denn bloß mein Paket geblieben? <b>Danke</b>');
    expect(text).toContain('Shop guide, ');
    await expect
      .poll(
        async () => (await admin.query('SELECT email FROM transcript_mails WHERE conversation_id = $1', [conversationId])).rows,
      )
      .toEqual([{ email: null }]);
  });

  it('goes out three times an hour and no more, also where they are asked for together', async () => {
    const { as } = await visit();
    const conversationId = await converse(as);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) => mail(conversationId, `often-${index}@example.com`, as)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 429, 429]);
    expect(answers.find(({ status }) => status === 429)!.body).toMatchObject({
      error: { code: 'rate_limited', details: { retryAfterSeconds: expect.any(Number) } },
    });
  });

  it.each(['nobody', 'a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com', '"x" <a@example.com>', ''])(
    'does not go to %j',
    async (email) => {
      const { as } = await visit();
      expect((await mail(await converse(as), email, as)).status).toBe(400);
    },
  );

  it('is sent by a member only to where the visitor wants to be written to', async () => {
    const { as } = await visit();
    const conversationId = await converse(as);
    expect((await mail(conversationId, 'rival@example.com', owner.as)).body).toMatchObject({
      error: { code: 'invalid_request', details: { fields: [{ field: 'email' }] } },
    });
    const lead = { form: 'pre_chat', conversationId, fields: { email: 'Ida@example.com' } };
    expect((await request(app.url, 'POST', `/v1/bots/${botId}/leads`, lead, as)).status).toBe(201);
    expect((await mail(conversationId, 'ida@example.com', owner.as)).status).toBe(202);
    expect((await mailTo('ida@example.com')).text).toContain('Where is my parcel?');
  });

  it('is nobody else’s, nothing without words, and off by default', async () => {
    const { as } = await visit();
    const conversationId = await converse(as);
    expect((await mail(conversationId, 'other@example.com', (await visit()).as)).status).toBe(404);
    const silent = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, as);
    expect((await mail(String(silent.body.id), 'other@example.com', as)).status).toBe(409);
    const off = await aBot(app.url, owner.as);
    const elsewhere = (await visit(off)).as;
    expect((await mail(await converse(elsewhere, 'Hello?', off), 'other@example.com', elsewhere)).status).toBe(403);
  });
});
