import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConversationDetails, routes, Source, type Brief, type InboxItem } from '@docent/contracts';
import { adminOf } from './support/admin-database';
import { aBot, addSource, answerEnds, aWorkspace, call, headersOf, readEvents, request, type As, type Workspace } from './support/api-client';
import { aColleague, aVisitor, reply, step, withPeople, write } from './support/people';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let owner: Workspace;
let ann: Awaited<ReturnType<typeof aColleague>>;
let viewer: Awaited<ReturnType<typeof aColleague>>;
let botId: string;

beforeAll(async () => {
  app = await startApp();
  owner = await aWorkspace(app.url);
  [ann, viewer] = [await aColleague(app.url, owner), await aColleague(app.url, owner, 'viewer')];
  botId = await aBot(app.url, owner.as);
  await addSource(app.url, botId, { type: 'text', name: 'Ferry', text: 'The ferry to the island leaves at nine every morning. A ticket for the ferry costs twelve euros.' }, owner.as);
  await withPeople(app.url, botId, owner.as);
});
afterAll(() => app?.close());

interface Page {
  items: InboxItem[];
  nextCursor: string | null;
}

async function list(query: Record<string, string | number>, as: As = owner.as): Promise<Page> {
  const answer = await call(app.url, routes.listInbox, { query } as never, as);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const idsOf = ({ items }: Page) => items.map(({ id }) => id);
const details = async (id: string, as: As = owner.as) => ConversationDetails.parse((await request(app.url, 'GET', `/v1/conversations/${id}/details`, undefined, as)).body);
const put = (id: string, what: string, body: unknown) => request(app.url, 'PUT', `/v1/conversations/${id}/${what}`, body, ann.as);

/** A visitor who has asked and been answered. */
async function asking(question: string, bot = botId) {
  const visit = await aVisitor(app.url, bot);
  await writeAndRead(visit.conversationId, visit.as, question);
  return visit;
}

/** Until this message, and none before it, is answered. */
async function writeAndRead(conversationId: string, as: As, text: string): Promise<void> {
  const { body } = await write(app.url, conversationId, as, text);
  await readEvents(app.url, conversationId, as, answerEnds, Number(body.seq));
}

describe('the lists', () => {
  it('hold each conversation where it stands, and count it there', async () => {
    const bot = await aBot(app.url, owner.as);
    await withPeople(app.url, bot, owner.as);
    const [withBot, waiting, mine, theirs, closed, snoozed] = await Promise.all([1, 2, 3, 4, 5, 6].map(() => asking('Is there a ferry?', bot)));
    await aVisitor(app.url, bot);
    await step(app.url, waiting!.conversationId, 'person', waiting!.as);
    await step(app.url, mine!.conversationId, 'take', ann.as);
    await step(app.url, theirs!.conversationId, 'take', owner.as);
    await step(app.url, closed!.conversationId, 'close', ann.as);
    await put(snoozed!.conversationId, 'snooze', { until: new Date(Date.now() + 3_600_000).toISOString() });
    const expected = { bot: [withBot], waiting: [waiting], unassigned: [waiting], mine: [mine], closed: [closed], snoozed: [snoozed], all: [withBot, waiting, mine, theirs, closed] };
    for (const [view, visits] of Object.entries(expected)) expect(idsOf(await list({ view, botId: bot }, ann.as)).sort(), view).toEqual(visits.map((visit) => visit!.conversationId).sort());
    const { body } = await call(app.url, routes.countInbox, { query: { botId: bot } }, ann.as);
    expect(body).toEqual({ bot: 1, waiting: 1, unassigned: 1, mine: 1, closed: 1, snoozed: 1, all: 5 });
    // What the visitor writes brings it back.
    await write(app.url, snoozed!.conversationId, snoozed!.as, 'Are you there?');
    expect(idsOf(await list({ view: 'snoozed', botId: bot }))).toEqual([]);
  });

  it('tell those who wait from those that nobody has', async () => {
    const bot = await aBot(app.url, owner.as);
    await withPeople(app.url, bot, owner.as, { waitAtMostSeconds: 5, fallback: 'bot' });
    const [waiting, released, queued, reopened, expired, cancelled, bots] = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => asking('Is there a ferry?', bot)));
    const move = async (visit: typeof waiting, name: string, as = ann.as, body = {}) => expect((await step(app.url, visit!.conversationId, name, as, body)).status, name).toBe(200);
    await move(expired, 'person', expired!.as);
    for (const visit of [released, queued]) await move(visit, 'take');
    await move(released, 'release', ann.as, { to: 'bot' });
    await move(reopened, 'close');
    await move(reopened, 'reopen');
    await move(cancelled, 'person', cancelled!.as);
    expect((await request(app.url, 'DELETE', `/v1/conversations/${cancelled!.conversationId}/person`, undefined, cancelled!.as)).status).toBe(200);
    await expect.poll(async () => idsOf(await list({ view: 'waiting', botId: bot })), { timeout: 20_000 }).toEqual([]);
    // From here on nobody's wait ends while it is looked at.
    await withPeople(app.url, bot, owner.as, { fallback: 'bot' });
    await move(queued, 'release', ann.as, { to: 'queue' });
    await move(waiting, 'person', waiting!.as);
    const ids = (...visits: (typeof waiting)[]) => visits.map((visit) => visit!.conversationId).sort();
    expect(idsOf(await list({ view: 'waiting', botId: bot })).sort()).toEqual(ids(waiting, queued));
    expect(idsOf(await list({ view: 'unassigned', botId: bot })).sort()).toEqual(ids(waiting, queued, released, reopened, expired));
    expect(idsOf(await list({ view: 'bot', botId: bot })).sort()).toEqual(ids(released, reopened, expired, cancelled, bots));
    await move(released, 'take');
    expect((await call(app.url, routes.countInbox, { query: { botId: bot } }, ann.as)).body).toMatchObject({ waiting: 2, unassigned: 4, mine: 1 });
  });

  it('come in pages, latest message first, each conversation once', async () => {
    const bot = await aBot(app.url, owner.as);
    const visits = [];
    for (let at = 0; at < 7; at += 1) visits.push(await asking('Is there a ferry?', bot));
    const pages: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await list({ botId: bot, limit: 3, ...(cursor ? { cursor } : {}) });
      pages.push(idsOf(page));
      cursor = page.nextCursor;
    }
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(visits.map(({ conversationId }) => conversationId).reverse());
    for (const cursor of ['x', '2026-99-99T00:00:00.000Z_00000000-0000-0000-0000-000000000000', "' OR true --"]) {
      expect((await request(app.url, 'GET', `/v1/inbox?cursor=${encodeURIComponent(cursor)}`, undefined, owner.as)).status).toBe(400);
    }
  });

  it('find what was said by anybody, and by tag', async () => {
    const { as, conversationId } = await asking('Where do I leave my bicycle?');
    const fence = (await step(app.url, conversationId, 'take', ann.as)).body.fence as number;
    await reply(app.url, conversationId, ann.as, fence, 'Beside the Quince tree, please.');
    await write(app.url, conversationId, as, 'Merci, 100% clear_now');
    for (const search of ['bicycle', 'quince TREE', '100% clear_now']) expect(idsOf(await list({ search })), search).toEqual([conversationId]);
    expect(idsOf(await list({ search: '100%xclear' }))).toEqual([]);
    expect((await put(conversationId, 'tags', { tags: ['parking', 'parking ', 'summer'] })).status).toBe(200);
    expect(idsOf(await list({ tag: 'parking' }))).toEqual([conversationId]);
    expect((await list({ tag: 'parking' })).items[0]).toMatchObject({ tags: ['parking', 'summer'], preview: 'Merci, 100% clear_now', state: 'human', assignee: { id: ann.personId } });
  });

  it('find words among a hundred thousand events by their index, and those of no other workspace', async () => {
    const bot = await aBot(app.url, owner.as);
    const { conversationId } = await asking('Is there a ferry?', bot);
    const other = await aWorkspace(app.url);
    const otherBot = await aBot(app.url, other.as);
    const foreign = await asking('Does the heliotrope leave as well?', otherBot);
    const admin = await adminOf(app);
    try {
      await admin.query(
        `INSERT INTO conversation_events (tenant_id, conversation_id, seq, type, payload)
         SELECT c.tenant_id, c.id, 1000 + n, 'message', jsonb_build_object('turnId', null, 'clientMessageId', null, 'role', 'assistant', 'text',
                  CASE n WHEN 70000 THEN 'A \\ heliotrope_100% here' ELSE md5(n::text) || ' ' || md5((n * 7)::text) END)
           FROM conversations c, generate_series(1, 100000) n WHERE c.id = $1`,
        [conversationId],
      );
      await admin.query('ANALYZE conversation_events');
      const scans = async () => Number((await admin.query<{ scans: string }>(`SELECT idx_scan AS scans FROM pg_stat_user_indexes WHERE indexrelname = 'conversation_events_said'`)).rows[0]!.scans);
      const before = await scans();
      for (const search of ['HELIOTROPE', 'heliotrope_100%', '\\ helio']) expect(idsOf(await list({ search })), search).toEqual([conversationId]);
      expect(idsOf(await list({ search: 'heliotropeX100' }))).toEqual([]);
      expect(idsOf(await list({ search: 'heliotrope' }, other.as))).toEqual([foreign.conversationId]);
      // Counted by the database a moment later.
      await expect.poll(scans, { timeout: 60_000 }).toBeGreaterThan(before);
    } finally {
      await admin.query('DELETE FROM conversations WHERE id = $1', [conversationId]);
      await admin.end();
    }
  });

  it('count what no member has seen, until somebody has', async () => {
    const { as, conversationId } = await asking('Is there a ferry on Sundays?');
    await writeAndRead(conversationId, as, 'And on Mondays?');
    const item = async () => (await list({ search: 'ferry on Sundays' })).items[0]!;
    expect(await item()).toMatchObject({ unread: 2 });
    await step(app.url, conversationId, 'here', ann.as, { readSeq: 1 });
    expect((await item()).unread).toBe(2);
    await step(app.url, conversationId, 'here', ann.as, { readSeq: (await item()).lastSeq });
    expect((await item()).unread).toBe(0);
    expect((await details(conversationId)).agentReadSeq).toBe((await item()).lastSeq);
  });
});

describe('the topic', () => {
  const topicOf = async (conversationId: string) => (await details(conversationId)).conversation.topic;

  it('is the source that answers cite most, until a member says otherwise', async () => {
    const bot = await aBot(app.url, owner.as);
    await addSource(app.url, bot, { type: 'qa', question: 'Opening hours of the museum', answer: 'The museum opens at ten.' }, owner.as);
    await addSource(app.url, bot, { type: 'qa', question: 'Price of a ticket for the museum', answer: 'A ticket for the museum costs five euros.' }, owner.as);
    const { as, conversationId } = await asking('What are the opening hours of the museum?', bot);
    const cited = async () => (await request(app.url, 'GET', `/v1/conversations/${conversationId}`, undefined, as)).body;
    await expect.poll(() => topicOf(conversationId)).toEqual({ name: 'Opening hours of the museum', from: 'sources' });
    // How it is filed is not the visitor's business.
    expect(JSON.stringify(await cited())).not.toContain('"topic"');
    expect(JSON.stringify((await request(app.url, 'GET', '/v1/visitor/conversations', undefined, as)).body)).not.toContain('"topic"');

    expect((await put(conversationId, 'topic', { topic: ' Group visits ' })).status).toBe(200);
    expect((await request(app.url, 'PUT', `/v1/conversations/${conversationId}/topic`, { topic: 'No' }, viewer.as)).status).toBe(403);
    await writeAndRead(conversationId, as, 'What are the opening hours of the museum?');
    expect(await topicOf(conversationId)).toEqual({ name: 'Group visits', from: 'member' });

    const other = await asking('What is the price of a ticket for the museum?', bot);
    await expect.poll(() => topicOf(other.conversationId)).toMatchObject({ name: 'Price of a ticket for the museum' });
    const topics = async () => (await request(app.url, 'GET', `/v1/topics?botId=${bot}`, undefined, viewer.as)).body.items;
    expect(await topics()).toEqual([{ name: 'Group visits', count: 1 }, { name: 'Price of a ticket for the museum', count: 1 }]);
    expect(idsOf(await list({ topic: 'Group visits' }))).toEqual([conversationId]);
    const listed = await request(app.url, 'GET', `/v1/conversations?topic=${encodeURIComponent('Group visits')}`, undefined, owner.as);
    expect(listed.body.items).toMatchObject([{ id: conversationId, topic: { name: 'Group visits', from: 'member' } }]);

    await put(conversationId, 'topic', { topic: null });
    expect(await topicOf(conversationId)).toEqual({ name: 'Opening hours of the museum', from: 'sources' });
    const nothing = await asking('Who painted the lighthouse?', bot);
    expect(await topicOf(nothing.conversationId)).toBeNull();
  });
});

describe('beside the transcript', () => {
  it('stand visitor, earlier conversations, notes and floor', async () => {
    const first = await asking('Is there a ferry at noon?');
    const begun = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, { pageUrl: 'https://shop.example.com/boats', locale: 'fr' }, first.as);
    const id = String(begun.body.id);
    await write(app.url, id, first.as, 'Et le soir ?');
    await readEvents(app.url, id, first.as, answerEnds);
    const { body: note } = await request(app.url, 'POST', `/v1/conversations/${id}/notes`, { text: 'Wants a group ticket' }, ann.as);
    const seen = await details(id, viewer.as);
    expect(seen).toMatchObject({ fence: 1, brief: null, satisfaction: null, visitor: { verified: false, pageUrl: 'https://shop.example.com/boats', locale: 'fr', earlier: [{ id: first.conversationId, title: 'Is there a ferry at noon?', state: 'bot' }] } });
    expect(seen.notes).toEqual([note]);
    expect(seen.notes[0]).toMatchObject({ text: 'Wants a group ticket', author: { id: ann.personId } });
    // Notes are for members only.
    for (const path of [`/v1/conversations/${id}`, `/v1/conversations/${id}/events/next?waitSeconds=0`]) {
      expect(JSON.stringify((await request(app.url, 'GET', path, undefined, first.as)).body)).not.toContain('group ticket');
    }
  });

  it('a viewer may look and touch nothing', async () => {
    const { conversationId } = await asking('Is there a ferry in winter?');
    for (const name of ['take', 'close', 'notes', 'here', 'brief', 'replies']) expect((await step(app.url, conversationId, name, viewer.as)).status, name).toBe(403);
    expect((await details(conversationId, viewer.as)).conversation.state).toBe('bot');
  });

  it('typing and reading of whoever holds it reach the visitor; others’ do not', async () => {
    const { as, conversationId } = await asking('Is there a ferry in spring?');
    await step(app.url, conversationId, 'take', ann.as);
    const leaving = new AbortController();
    const response = await fetch(`${app.url}/v1/conversations/${conversationId}/events?after=100`, { headers: headersOf(app.url, as), signal: leaving.signal });
    await step(app.url, conversationId, 'here', owner.as, { readSeq: 3, typing: true });
    await step(app.url, conversationId, 'here', ann.as, { readSeq: 2, typing: true });
    let text = '';
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      text += piece;
      if (text.includes('typing')) break;
    }
    leaving.abort();
    expect(text).toContain('"kind":"read","by":"agent","seq":3');
    expect(text).toContain('"kind":"typing","by":"agent","name":"Owner","on":true');
    expect(text.match(/"kind":"typing"/g)).toHaveLength(1);
  });
});

describe('the brief', () => {
  it('says what was asked, answered and open, with true citations, and drafts a reply', async () => {
    const { as, conversationId } = await asking('When does the ferry leave?');
    await writeAndRead(conversationId, as, 'Who painted the lighthouse?');
    await writeAndRead(conversationId, as, 'What does a ticket for the ferry cost?');
    await step(app.url, conversationId, 'take', ann.as);
    await expect.poll(async () => (await details(conversationId)).brief, { timeout: 10_000 }).not.toBeNull();
    const brief = (await details(conversationId)).brief!;
    expect(brief.summary).toContain('Asked first: “When does the ferry leave?”');
    expect(brief.summary).toMatch(/Answered: “When does the ferry leave\?” – .*nine.* \[1\]/);
    expect(brief.summary).toContain('Open: “Who painted the lighthouse?”');
    await expectTrue(brief);
    expect(brief.suggestions[0]!.text).toContain('twelve euros');
    const made = await step(app.url, conversationId, 'brief', ann.as);
    expect(made.body).toEqual(brief);
  });

  async function expectTrue({ summary, citations, suggestions }: Brief): Promise<void> {
    for (const part of [{ text: summary, citations }, ...suggestions]) {
      const marks = [...new Set([...part.text.matchAll(/\[(\d+)\]/g)].map(([, n]) => Number(n)))];
      expect(marks.length).toBeGreaterThan(0);
      expect(part.citations.map(({ n }) => n).sort()).toEqual(marks.sort());
      for (const { sourceId, start, end, quote } of part.citations) {
        const { body } = await request(app.url, 'GET', `/v1/sources/${sourceId}/text`, undefined, owner.as);
        expect(String(body.text).slice(start, end)).toBe(quote);
      }
    }
  }

  it('of an empty conversation is empty', async () => {
    const { conversationId } = await aVisitor(app.url, botId);
    expect((await step(app.url, conversationId, 'brief', ann.as)).body).toEqual({ summary: '', citations: [], suggestions: [] });
  });
});

describe('an answer of a person', () => {
  it('becomes knowledge that the bot answers from', async () => {
    const bot = await aBot(app.url, owner.as);
    const { conversationId } = await asking('May I bring a parrot?', bot);
    const given = { question: 'May I bring a parrot on board?', answer: 'Parrots travel free of charge in a cage.' };
    expect((await step(app.url, conversationId, 'saved-answers', viewer.as, given)).status).toBe(403);
    expect((await step(app.url, conversationId, 'saved-answers', ann.as, given)).body).toMatchObject({ error: { code: 'conflict' } });
    const fence = (await step(app.url, conversationId, 'take', ann.as)).body.fence as number;
    await reply(app.url, conversationId, ann.as, fence, given.answer);
    const saved = await step(app.url, conversationId, 'saved-answers', ann.as, given);
    const mark = { conversationId, by: { id: ann.personId }, isReviewed: false };
    expect(saved).toMatchObject({ status: 202, body: { type: 'qa', botId: bot, savedFrom: mark } });
    // Exactly this, and nothing else of the knowledge, is an agent's to write.
    expect((await request(app.url, 'POST', `/v1/bots/${bot}/sources`, { type: 'qa', ...given }, ann.as)).status).toBe(403);
    expect((await request(app.url, 'DELETE', `/v1/sources/${String(saved.body.id)}`, undefined, ann.as)).status).toBe(403);
    await expect.poll(async () => (await request(app.url, 'GET', `/v1/sources/${String(saved.body.id)}`, undefined, owner.as)).body.status, { timeout: 20_000 }).toBe('ready');
    const later = await asking('May I bring a parrot on board?', bot);
    const { body } = await request(app.url, 'GET', `/v1/conversations/${later.conversationId}`, undefined, later.as);
    expect(JSON.stringify(body)).toContain('Parrots travel free of charge');
  });

  it('is looked at by an admin, who finds those that nobody has looked at', async () => {
    const bot = await aBot(app.url, owner.as);
    await withPeople(app.url, bot, owner.as);
    const plain = await addSource(app.url, bot, { type: 'qa', question: 'May I smoke?', answer: 'Only on deck.' }, owner.as);
    const { conversationId } = await asking('May I bring a goat?', bot);
    const fence = (await step(app.url, conversationId, 'take', ann.as)).body.fence as number;
    await reply(app.url, conversationId, ann.as, fence, 'Goats stay ashore.');
    const { body } = await step(app.url, conversationId, 'saved-answers', ann.as, { question: 'May I bring a goat?', answer: 'Goats stay ashore.' });
    const id = String(body.id);
    const unreviewed = async () => ((await request(app.url, 'GET', `/v1/bots/${bot}/sources?unreviewed=true`, undefined, owner.as)).body.items as Source[]).map((source) => source.id);
    const review = (source: string, as: As, reviewed = true) => request(app.url, 'PUT', `/v1/sources/${source}/review`, { reviewed }, as);
    expect(await unreviewed()).toEqual([id]);
    expect((await review(id, ann.as)).status).toBe(403);
    expect((await review(String(plain.id), owner.as)).status).toBe(404);
    const reviewed = await review(id, owner.as);
    expect(Source.parse(reviewed.body).savedFrom).toEqual({ conversationId, by: { id: ann.personId, name: 'Owner' }, isReviewed: true });
    expect(await unreviewed()).toEqual([]);
    await review(id, owner.as, false);
    expect(await unreviewed()).toEqual([id]);
    // The mark outlives the conversation and the member's name outlives the membership.
    expect((await request(app.url, 'DELETE', `/v1/conversations/${conversationId}`, undefined, owner.as)).status).toBe(200);
    expect((await request(app.url, 'GET', `/v1/sources/${id}`, undefined, owner.as)).body.savedFrom).toMatchObject({ by: { id: ann.personId } });
  });
});

describe('prepared replies', () => {
  it('are made, changed and removed, each shortcut once', async () => {
    const create = (fields: object) => call(app.url, routes.createCannedReply, { body: fields as never }, ann.as);
    const hello = await create({ shortcut: 'hello', text: 'Hello, how can I help?' });
    const bye = await create({ shortcut: 'tschüss', text: 'Bis bald!' });
    expect([hello.status, bye.status]).toEqual([201, 201]);
    expect((await create({ shortcut: 'hello', text: 'Again' })).status).toBe(409);
    expect((await create({ shortcut: 'two words', text: 'No' })).status).toBe(400);
    const { id } = hello.body as { id: string };
    expect((await call(app.url, routes.updateCannedReply, { params: { cannedReplyId: id }, body: { shortcut: 'tschüss', text: 'Taken' } }, ann.as)).status).toBe(409);
    expect((await call(app.url, routes.updateCannedReply, { params: { cannedReplyId: id }, body: { shortcut: 'hi', text: 'Hi!' } }, ann.as)).body).toEqual({ id, shortcut: 'hi', text: 'Hi!' });
    expect((await call(app.url, routes.deleteCannedReply, { params: { cannedReplyId: id } }, ann.as)).status).toBe(200);
    expect((await call(app.url, routes.deleteCannedReply, { params: { cannedReplyId: id } }, ann.as)).status).toBe(404);
    expect((await call(app.url, routes.listCannedReplies, {}, viewer.as)).body).toEqual({ items: [bye.body] });
  });
});
