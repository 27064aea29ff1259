import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@docent/contracts';
import { aBot, anApiKey, answerEnds, aWorkspace, call, readEvents, request, type As, type Workspace } from './support/api-client';
import { aVisitor, write } from './support/people';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let owner: Workspace;
let botId: string;

beforeAll(async () => {
  app = await startApp();
  owner = await aWorkspace(app.url);
  botId = await aBot(app.url, owner.as);
  const fields = [{ key: 'name', label: 'Name', type: 'text' }, { key: 'email', label: 'E-mail', type: 'email' }];
  await request(app.url, 'PUT', `/v1/bots/${botId}/engagement`, { preChatForm: { fields, consent: 'I agree' } }, owner.as);
});
afterAll(() => app?.close());

/** A conversation in which a visitor has said this. */
async function saying(text: string, bot = botId) {
  const visit = await aVisitor(app.url, bot);
  const { status } = await write(app.url, visit.conversationId, visit.as, text);
  expect(status, text).toBe(202);
  await readEvents(app.url, visit.conversationId, visit.as, answerEnds);
  return visit;
}

async function find(search: string, as: As = owner.as, more: object = {}): Promise<string[]> {
  const { status, body } = await call(app.url, routes.listConversations, { query: { search, limit: 100, ...more } }, as);
  expect(status, search).toBe(200);
  return routes.listConversations.response.parse(body).items.map(({ id }) => id);
}

describe('GET /v1/conversations?search=', () => {
  it('finds words and parts of words, small or capital, and nothing that was not said', async () => {
    const { conversationId } = await saying('Where does the Paddle-Steamer “Aurora” moor?');
    for (const search of ['paddle-steamer', 'AURORA', 'steam', 'does the paddle', '“aurora”', ' aurora ']) expect(await find(search), search).toContain(conversationId);
    for (const search of ['steamboat', 'aurora paddle', 'auroras']) expect(await find(search), search).toEqual([]);
  });

  it.each([
    ['German', 'Wo liegt die Straßenbrücke über den Fluss?', ['straßenbrücke', 'BRÜCKE', 'über']],
    ['French', 'Où est l’embarcadère des bateaux ?', ['EMBARCADÈRE', 'l’embarc']],
    ['Russian', 'Когда отходит ночной паром?', ['НОЧНОЙ', 'паром', 'ходит']],
    ['Greek', 'Πότε φεύγει το καΐκι;', ['ΦΕΎΓΕΙ', 'καΐκι', 'καΐκι'.normalize('NFD')]],
    ['Arabic', 'متى تغادر العبارة الأخيرة؟', ['العبارة', 'تغادر']],
    ['Hebrew', 'מתי יוצאת המעבורת?', ['המעבורת']],
    ['Hindi', 'आख़िरी नौका कब चलती है?', ['नौका', 'चलती']],
    ['Chinese', '末班渡轮几点开？', ['渡轮', '末', '几点开']],
    ['Japanese', '最終フェリーは何時ですか。', ['フェリー', '何時']],
    ['Thai', 'เรือข้ามฟากเที่ยวสุดท้ายกี่โมง', ['ข้ามฟาก']],
    ['emoji', 'The ⛴️ is late 😡', ['⛴️', '😡']],
  ])('finds %s', async (_language, text, searches) => {
    const { conversationId } = await saying(text);
    for (const search of searches) expect(await find(search), search).toEqual([conversationId]);
  });

  it('takes signs of patterns and of SQL for themselves', async () => {
    const text = `Rebate: 15% of a_b\\c [x] {y} (z+) ^$ "q" it's -- ;`;
    const { conversationId } = await saying(text);
    const near = await saying('Rebate: 15 percent of aXbc');
    for (const search of ['15%', '%', 'a_b', 'b\\c', '\\', '[x]', '(z+)', '^$', '"q"', `it's`, '-- ;', text]) expect(await find(search), search).toContain(conversationId);
    for (const search of ['15%', '%', 'a_b', '\\']) expect(await find(search), search).not.toContain(near.conversationId);
    for (const search of ['15% of%', '%%', '___', '.*', "' OR true --"]) expect(await find(search), search).toEqual([]);
  });

  it('takes up to two hundred characters, and says so of more', async () => {
    const long = 'Quayside '.repeat(300).trim();
    const { conversationId } = await saying(long);
    expect(await find(long.slice(0, 200))).toEqual([conversationId]);
    for (const search of [long.slice(0, 201), 'x'.repeat(50_000)]) {
      const { status, body } = await request(app.url, 'GET', `/v1/conversations?search=${encodeURIComponent(search)}`, undefined, owner.as);
      expect([400, 413], search.slice(0, 20)).toContain(status);
      expect(body).toMatchObject({ error: { code: expect.any(String) } });
    }
    // Nothing to look for is no condition.
    for (const search of ['', '   ']) expect(await find(search)).toContain(conversationId);
    expect((await request(app.url, 'GET', '/v1/conversations?search=a%00b', undefined, owner.as)).status).toBe(400);
  });

  it('goes with the other conditions, in pages', async () => {
    const other = await aBot(app.url, owner.as);
    const visits = [];
    for (let at = 0; at < 3; at += 1) visits.push((await saying('The lighthouse keeper', other)).conversationId);
    await saying('The lighthouse keeper');
    expect(await find('lighthouse')).toHaveLength(4);
    expect(await find('lighthouse', owner.as, { botId: other })).toEqual(visits.toReversed());
    expect(await find('lighthouse', owner.as, { botId: other, limit: 2 })).toEqual(visits.toReversed().slice(0, 2));
    expect(await find('lighthouse', owner.as, { botId: other, cursor: visits[1] })).toEqual([visits[0]]);
    expect(await find('lighthouse', owner.as, { channel: 'api' })).toEqual([]);
  });

  it('sees no other workspace, with a session or a key', async () => {
    const foreign = await aWorkspace(app.url);
    const theirs = await saying('The heliotrope is in bloom', await aBot(app.url, foreign.as));
    const ours = await saying('A heliotrope, please');
    const [ourKey, theirKey] = [await anApiKey(app.url, owner.as), await anApiKey(app.url, foreign.as)];
    for (const as of [owner.as, { key: ourKey }]) expect(await find('heliotrope', as)).toEqual([ours.conversationId]);
    for (const as of [foreign.as, { key: theirKey }]) expect(await find('heliotrope', as)).toEqual([theirs.conversationId]);
    expect((await request(app.url, 'GET', '/v1/conversations?search=heliotrope', undefined, ours.as)).status).toBeGreaterThanOrEqual(401);
  });

  it('finds no word of a conversation that was deleted, and none that was forgotten', async () => {
    const gone = await saying('My cat is called Zanzibar');
    expect(await find('zanzibar')).toEqual([gone.conversationId]);
    expect((await request(app.url, 'DELETE', `/v1/conversations/${gone.conversationId}`, undefined, owner.as)).status).toBe(200);
    expect(await find('zanzibar')).toEqual([]);

    const known = await saying('I am Wilhelmina Krautwurst, write to w.krautwurst@example.com about the pontoon');
    const lead = { form: 'pre_chat', conversationId: known.conversationId, consent: true, fields: { name: 'Wilhelmina Krautwurst', email: 'w.krautwurst@example.com' } };
    const form = await request(app.url, 'POST', `/v1/bots/${botId}/leads`, lead, known.as);
    expect(form.status, JSON.stringify(form.body)).toBe(201);
    const { body } = await request(app.url, 'GET', `/v1/conversations/${known.conversationId}/details`, undefined, owner.as);
    const visitorId = (body as { visitor: { visitorId: string } }).visitor.visitorId;
    const erased = await request(app.url, 'DELETE', `/v1/visitors/${visitorId}?conversations=keep`, undefined, owner.as);
    expect(erased.status, JSON.stringify(erased.body)).toBe(200);
    for (const search of ['krautwurst', 'Wilhelmina', 'w.krautwurst@example.com']) expect(await find(search), search).toEqual([]);
    expect(await find('pontoon')).toEqual([known.conversationId]);
  });
});
