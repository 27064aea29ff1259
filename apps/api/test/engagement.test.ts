import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type Engagement, type Lead, type VisitorSession } from '@docent/contracts';
import { adminOf } from './support/admin-database';
import { aBot, answerEnds, anApiKey, aWorkspace, call, readEvents, request, type As, type Workspace } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

const shop = 'https://shop.example.com';
let app: StartedApp;
let admin: Client;
let owner: Workspace;
let botId: string;

const contact = {
  title: 'Before we begin',
  fields: [
    { key: 'name', label: 'Your name', type: 'text', required: true },
    { key: 'email', label: 'E-mail', type: 'email', required: true },
    { key: 'topic', label: 'About', type: 'select', options: ['Orders', 'Other'] },
    { key: 'note', label: 'Note', type: 'textarea' },
  ],
  consent: 'I agree that Example Ltd. keeps my data for 30 days.',
} as const;
const message = {
  title: 'Leave a message',
  fields: [{ key: 'text', label: 'Message', type: 'textarea', required: true }],
} as const;

beforeAll(async () => {
  // A transcript is offered only where mails go out.
  app = await startApp({ SMTP_URL: 'smtp://127.0.0.1:9' });
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
  botId = await aBot(app.url, owner.as, { name: 'Shop guide', allowedOrigins: [shop] });
  await engage(botId, {
    preChatForm: contact,
    messageForm: message,
    proactive: [{ id: 'hello', text: 'Need help?', afterSeconds: 20 }],
    satisfaction: true,
    mailTranscript: true,
  });
});
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

async function engage(bot: string, given: object, as = owner.as): Promise<Engagement> {
  const { status, body } = await request(app.url, 'PUT', `/v1/bots/${bot}/engagement`, given, as);
  expect(status, JSON.stringify(body)).toBe(200);
  return routes.updateEngagement.response.parse(body);
}

async function visit(bot = botId, origin = app.url): Promise<VisitorSession & { as: As }> {
  const { body } = await request(app.url, 'POST', routes.createVisitorSession.path, { botId: bot }, { origin });
  return { ...routes.createVisitorSession.response.parse(body), as: { visitor: String(body.token) } };
}

async function converse(as: As, text = 'Where is my parcel?', body: object = {}, bot = botId): Promise<string> {
  const conversationId = String((await request(app.url, 'POST', `/v1/bots/${bot}/conversations`, body, as)).body.id);
  expect(
    (await request(app.url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: randomUUID(), text }, as))
      .status,
  ).toBe(202);
  await readEvents(app.url, conversationId, as, answerEnds);
  return conversationId;
}

const filled = { form: 'pre_chat', fields: { name: 'Ada', email: 'ada@example.com', topic: 'Orders' }, consent: true };
const leave = (body: object, as: As, bot = botId) => request(app.url, 'POST', `/v1/bots/${bot}/leads`, body, as);
const leadsOf = async (bot = botId, query = '') =>
  (await request(app.url, 'GET', `/v1/bots/${bot}/leads${query}`, undefined, owner.as)).body as unknown as {
    items: Lead[];
    nextCursor: string | null;
  };

describe('what the widget does beside chatting', () => {
  it('is nothing until the owner wants it', async () => {
    const bot = await aBot(app.url, owner.as);
    const { body } = await call(app.url, routes.getEngagement, { params: { botId: bot } }, owner.as);
    expect(body).toEqual({
      preChatForm: null,
      messageForm: null,
      proactive: [],
      attachments: false,
      satisfaction: false,
      mailTranscript: false,
      canMail: true,
    });
    expect((await visit(bot)).bot).toMatchObject({
      preChatForm: null,
      messageForm: null,
      attachments: false,
      satisfaction: false,
      mailTranscript: false,
    });
  });

  it('is told to the widget with the session, and the proactive messages apart from it', async () => {
    const { bot } = await visit();
    expect(bot).toMatchObject({
      preChatForm: { ...contact, fields: expect.any(Array) },
      satisfaction: true,
      mailTranscript: true,
      attachments: false,
    });
    expect(bot).not.toHaveProperty('proactive');
    const rules = await request(app.url, 'GET', `/v1/bots/${botId}/proactive`, undefined, { origin: shop });
    expect(rules.body).toEqual({
      items: [
        { id: 'hello', text: 'Need help?', path: '', afterSeconds: 20, afterScroll: 0, onExit: false, returningOnly: false },
      ],
    });
    expect(rules.headers.get('access-control-allow-origin')).toBe(shop);
  });

  it('shows proactive messages to allowed pages only', async () => {
    const ask = (headers: Record<string, string>) => fetch(`${app.url}/v1/bots/${botId}/proactive`, { headers });
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { referer: 'https://evil.example/' },
      { origin: 'https://evil.example', referer: `${shop}/` },
    ]) {
      const answer = await ask(headers as Record<string, string>);
      expect([answer.status, await answer.text()], JSON.stringify(headers)).toEqual([
        403,
        expect.stringContaining('origin_not_allowed'),
      ]);
    }
    // The product's own demo page asks its own server, and browsers name no origin then.
    expect((await ask({ referer: `${app.url}/demo` })).status).toBe(200);
    expect((await fetch(`${app.url}/v1/bots/${randomUUID()}/proactive`, { headers: { origin: shop } })).status).toBe(404);
  });

  it.each([
    ['two fields of one key', { preChatForm: { fields: [contact.fields[0], contact.fields[0]] } }],
    ['a choice without options', { preChatForm: { fields: [{ key: 'topic', label: 'About', type: 'select' }] } }],
    ['a form without fields', { messageForm: { fields: [] } }],
    ['a key that is no short name', { messageForm: { fields: [{ key: '__proto__', label: 'x', type: 'text' }] } }],
    [
      'two messages of one id',
      {
        proactive: [
          { id: 'a', text: 'x' },
          { id: 'a', text: 'y' },
        ],
      },
    ],
  ])('refuses %s', async (_, given) => {
    expect((await request(app.url, 'PUT', `/v1/bots/${botId}/engagement`, given, owner.as)).body).toMatchObject({
      error: { code: 'invalid_request' },
    });
  });
});

describe('a filled form', () => {
  it('becomes a lead with the words that were agreed to, whatever the form says later', async () => {
    const bot = await aBot(app.url, owner.as);
    await engage(bot, { preChatForm: contact });
    const { as, visitorId } = await visit(bot);
    const conversationId = await converse(as, 'Hello?', {}, bot);
    const { status, body } = await leave(
      { ...filled, conversationId, fields: { ...filled.fields, name: ' Ada ', note: '' } },
      as,
      bot,
    );
    expect([status, body]).toEqual([
      201,
      {
        id: expect.any(String),
        botId: bot,
        conversationId,
        form: 'pre_chat',
        fields: filled.fields,
        consent: contact.consent,
        createdAt: expect.any(String),
      },
    ]);
    await engage(bot, { preChatForm: { ...contact, consent: 'Something else.' } });
    expect((await leadsOf(bot)).items).toEqual([body]);
    const { rows } = await admin.query('SELECT name, email, external_id FROM visitors WHERE id = $1', [visitorId]);
    expect(rows).toEqual([{ name: 'Ada', email: 'ada@example.com', external_id: null }]);
  });

  it.each([
    ['a required field is missing', { fields: { email: 'ada@example.com' } }, 'fields.name'],
    ['a required field is blank', { fields: { name: '  ', email: 'ada@example.com' } }, 'fields.name'],
    ['the address is none', { fields: { name: 'Ada', email: 'ada@' } }, 'fields.email'],
    ['two addresses stand in one', { fields: { name: 'Ada', email: 'a@example.com,b@example.com' } }, 'fields.email'],
    ['the choice is none of the options', { fields: { ...filled.fields, topic: 'Everything' } }, 'fields.topic'],
    ['the form has no such field', { fields: { ...filled.fields, admin: 'true' } }, 'fields.admin'],
    ['a field is called like a part of every object', { fields: { ...filled.fields, constructor: 'x' } }, 'fields.constructor'],
    ['nothing was agreed to', { consent: false }, 'consent'],
  ])('is refused where %s', async (_, wrong, field) => {
    const { status, body } = await leave({ ...filled, ...wrong }, { key: await anApiKey(app.url, owner.as) });
    expect([status, body]).toMatchObject([
      400,
      { error: { code: 'invalid_request', details: { fields: [{ in: 'body', field }] } } },
    ]);
  });

  it('needs no consent where none is asked, and stores none', async () => {
    const { as } = await visit();
    const { body } = await leave({ form: 'message', fields: { text: 'Call me' }, consent: true }, as);
    expect(body).toMatchObject({ consent: null, conversationId: null });
  });

  it('is for the bot of the visitor, its own forms, and own conversations', async () => {
    const { as } = await visit();
    const plain = await aBot(app.url, owner.as);
    expect((await leave(filled, as, plain)).status).toBe(404);
    expect((await leave(filled, { key: await anApiKey(app.url, owner.as) }, plain)).status).toBe(404);
    const foreign = await converse((await visit()).as);
    expect((await leave({ ...filled, conversationId: foreign }, as)).status).toBe(404);
    const stranger = await aWorkspace(app.url);
    expect((await leave(filled, { key: await anApiKey(app.url, stranger.as) })).status).toBe(404);
    expect((await request(app.url, 'GET', `/v1/bots/${botId}/leads`, undefined, stranger.as)).status).toBe(404);
    expect((await request(app.url, 'GET', `/v1/bots/${botId}/leads.csv`, undefined, stranger.as)).status).toBe(404);
  });

  it('is not sent without end', async () => {
    const { as } = await visit();
    const statuses = [];
    for (let count = 0; count < 12; count += 1)
      statuses.push((await leave({ form: 'message', fields: { text: 'x' } }, as)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 201), 429, 429]);
  });

  it('outlives its conversation and goes with its bot', async () => {
    const bot = await aBot(app.url, owner.as);
    await engage(bot, { messageForm: message });
    const { as } = await visit(bot);
    const conversationId = await converse(as, 'Hello?', {}, bot);
    await leave({ form: 'message', fields: { text: 'Call me' }, conversationId }, as, bot);
    await request(app.url, 'DELETE', `/v1/conversations/${conversationId}`, undefined, owner.as);
    expect((await leadsOf(bot)).items).toMatchObject([{ conversationId: null, fields: { text: 'Call me' } }]);
    await request(app.url, 'DELETE', `/v1/bots/${bot}`, undefined, owner.as);
    expect(await admin.query('SELECT 1 FROM leads WHERE bot_id = $1', [bot])).toMatchObject({ rowCount: 0 });
  });
});

describe('the export of leads', () => {
  const formulas = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    '  =1',
    '\u200b=1',
    '=HYPERLINK("https://evil.example","x")',
    '"=1"',
    'a\r\nb,"c"',
  ];

  it('is a CSV file that says nothing to a spreadsheet but text', async () => {
    const bot = await aBot(app.url, owner.as);
    await engage(bot, {
      messageForm: {
        fields: [
          { key: 'text', label: 'Text', type: 'textarea' },
          { key: 'later', label: 'Later', type: 'text' },
        ],
      },
    });
    const key = { key: await anApiKey(app.url, owner.as) };
    for (const text of formulas)
      expect((await leave({ form: 'message', fields: { text: `${text}`, later: '名前' } }, key, bot)).status).toBe(201);
    // As stored before blanks were cut off, and by whatever else may write this column one day.
    await admin.query(
      `UPDATE leads SET fields = jsonb_build_object('text', $2::text) WHERE id = (SELECT id FROM leads WHERE bot_id = $1 ORDER BY id LIMIT 1)`,
      [bot, '\t=cmd|calc'],
    );
    const answer = await fetch(`${app.url}/v1/bots/${bot}/leads.csv`, {
      headers: { cookie: owner.cookies, 'docent-workspace': owner.workspaceId },
    });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="leads.csv"');
    const content = Buffer.from(await answer.arrayBuffer());
    expect([...content.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, ...records] = readCsv(content.subarray(3).toString('utf8'));
    expect(head).toEqual(['created_at', 'form', 'conversation_id', 'later', 'text', 'consent']);
    const texts = records.map((cells) => cells[4]!);
    expect(records).toHaveLength(formulas.length);
    for (const cell of records.flat()) expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠\t\r]/u);
    expect(texts).toContain('\'=HYPERLINK("https://evil.example","x")');
    expect(texts).toContain('a\r\nb,"c"');
    expect(texts).toContain("'\t=cmd|calc");
    expect(records.map((cells) => cells[3])).toContain('名前');
  });

  it('comes whole where there are many, each once', async () => {
    const bot = await aBot(app.url, owner.as);
    await admin.query(
      `INSERT INTO leads (tenant_id, bot_id, form, fields) SELECT $1, $2, 'message', jsonb_build_object('n', n::text) FROM generate_series(1, 1201) n`,
      [owner.workspaceId, bot],
    );
    const answer = await fetch(`${app.url}/v1/bots/${bot}/leads.csv`, {
      headers: { cookie: owner.cookies, 'docent-workspace': owner.workspaceId },
    });
    const [, ...records] = readCsv((await answer.text()).replace('\ufeff', ''));
    expect(new Set(records.map((cells) => cells[3])).size).toBe(1201);
    expect(records).toHaveLength(1201);
    const first = await leadsOf(bot, '?limit=100');
    const second = await leadsOf(bot, `?limit=100&cursor=${first.nextCursor}`);
    expect([first.items[0]!.fields.n, second.items[0]!.fields.n]).toEqual(['1201', '1101']);
  });
});

/** RFC 4180, all cells in quotes. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const match of text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    record.push(match[1]!.replaceAll('""', '"'));
    if (match[2] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
