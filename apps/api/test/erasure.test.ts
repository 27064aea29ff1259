import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, VisitorErasure, type Conversation, type VisitorSession } from '@docent/contracts';
import { adminOf, everythingOf } from './support/admin-database';
import { aBot, addSource, answerEnds, aWorkspace, call, readEvents, request, type As, type Workspace } from './support/api-client';
import { aColleague, step, withPeople, write } from './support/people';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let admin: Client;
let owner: Workspace;
let ann: Awaited<ReturnType<typeof aColleague>>;
let botId: string;
let secret: Uint8Array;

beforeAll(async () => {
  app = await startApp();
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
  ann = await aColleague(app.url, owner);
  botId = await aBot(app.url, owner.as);
  await addSource(app.url, botId, { type: 'qa', question: 'When does the ferry leave?', answer: 'The ferry leaves at nine every morning.' }, owner.as);
  await withPeople(app.url, botId, owner.as);
  const fields = [{ key: 'name', label: 'Name', type: 'text' }, { key: 'email', label: 'E-mail', type: 'email' }, { key: 'phone', label: 'Phone', type: 'phone' }];
  await request(app.url, 'PUT', `/v1/bots/${botId}/engagement`, { preChatForm: { fields, consent: 'I agree' }, attachments: true, satisfaction: true, mailTranscript: true }, owner.as);
  const created = await call(app.url, routes.createIdentitySecret, { params: { botId } }, owner.as);
  secret = new TextEncoder().encode((created.body as { secret: string }).secret);
});
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

/** Somebody with a signed identity who has left everything that one can leave. */
async function aPerson() {
  const mark = randomUUID().slice(0, 8);
  const person = { name: `Zora Quill${mark}`, email: `zora.${mark}@example.com`, externalId: `customer-${mark}`, phone: `+49 30 ${mark.replace(/\D/g, '7')}123456` };
  const anonymous = await session({});
  const begin = (as: As) => request(app.url, 'POST', `/v1/bots/${botId}/conversations`, { pageUrl: `https://shop.example.com/${person.externalId}` }, as);
  const first = String((await begin({ visitor: anonymous.token })).body.id);
  const as: As = { visitor: anonymous.token };
  await write(app.url, first, as, `I am ${person.name.toUpperCase()}, ${person.email}. When does the ferry leave?`);
  await readEvents(app.url, first, as, answerEnds);
  const form = new FormData();
  form.set('file', new Blob(['%PDF-1.4\n']), `letter of ${person.name}.pdf`);
  const { body: file } = await request(app.url, 'POST', `/v1/conversations/${first}/attachments`, form, as);
  const { body: letter } = await request(app.url, 'POST', `/v1/conversations/${first}/messages`, { clientMessageId: 'file', text: 'My letter', attachmentIds: [file.id] }, as);
  await readEvents(app.url, first, as, answerEnds, Number(letter.seq));
  const lead = { form: 'pre_chat', conversationId: first, consent: true, fields: { name: person.name, email: person.email, phone: person.phone } };
  expect((await request(app.url, 'POST', `/v1/bots/${botId}/leads`, lead, as)).status).toBe(201);
  await request(app.url, 'PUT', `/v1/conversations/${first}/satisfaction`, { score: 4, comment: `Thanks, ${person.name}` }, as);
  const identity = await new SignJWT({ sub: person.externalId, name: person.name, email: person.email, plan: 'gold', exp: Math.floor(Date.now() / 1000) + 3600 }).setProtectedHeader({ alg: 'HS256' }).sign(secret);
  const known = await session({ identity, token: anonymous.token });
  const second = String((await begin({ visitor: known.token })).body.id);
  await write(app.url, second, { visitor: known.token }, `Call me at ${person.phone}`);
  await readEvents(app.url, second, { visitor: known.token }, answerEnds);
  await request(app.url, 'POST', `/v1/conversations/${first}/notes`, { text: `${person.name} is a regular` }, ann.as);
  await step(app.url, first, 'brief', ann.as);
  return { person, visitorId: known.visitorId, anonymousId: anonymous.visitorId, token: known.token, conversations: [first, second] };
}

async function session(given: object): Promise<VisitorSession> {
  const { body } = await request(app.url, 'POST', routes.createVisitorSession.path, { botId, ...given }, { origin: app.url });
  return routes.createVisitorSession.response.parse(body);
}

const erase = (visitorId: string, conversations: 'keep' | 'delete', as: As = owner.as) => request(app.url, 'DELETE', `/v1/visitors/${visitorId}?conversations=${conversations}`, undefined, as);

/** All rows of the workspace and all files that it has, as one text. */
async function everything(): Promise<string> {
  const rows = Object.values(await everythingOf(admin, owner.workspaceId, [])).flat().join('\n');
  return `${rows}\n${filesIn(join(app.dataDir, 'files')).join('\n')}`.toLowerCase();
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => `${name} ${readFileSync(join(folder, name), 'latin1')}`);
}

const traces = async ({ person, visitorId, anonymousId }: Awaited<ReturnType<typeof aPerson>>) => {
  const all = await everything();
  return [...Object.values(person), visitorId, anonymousId].filter((trace) => all.includes(trace.toLowerCase()));
};

describe('a visitor who is to be forgotten', () => {
  it('leaves transcripts that are nobody’s, where these stay', async () => {
    const given = await aPerson();
    expect(await traces(given)).toHaveLength(6);
    const answer = await erase(given.visitorId, 'keep');
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(VisitorErasure.parse(answer.body)).toMatchObject({ removed: { conversations: 0, leads: 1 }, kept: { conversations: 2 }, remaining: { visitors: 0, conversations: 0, leads: 0 } });
    expect(await traces(given)).toEqual([]);
    const { body } = await request(app.url, 'GET', `/v1/conversations/${given.conversations[0]!}`, undefined, owner.as);
    const conversation = body as unknown as Conversation;
    expect(conversation.visitorId).toBeNull();
    expect(conversation.transcript[0]).toMatchObject({ text: 'I am [removed], [removed]. When does the ferry leave?' });
    expect(conversation.transcript.filter(({ role }) => role === 'assistant').every(({ text }) => text !== '')).toBe(true);
    expect(conversation.transcript.map(({ seq }) => seq)).toEqual([...conversation.transcript.map(({ seq }) => seq)].sort((a, b) => a - b));
    // Their own browser finds nothing of it either.
    expect((await request(app.url, 'GET', `/v1/conversations/${given.conversations[1]!}`, undefined, { visitor: given.token })).status).toBe(404);
    expect((await erase(given.visitorId, 'keep')).status).toBe(404);
  });

  it('leaves nothing where the conversations go too', async () => {
    const given = await aPerson();
    const other = await aPerson();
    const answer = await erase(given.visitorId, 'delete');
    expect(answer.body).toMatchObject({ removed: { conversations: 2, leads: 1 }, kept: { conversations: 0 }, remaining: { visitors: 0, conversations: 0, leads: 0 } });
    expect(await traces(given)).toEqual([]);
    for (const id of given.conversations) expect((await request(app.url, 'GET', `/v1/conversations/${id}`, undefined, owner.as)).status).toBe(404);
    expect(await traces(other)).toHaveLength(6);
  });

  it('is forgotten by admins only, and is nobody elsewhere', async () => {
    const given = await aPerson();
    expect((await erase(given.visitorId, 'delete', ann.as)).status).toBe(403);
    expect((await erase(randomUUID(), 'delete')).status).toBe(404);
    expect((await erase(given.visitorId, 'delete', (await aWorkspace(app.url)).as)).status).toBe(404);
    expect(await traces(given)).toHaveLength(6);
  });

  it('is forgotten also where they never said who they are', async () => {
    const { token, visitorId } = await session({});
    const { body } = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, { visitor: token });
    await write(app.url, String(body.id), { visitor: token }, 'When does the ferry leave?');
    await readEvents(app.url, String(body.id), { visitor: token }, answerEnds);
    expect((await erase(visitorId, 'keep')).body).toMatchObject({ kept: { conversations: 1 }, removed: { leads: 0 } });
    expect(await everything()).not.toContain(visitorId);
  });
});

describe('the log', () => {
  const asTheApplication = async (tenantId: string, statement: string, values: unknown[]) => {
    await admin.query('BEGIN');
    try {
      await admin.query('SET LOCAL ROLE docent_app');
      await admin.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
      return await admin.query(statement, values);
    } finally {
      await admin.query('ROLLBACK');
    }
  };
  const forget = (tenantId: string, id: string, seq: number, kept: object) => asTheApplication(tenantId, 'SELECT forget_in_event($1, $2, $3)', [id, seq, JSON.stringify(kept)]);

  it('can be changed by nobody: the application takes out what is to be forgotten, and nothing else', async () => {
    const { conversations, person } = await aPerson();
    const id = conversations[0]!;
    const { rows } = await admin.query<{ seq: number; payload: Record<string, unknown> }>('SELECT seq, payload FROM conversation_events WHERE conversation_id = $1 ORDER BY seq', [id]);
    const { seq, payload } = rows.find(({ payload: { text } }) => String(text).includes(person.email))!;
    const text = String(payload['text']);
    for (const statement of ['UPDATE conversation_events SET payload = payload', 'UPDATE conversation_events SET seq = seq', 'DELETE FROM conversation_events']) {
      await expect(asTheApplication(owner.workspaceId, `${statement} WHERE conversation_id = $1`, [id]), statement).rejects.toThrow(/permission denied/);
    }
    for (const [what, changed] of [
      ['other words', { ...payload, text: 'The bot promised me a boat' }],
      ['words put in', { ...payload, text: `${text} I owe you a boat` }],
      ['words in another order', { ...payload, text: `${text.slice(20)}[removed]${text.slice(0, 20)}` }],
      ['another role', { ...payload, role: 'agent' }],
      ['a role taken out', { ...payload, role: '[removed]' }],
      ['a field put in', { ...payload, agent: { id: randomUUID(), name: 'Ann' } }],
      ['a field left out', Object.fromEntries(Object.entries(payload).filter(([key]) => key !== 'text'))],
      ['another kind of value', { ...payload, text: null }],
    ] as const) {
      await expect(forget(owner.workspaceId, id, seq, changed), what).rejects.toThrow(/not less/);
    }
    const less = { ...payload, text: text.replace(person.email, '[removed]') };
    await expect(forget((await aWorkspace(app.url)).workspaceId, id, seq, less)).rejects.toThrow(/not there/);
    await expect(forget(owner.workspaceId, id, seq + 1000, less)).rejects.toThrow(/not there/);
    await expect(forget(owner.workspaceId, id, seq, less)).resolves.toBeDefined();
  });
});
