import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handoverTable, routes, writerOf, type ConversationEvent } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { startEmbeddedPostgres } from '../src/embedded-postgres';
import { adminOf } from './support/admin-database';
import { deltasOf } from './support/answer-of';
import { aBot, addSource, answerEnds, anApiKey, aWorkspace, readEvents, request, type As, type Workspace } from './support/api-client';
import { aColleague, aVisitor, handoversOf, isHandover, logOf, reply, step, withPeople, write } from './support/people';
import { startApp, type StartedApp } from './support/start-app';

const slowly = { kind: 'drip', text: 'A ticket costs twelve euros [1]. '.repeat(400), delayMs: 5 } as const;
let app: StartedApp;
let model: ScriptedModel;
let admin: Client;
let owner: Workspace;
let ann: Awaited<ReturnType<typeof aColleague>>;
let ben: Awaited<ReturnType<typeof aColleague>>;
let botId: string;

beforeAll(async () => {
  model = await startScriptedModel();
  app = await startApp({ MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1` });
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
  [ann, ben] = [await aColleague(app.url, owner), await aColleague(app.url, owner)];
  botId = await aPeopledBot();
});
beforeEach(() => model.reply({ kind: 'helpful' }));
afterAll(async () => {
  await admin?.end();
  await app?.close();
  await model?.close();
});

async function aPeopledBot(settings: Parameters<typeof withPeople>[3] = {}): Promise<string> {
  const id = await aBot(app.url, owner.as);
  await addSource(app.url, id, { type: 'text', name: 'Ferry', text: 'The ferry to the island leaves at nine every morning. A ticket costs twelve euros.' }, owner.as);
  await withPeople(app.url, id, owner.as, settings);
  return id;
}

async function giveForm(id: string): Promise<void> {
  const messageForm = { fields: [{ key: 'email', label: 'E-mail', type: 'email', required: true }] };
  expect((await request(app.url, 'PUT', `/v1/bots/${id}/engagement`, { messageForm }, owner.as)).status).toBe(200);
}

const visit = () => aVisitor(app.url, botId);
const take = (conversationId: string, as: As, body = {}) => step(app.url, conversationId, 'take', as, body);
const typesOf = (events: ConversationEvent[]) => events.map(({ type }) => type);
const rowOf = async (conversationId: string) => (await admin.query<Record<string, unknown>>('SELECT * FROM conversations WHERE id = $1', [conversationId])).rows[0]!;
const reservationsOf = async (conversationId: string) =>
  (await admin.query<{ state: string }>('SELECT r.state FROM reservations r JOIN turns t ON t.id = r.turn_id WHERE t.conversation_id = $1 ORDER BY t.message_seq', [conversationId])).rows.map(({ state }) => state);

describe('a conversation', () => {
  it('goes from the bot over waiting to a person, who speaks alone, and back', async () => {
    const { as, conversationId } = await visit();
    expect(await step(app.url, conversationId, 'person', as)).toMatchObject({ status: 200, body: { state: 'waiting', promisedSeconds: 120 } });
    const taken = await take(conversationId, ann.as);
    expect(taken).toMatchObject({ status: 200, body: { state: 'human', assignee: { id: ann.personId, name: 'Owner' } } });
    expect((await write(app.url, conversationId, as, 'When does the ferry leave?')).status).toBe(202);
    expect(await reply(app.url, conversationId, ann.as, taken.body.fence as number, 'At nine.')).toMatchObject({ status: 202, body: { seq: 4 } });
    expect((await step(app.url, conversationId, 'release', ann.as, { to: 'bot' })).body.state).toBe('bot');
    await write(app.url, conversationId, as, 'What does a ticket cost?');
    const log = await readEvents(app.url, conversationId, as, answerEnds);
    expect(typesOf(log).filter((type) => type !== 'answer.delta')).toEqual(['handover', 'handover', 'message', 'message', 'handover', 'message', 'answer.started', 'answer.completed']);
    expect(handoversOf(log).map(({ state, reason }) => [state, reason])).toEqual([['waiting', 'visitor_asked'], ['human', 'agent'], ['bot', 'agent']]);
    expect(handoversOf(log)[0]!.text).toContain('2 minutes');
    expect(handoversOf(log)[1]!.text).toBe('Owner has joined the conversation.');
    expect(await reservationsOf(conversationId)).toEqual(['settled']);
  });

  it('opens again with the next message after it was closed', async () => {
    const { as, conversationId } = await visit();
    await take(conversationId, ann.as);
    expect((await step(app.url, conversationId, 'close', ann.as)).body).toMatchObject({ state: 'closed', assignee: null });
    await write(app.url, conversationId, as, 'What does a ticket cost?');
    const log = await readEvents(app.url, conversationId, as, answerEnds);
    expect(typesOf(log).slice(0, 5)).toEqual(['handover', 'handover', 'handover', 'message', 'answer.started']);
    expect(handoversOf(log)[2]).toMatchObject({ state: 'bot', reason: 'reopened', text: '' });
    expect(await rowOf(conversationId)).toMatchObject({ state: 'bot', closed_at: null, message_count: 1, unread: 1 });
    expect(await step(app.url, conversationId, 'reopen', ann.as)).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  });

  it('keeps the same message once, whoever it goes to', async () => {
    const { as, conversationId } = await visit();
    const fence = (await take(conversationId, ann.as)).body.fence as number;
    const send = () => step(app.url, conversationId, 'messages', as, { clientMessageId: 'one', text: 'Hello?' });
    const [first, second] = await Promise.all([send(), send()]);
    expect(second.body).toEqual(first.body);
    const answers = await Promise.all([1, 2, 3].map(() => reply(app.url, conversationId, ann.as, fence, 'Hello.', 'one')));
    expect(new Set(answers.map(({ body }) => body.seq))).toEqual(new Set([3]));
    expect(typesOf(await logOf(app.url, conversationId, as))).toEqual(['handover', 'message', 'message']);
    // After it has been stored, it is known for ever; nothing new is taken.
    await step(app.url, conversationId, 'release', ann.as, { to: 'bot' });
    expect(await reply(app.url, conversationId, ann.as, fence, 'Hello.', 'one')).toMatchObject({ status: 202, body: { seq: 3 } });
    expect(await reply(app.url, conversationId, ann.as, fence, 'More.')).toMatchObject({ status: 409, body: { error: { code: 'not_the_writer' } } });
  });

  it('counts no message to a person, as a question or in the plan', async () => {
    const { as, conversationId } = await visit();
    await take(conversationId, ann.as);
    const before = await request(app.url, 'GET', routes.overview.path, undefined, owner.as);
    await write(app.url, conversationId, as, 'Only for a person, this one');
    const after = await request(app.url, 'GET', routes.overview.path, undefined, owner.as);
    expect(JSON.stringify(after.body)).toBe(JSON.stringify(before.body));
    expect(await reservationsOf(conversationId)).toEqual([]);
  });
});

describe('taking over', () => {
  it('ends a running answer with what it has said, and no event of the bot follows', async () => {
    model.reply(slowly);
    const { as, conversationId } = await visit();
    await write(app.url, conversationId, as, 'What does a ticket cost?');
    await readEvents(app.url, conversationId, as, ({ type }) => type === 'answer.delta');
    expect((await take(conversationId, ann.as)).status).toBe(200);
    const log = await logOf(app.url, conversationId, as);
    const completed = log.at(-2)!;
    expect(completed).toMatchObject({ type: 'answer.completed', data: { finishReason: 'handed_over', answered: true, text: deltasOf(log) } });
    expect(log.at(-1)).toMatchObject({ type: 'handover', data: { state: 'human' } });
    expect(await reservationsOf(conversationId)).toEqual(['settled']);
    // The model goes on for a while; nothing of it arrives.
    await new Promise((later) => setTimeout(later, 1500));
    expect(await logOf(app.url, conversationId, as)).toEqual(log);
    expect(await rowOf(conversationId)).toMatchObject({ last_seq: log.length });
  });

  it('releases what an answer has reserved that has said nothing', async () => {
    model.reply({ kind: 'stall' });
    const { as, conversationId } = await visit();
    await write(app.url, conversationId, as, 'What does a ticket cost?');
    await take(conversationId, ann.as);
    const log = await logOf(app.url, conversationId, as);
    const completed = log.find(({ type }) => type === 'answer.completed');
    expect(completed).toMatchObject({ data: { finishReason: 'handed_over', text: '', answered: false } });
    expect(await reservationsOf(conversationId)).toEqual(['released']);
  });

  it('goes to exactly one of two agents at one moment, and the other cannot write', async () => {
    const { as, conversationId } = await visit();
    await step(app.url, conversationId, 'person', as);
    const fence = (await request(app.url, 'GET', `/v1/conversations/${conversationId}/details`, undefined, owner.as)).body.fence as number;
    const [one, two] = await Promise.all([take(conversationId, ann.as, { fence }), take(conversationId, ben.as, { fence })]);
    expect([one.status, two.status].sort()).toEqual([200, 409]);
    const [winner, loser] = one.status === 200 ? [ann, ben] : [ben, ann];
    const held = (one.status === 200 ? one : two).body.fence as number;
    expect((await reply(app.url, conversationId, winner.as, held)).status).toBe(202);
    expect((await reply(app.url, conversationId, loser.as, held)).body).toMatchObject({ error: { code: 'not_the_writer' } });
    expect((await step(app.url, conversationId, 'release', loser.as, { to: 'bot' })).status).toBe(409);
  });

  it('from a colleague makes their fence stale', async () => {
    const { conversationId } = await visit();
    const first = (await take(conversationId, ann.as)).body.fence as number;
    const again = await take(conversationId, ann.as);
    expect(again.body.fence).toBe(first);
    const second = (await take(conversationId, ben.as)).body.fence as number;
    expect(second).toBe(first + 1);
    expect((await reply(app.url, conversationId, ann.as, first)).status).toBe(409);
    expect((await take(conversationId, ann.as)).body.fence).toBe(second + 1);
    // An old tab of hers names the fence from before she lost it.
    expect((await reply(app.url, conversationId, ann.as, first)).body).toMatchObject({ error: { code: 'not_the_writer' } });
    expect((await reply(app.url, conversationId, ann.as, second + 1)).status).toBe(202);
  });

  it('on behalf of a colleague, or back to nobody', async () => {
    const { conversationId } = await visit();
    const assign = (memberId: string | null) => request(app.url, 'PUT', `/v1/conversations/${conversationId}/assignee`, { memberId }, owner.as);
    expect((await assign(ben.memberId)).body).toMatchObject({ state: 'human', assignee: { id: ben.personId } });
    expect((await assign(null)).body).toMatchObject({ state: 'waiting', assignee: null });
    const viewer = await aColleague(app.url, owner, 'viewer');
    expect((await assign(viewer.memberId)).status).toBe(404);
  });
});

describe('asking for a person', () => {
  it('in words hands over at once, in the language of the words, and costs nothing', async () => {
    const { as, conversationId } = await visit();
    await write(app.url, conversationId, as, 'Ich möchte bitte mit einem Menschen sprechen.');
    const log = await readEvents(app.url, conversationId, as, isHandover('waiting'));
    expect(log.at(-1)).toMatchObject({ data: { reason: 'visitor_asked', promisedSeconds: 120 } });
    expect(handoversOf(log)[0]!.text).toContain('Voraussichtliche Wartezeit: 2 Minuten.');
    expect(deltasOf(log)).toBe('');
    expect(await reservationsOf(conversationId)).toEqual(['released']);
  });

  it('is refused out of hours and where people are off, and words are answered with the form', async () => {
    botId = await aPeopledBot({ hours: { timeZone: 'UTC', open: [] } });
    await giveForm(botId);
    const { as, conversationId } = await visit();
    expect(await step(app.url, conversationId, 'person', as)).toMatchObject({ status: 409, body: { error: { code: 'no_people' } } });
    await write(app.url, conversationId, as, 'I want to talk to a human');
    const log = await readEvents(app.url, conversationId, as, isHandover('bot', 'out_of_hours'));
    expect(log.at(-1)).toMatchObject({ data: { offersForm: true, promisedSeconds: null } });
    const session = await request(app.url, 'POST', routes.createVisitorSession.path, { botId }, { origin: app.url });
    expect(session.body.bot).toMatchObject({ people: { enabled: true, open: false } });
    await withPeople(app.url, botId, owner.as, { enabled: false });
    expect((await step(app.url, conversationId, 'person', as)).status).toBe(409);
    botId = await aPeopledBot();
  });

  it('happens by itself after answers that the knowledge did not hold, and the bot helps on while one is awaited', async () => {
    const id = await aPeopledBot({ unansweredLimit: 2 });
    const { as, conversationId } = await aVisitor(app.url, id);
    model.reply({ kind: 'no_answer' });
    for (const question of ['Who painted the lighthouse?', 'Which moon is the largest?']) {
      const { seq } = (await write(app.url, conversationId, as, question)).body as { seq: number };
      await readEvents(app.url, conversationId, as, answerEnds, seq);
    }
    const log = await readEvents(app.url, conversationId, as, isHandover('waiting', 'unanswered'));
    const said = log.flatMap((event) => (event.type === 'answer.completed' ? [event.data.text] : []));
    expect(said).toHaveLength(2);
    const { seq } = (await write(app.url, conversationId, as, 'How tall is the highest mountain?')).body as { seq: number };
    const passedOn = await readEvents(app.url, conversationId, as, answerEnds, seq);
    expect(passedOn.at(-1)).toMatchObject({ data: { answered: false, text: 'I do not know that, but I have passed it on. A person will answer here.' } });
  });

  it('happens by the owner’s words', async () => {
    const id = await aPeopledBot({ words: ['refund'] });
    const { as, conversationId } = await aVisitor(app.url, id);
    await write(app.url, conversationId, as, 'A refund, please!');
    expect(handoversOf(await readEvents(app.url, conversationId, as, isHandover('waiting')))[0]!.reason).toBe('word_rule');
  });

  it('happens where an answer is not sure enough for its owner', async () => {
    const id = await aPeopledBot({ confidenceBelow: 1 });
    const { as, conversationId } = await aVisitor(app.url, id);
    await write(app.url, conversationId, as, 'What does a ticket cost?');
    const log = await readEvents(app.url, conversationId, as, isHandover('waiting', 'low_confidence'));
    expect(log.at(-2)).toMatchObject({ type: 'answer.completed', data: { answered: true } });
  });

  it('can be taken back', async () => {
    const { as, conversationId } = await visit();
    await step(app.url, conversationId, 'person', as);
    const cancel = () => request(app.url, 'DELETE', `/v1/conversations/${conversationId}/person`, undefined, as);
    expect((await cancel()).body).toEqual({ state: 'bot', promisedSeconds: null });
    expect((await cancel()).body).toEqual({ state: 'bot', promisedSeconds: null });
    expect(handoversOf(await logOf(app.url, conversationId, as))).toHaveLength(2);
  });
});

describe('nobody waits in silence', () => {
  it.each([
    ['form', 'a form', true, /Leave a message/],
    ['bot', 'a form', false, /go on helping/],
    // Nobody is asked to leave a message where there is nowhere to leave it.
    ['form', 'no form', false, /go on helping/],
  ] as const)('after the promised wait the fallback %s of a bot with %s follows, once', async (fallback, has, offersForm, text) => {
    const id = await aPeopledBot({ waitAtMostSeconds: 5, fallback });
    if (has === 'a form') await giveForm(id);
    const { as, conversationId } = await aVisitor(app.url, id);
    await step(app.url, conversationId, 'person', as);
    const log = await readEvents(app.url, conversationId, as, isHandover('bot', 'nobody_came'));
    expect(log.at(-1)).toMatchObject({ data: { offersForm, text: expect.stringMatching(text) as string } });
    await new Promise((later) => setTimeout(later, 2500));
    expect(await logOf(app.url, conversationId, as)).toHaveLength(log.length);
  });

  it('an agent who is neither seen nor writes has left: others are called, and the bot answers meanwhile', async () => {
    const id = await aPeopledBot({ agentAwaySeconds: 8, waitAtMostSeconds: 8 });
    const { as, conversationId } = await aVisitor(app.url, id);
    const fence = (await take(conversationId, ann.as)).body.fence as number;
    await write(app.url, conversationId, as, 'What does a ticket cost?');
    // Seen, so that the eight seconds begin again.
    for (let seen = 0; seen < 6; seen += 1) {
      await new Promise((later) => setTimeout(later, 1500));
      expect((await step(app.url, conversationId, 'here', ann.as, { readSeq: 2 })).body).toMatchObject({ state: 'human', fence });
    }
    expect(await rowOf(conversationId)).toMatchObject({ unread: 0, agent_read_seq: 2 });
    const log = await readEvents(app.url, conversationId, as, answerEnds);
    expect(typesOf(log).filter((type) => type !== 'answer.delta')).toEqual(['handover', 'message', 'handover', 'answer.started', 'answer.completed']);
    expect(handoversOf(log)[1]).toMatchObject({ state: 'waiting', reason: 'agent_gone' });
    expect(deltasOf(log)).toContain('twelve');
    expect((await reply(app.url, conversationId, ann.as, fence)).body).toMatchObject({ error: { code: 'not_the_writer' } });
    await readEvents(app.url, conversationId, as, isHandover('bot', 'nobody_came'));
  });

  it('an agent is left in peace while the visitor waits for nothing', async () => {
    const id = await aPeopledBot({ agentAwaySeconds: 5 });
    const { as, conversationId } = await aVisitor(app.url, id);
    const fence = (await take(conversationId, ann.as)).body.fence as number;
    await write(app.url, conversationId, as, 'Hello?');
    await reply(app.url, conversationId, ann.as, fence);
    expect(await rowOf(conversationId)).toMatchObject({ state: 'human', handover_due: null, waiting_since: null });
  });

  it.each(['removed', 'demoted', 'signed out everywhere'])('whoever is %s holds nothing from then on', async (how) => {
    const gone = await aColleague(app.url, owner);
    const { as, conversationId } = await visit();
    await take(conversationId, gone.as);
    if (how === 'removed') await request(app.url, 'DELETE', `/v1/members/${gone.memberId}`, undefined, owner.as);
    if (how === 'demoted') await request(app.url, 'PATCH', `/v1/members/${gone.memberId}`, { role: 'viewer' }, owner.as);
    if (how === 'signed out everywhere') await request(app.url, 'POST', routes.signOut.path, {}, { cookies: gone.as.cookies, origin: app.url });
    const log = await readEvents(app.url, conversationId, as, isHandover('waiting', 'agent_gone'));
    expect(log).toHaveLength(2);
  });
});

describe('files', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

  async function upload(conversationId: string, as: As): Promise<string> {
    const form = new FormData();
    form.set('file', new Blob([png]), 'ticket.png');
    const answer = await request(app.url, 'POST', `/v1/conversations/${conversationId}/attachments`, form, as);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body.id as string;
  }

  it('come with the message that names them, each once, from its own side only', async () => {
    await request(app.url, 'PUT', `/v1/bots/${botId}/engagement`, { attachments: true }, owner.as);
    const { as, conversationId } = await visit();
    const fence = (await take(conversationId, ann.as)).body.fence as number;
    const [theirs, ours] = [await upload(conversationId, as), await upload(conversationId, ann.as)];
    const send = (id: string, clientMessageId: string) => step(app.url, conversationId, 'messages', as, { clientMessageId, text: '', attachmentIds: [id] });
    const answer = (id: string, clientMessageId: string) => step(app.url, conversationId, 'replies', ann.as, { clientMessageId, text: '', fence, attachmentIds: [id] });
    expect((await answer(theirs, 'a')).status).toBe(400);
    expect((await send(ours, 'a')).status).toBe(400);
    expect((await send(theirs, 'b')).status).toBe(202);
    expect((await answer(ours, 'b')).status).toBe(202);
    expect((await send(theirs, 'c')).status).toBe(400);
    expect((await answer(ours, 'c')).status).toBe(400);
    const log = await logOf(app.url, conversationId, as);
    expect(log.flatMap((event) => (event.type === 'message' ? (event.data.attachments ?? []).map(({ id, name }) => [event.data.role, id, name]) : []))).toEqual([['visitor', theirs, 'ticket.png'], ['agent', ours, 'ticket.png']]);
    expect(await rowOf(conversationId)).toMatchObject({ preview: 'ticket.png', last_seq: 3 });
  });
});

describe('the brief with a model', () => {
  it('keeps those marks only that resolve, and drafts a reply in the model’s words', async () => {
    const { as, conversationId } = await visit();
    await write(app.url, conversationId, as, 'What does a ticket cost?');
    await readEvents(app.url, conversationId, as, answerEnds);
    model.reply({ kind: 'pieces', pieces: ['A ticket costs twelve ', 'euros [1]. ', 'Nobody knows more [9].'] });
    const { body } = await step(app.url, conversationId, 'brief', ann.as);
    expect(body).toMatchObject({ summary: 'A ticket costs twelve euros [1]. Nobody knows more.', citations: [{ n: 1 }], suggestions: [{ citations: [{ n: 1 }] }] });
    model.reply({ kind: 'status', status: 500 });
    const without = await step(app.url, conversationId, 'brief', ann.as);
    expect(without.body).toMatchObject({ summary: expect.stringContaining('Asked first: “What does a ticket cost?”') as string, suggestions: [{ text: expect.stringContaining('twelve euros') as string }] });
  });
});

describe('two processes', () => {
  let second: StartedApp;
  beforeAll(async () => {
    // With the address of the first one's database, which it does not end.
    const { adminUrl } = await startEmbeddedPostgres(app.dataDir);
    second = await startApp({ DATA_DIR: app.dataDir, DATABASE_URL: adminUrl, MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1` });
  });
  afterAll(() => second?.close());

  it('end an answer of each other at the moment of a take-over', async () => {
    model.reply(slowly);
    const { as, conversationId } = await visit();
    await write(app.url, conversationId, as, 'What does a ticket cost?');
    await readEvents(app.url, conversationId, as, ({ type }) => type === 'answer.delta');
    expect((await step(second.url, conversationId, 'take', { ...ann.as, origin: second.url })).status).toBe(200);
    const log = await readEvents(app.url, conversationId, as, isHandover('human'));
    await new Promise((later) => setTimeout(later, 2500));
    expect(await logOf(app.url, conversationId, as)).toEqual(await logOf(second.url, conversationId, ann.as));
    expect(await logOf(app.url, conversationId, as)).toHaveLength(log.length);
  });

  it('move on once those for whom nobody came', async () => {
    const id = await aPeopledBot({ waitAtMostSeconds: 5 });
    const visits = await Promise.all([1, 2, 3, 4, 5].map(() => aVisitor(app.url, id)));
    for (const { as, conversationId } of visits) await step(app.url, conversationId, 'person', as);
    for (const { as, conversationId } of visits) await readEvents(app.url, conversationId, as, isHandover('bot', 'nobody_came'));
    await new Promise((later) => setTimeout(later, 2000));
    for (const { as, conversationId } of visits) expect(typesOf(await logOf(app.url, conversationId, as))).toEqual(['handover', 'handover']);
  });
});

/** A small generator with a seed, so that a run that fails can be run again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

describe('many at once, in any order', () => {
  it.each([1, 2, 3, 4])('leave a log with one writer at a time (seed %d)', async (seed) => {
    model.reply({ kind: 'drip', text: 'A ticket costs twelve euros [1]. '.repeat(12), delayMs: 4 });
    const roll = dice(seed * 7919);
    const { as, conversationId } = await visit();
    const fences = new Map<string, number>();
    const acts: (() => Promise<{ status: number }>)[] = [
      ...[1, 2, 3].map(() => () => write(app.url, conversationId, as, 'What does a ticket cost?')),
      () => step(app.url, conversationId, 'person', as),
      () => request(app.url, 'DELETE', `/v1/conversations/${conversationId}/person`, undefined, as),
      ...[ann, ben].flatMap((agent) => [
        async () => {
          const taken = await take(conversationId, agent.as);
          if (taken.status === 200) fences.set(agent.personId, taken.body.fence as number);
          return taken;
        },
        () => reply(app.url, conversationId, agent.as, fences.get(agent.personId) ?? 0),
        () => reply(app.url, conversationId, agent.as, fences.get(agent.personId) ?? 0),
        () => step(app.url, conversationId, 'release', agent.as, { to: roll(2) ? 'bot' : 'queue' }),
        () => step(app.url, conversationId, 'close', agent.as),
        () => step(app.url, conversationId, 'reopen', agent.as),
      ]),
    ];
    for (let round = 0; round < 25; round += 1) {
      const answers = await Promise.all(Array.from({ length: 1 + roll(4) }, () => acts[roll(acts.length)]!()));
      for (const { status } of answers) expect([200, 202, 409]).toContain(status);
    }
    if ((await rowOf(conversationId)).state === 'human') await step(app.url, conversationId, 'close', { ...((await rowOf(conversationId)).assignee_id === ann.personId ? ann.as : ben.as) });
    await expect.poll(async () => (await admin.query(`SELECT FROM turns WHERE conversation_id = $1 AND status = 'running'`, [conversationId])).rowCount, { timeout: 20_000 }).toBe(0);
    const log = await logOf(app.url, conversationId, as);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expectOneWriter(log);
    expect(await rowOf(conversationId)).toMatchObject({ last_seq: log.length, state: handoversOf(log).at(-1)?.state ?? 'bot' });
    const open = await admin.query(`SELECT r.state FROM reservations r JOIN turns t ON t.id = r.turn_id WHERE t.conversation_id = $1 AND r.state = 'reserved'`, [conversationId]);
    expect(open.rowCount).toBe(0);
  });
});

/** Whoever writes is who the last hand-over named; every hand-over is one that the machine knows. */
function expectOneWriter(log: ConversationEvent[]): void {
  let state: keyof typeof writerOf = 'bot';
  let agent: string | null = null;
  for (const event of log) {
    const where = `event ${event.seq} (${event.type}) in ${state}`;
    if (event.type === 'handover') {
      expect([state, ...Object.values(handoverTable[state])], where).toContain(event.data.state);
      state = event.data.state;
      agent = event.data.agent?.id ?? null;
      expect(agent !== null, where).toBe(state === 'human');
    } else if (event.type === 'message' && event.data.role === 'agent') {
      expect([state, event.data.agent?.id], where).toEqual(['human', agent]);
    } else if (event.type !== 'message') {
      expect(writerOf[state], where).toBe('bot');
    }
  }
}

describe('a program with a key', () => {
  it('asks for a person on behalf of its visitor', async () => {
    const key = { key: await anApiKey(app.url, owner.as) };
    const { body } = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, key);
    expect((await step(app.url, String(body.id), 'person', key)).body.state).toBe('waiting');
  });
});
