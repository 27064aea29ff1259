import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type Attachment, type Conversation, type ConversationEvent } from '@docent/contracts';
import { systemContext } from '@docent/platform';
import { UnclaimedAttachmentsJob } from '@docent/visitors';
import { adminOf } from './support/admin-database';
import {
  aBot,
  answerEnds,
  anApiKey,
  aWorkspace,
  call,
  headersOf,
  readEvents,
  request,
  type As,
  type Workspace,
} from './support/api-client';
import { hostileFiles, readShared, skipped } from './support/shared-files';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let admin: Client;
let owner: Workspace;
let botId: string;
let visitor: As;

beforeAll(async () => {
  app = await startApp({ MAX_UPLOAD_MB: '3' });
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
  botId = await aBotWithFiles();
  visitor = await aVisitor();
});
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

async function aBotWithFiles(handover = false): Promise<string> {
  const id = await aBot(app.url, owner.as);
  expect(
    (await call(app.url, routes.updateEngagement, { params: { botId: id }, body: { attachments: true } }, owner.as)).status,
  ).toBe(200);
  if (handover)
    await call(
      app.url,
      routes.updateHandoverSettings,
      { params: { botId: id }, body: { enabled: true, unansweredLimit: null } },
      owner.as,
    );
  return id;
}

async function aVisitor(bot = botId): Promise<As> {
  const { body } = await request(app.url, 'POST', routes.createVisitorSession.path, { botId: bot }, { origin: app.url });
  return { visitor: String(body.token) };
}

const begin = async (as = visitor, bot = botId, body: object = {}) =>
  String((await request(app.url, 'POST', `/v1/bots/${bot}/conversations`, body, as)).body.id);

const samples: Record<string, Uint8Array<ArrayBuffer>> = {
  'image/png': bytes('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  'image/gif': bytes('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  'image/jpeg': bytes(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  ),
  'image/webp': bytes('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='),
  'application/pdf': new Uint8Array(Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')),
};
const png = samples['image/png']!;

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

function upload(conversationId: string, content: Uint8Array<ArrayBuffer> = png, name = 'picture.png', as = visitor) {
  const form = new FormData();
  form.set('file', new Blob([content]), name);
  return request(app.url, 'POST', `/v1/conversations/${conversationId}/attachments`, form, as);
}

async function uploaded(conversationId: string, as = visitor): Promise<Attachment> {
  const { status, body } = await upload(conversationId, png, 'picture.png', as);
  expect(status, JSON.stringify(body)).toBe(201);
  return routes.createAttachment.response.parse(body);
}

const send = (conversationId: string, attachmentIds: string[], text = '', as = visitor) =>
  request(
    app.url,
    'POST',
    `/v1/conversations/${conversationId}/messages`,
    { clientMessageId: randomUUID(), text, attachmentIds },
    as,
  );

async function sentAndAnswered(
  conversationId: string,
  attachmentIds: string[],
  text = '',
  as = visitor,
): Promise<ConversationEvent[]> {
  const { status, body } = await send(conversationId, attachmentIds, text, as);
  expect(status, JSON.stringify(body)).toBe(202);
  return readEvents(
    app.url,
    conversationId,
    as,
    (event) => answerEnds(event) && 'turnId' in event.data && event.data.turnId === body.turnId,
  );
}

const answerIn = (events: ConversationEvent[]) =>
  events.findLast((event) => event.type === 'answer.completed')!.data as { text: string; answered: boolean };
const filesOnDisk = () => {
  const folder = join(app.dataDir, 'files', owner.workspaceId, 'attachments');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const download = (conversationId: string, id: string, as = visitor) =>
  fetch(`${app.url}/v1/conversations/${conversationId}/attachments/${id}`, { headers: headersOf(app.url, as) });

describe('a file from a visitor', () => {
  it.each(Object.entries(samples))('is stored as what its content says: %s', async (mediaType, content) => {
    const { status, body } = await upload(await begin(), content, 'whatever.exe');
    expect([status, body]).toEqual([201, { id: expect.any(String), name: 'whatever.exe', mediaType, sizeBytes: content.length }]);
  });

  it('is only ever a download', async () => {
    const conversationId = await begin();
    const { body } = await upload(conversationId, png, '../../e"vil\r\n<script>.html');
    const answer = await download(conversationId, String(body.id));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w%.'()*!~-]+$/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png);
  });

  it.each([
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a script', '#!/bin/sh\nrm -rf /'],
    ['an archive', 'PK\u0003\u0004\u0014\u0000\u0000\u0000'],
    ['text', 'hello'],
    ['HTML that mentions a PDF', '<html>%PDF-1.4</html>'],
  ])('is refused where it is %s, whatever its name', async (_, content) => {
    const { status, body } = await upload(await begin(), new Uint8Array(Buffer.from(content, 'latin1')), 'picture.png');
    expect([status, body]).toMatchObject([422, { error: { code: 'unsupported_file' } }]);
  });

  it('is refused where it is empty, too large, or not there', async () => {
    const conversationId = await begin();
    expect((await upload(conversationId, new Uint8Array(0))).body).toMatchObject({ error: { code: 'file_empty' } });
    const large = new Uint8Array(3 * 1024 * 1024 + 1);
    large.set(png);
    expect((await upload(conversationId, large)).body).toMatchObject({
      error: { code: 'too_large', details: { maxBytes: 3 * 1024 * 1024 } },
    });
    expect(
      (await request(app.url, 'POST', `/v1/conversations/${conversationId}/attachments`, { file: 'text' }, visitor)).status,
    ).toBe(400);
    expect(
      (await request(app.url, 'POST', `/v1/conversations/${conversationId}/attachments`, new FormData(), visitor)).status,
    ).toBe(400);
    expect(await admin.query('SELECT 1 FROM attachments WHERE conversation_id = $1', [conversationId])).toMatchObject({
      rowCount: 0,
    });
  });

  it('is refused where a small picture would unfold to gigabytes, or ends in its head', async () => {
    const conversationId = await begin();
    const flood = png.slice();
    new DataView(flood.buffer).setUint32(16, 60_000);
    new DataView(flood.buffer).setUint32(20, 60_000);
    expect((await upload(conversationId, flood)).body).toMatchObject({
      error: { code: 'too_large', details: { maxPixels: 100_000_000 } },
    });
    expect((await upload(conversationId, samples['image/jpeg']!.slice(0, 30))).body).toMatchObject({
      error: { code: 'file_broken' },
    });
  });

  it('is refused where the owner has not switched files on', async () => {
    const closed = await aBot(app.url, owner.as);
    const as = await aVisitor(closed);
    expect((await upload(await begin(as, closed), png, 'a.png', as)).body).toMatchObject({ error: { code: 'forbidden' } });
  });

  it('counts against the plan: its own size, and the storage', async () => {
    const small = await startApp({ DEFAULT_PLAN: 'free' });
    try {
      const tenant = await aWorkspace(small.url);
      const bot = await aBot(small.url, tenant.as);
      const key = { key: await anApiKey(small.url, tenant.as) };
      const conversation = await request(small.url, 'POST', `/v1/bots/${bot}/conversations`, {}, key);
      const form = (size: number) => {
        const content = new Uint8Array(size);
        content.set(png);
        const data = new FormData();
        data.set('file', new Blob([content]), 'a.png');
        return data;
      };
      const path = `/v1/conversations/${String(conversation.body.id)}/attachments`;
      expect((await request(small.url, 'POST', path, form(2 * 1024 * 1024 + 1), key)).body).toMatchObject({
        error: { code: 'too_large' },
      });
      expect((await request(small.url, 'POST', path, form(1024), key)).status).toBe(201);
      const usage = await request(small.url, 'GET', routes.usage.path, undefined, tenant.as);
      expect(usage.body.storageBytes).toMatchObject({ used: 1024 });
    } finally {
      await small.close();
    }
  });

  it('does not pile up: twenty unsent ones are the most, also when thirty come at once', async () => {
    const conversationId = await begin();
    const before = filesOnDisk().length;
    const key = { key: await anApiKey(app.url, owner.as) };
    const answers = await Promise.all(Array.from({ length: 30 }, () => upload(conversationId, png, 'a.png', key)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.find(({ status }) => status !== 201)!.body).toMatchObject({
      error: { code: 'limit_reached', details: { what: 'unsentAttachments', limit: 20 } },
    });
    expect(filesOnDisk().length - before).toBe(20);
  });
});

describe('a message with files', () => {
  it('shows them to everybody who reads the conversation', async () => {
    const conversationId = await begin();
    const [first, second] = [await uploaded(conversationId), await uploaded(conversationId)];
    const events = await sentAndAnswered(conversationId, [second.id, first.id], 'What is on these?');
    expect(events.find(({ type }) => type === 'message')!.data).toMatchObject({ attachments: [second, first] });
    const { body } = await request(app.url, 'GET', `/v1/conversations/${conversationId}`, undefined, owner.as);
    expect((body as unknown as Conversation).transcript[0]).toMatchObject({ role: 'visitor', attachments: [second, first] });
    expect((await download(conversationId, first.id, owner.as)).status).toBe(200);
  });

  it('without words gets an answer that says so, in the language of the conversation, and is named by its files', async () => {
    const conversationId = await begin(visitor, botId, { locale: 'de-DE' });
    const { id } = await uploaded(conversationId);
    const answer = answerIn(await sentAndAnswered(conversationId, [id]));
    expect(answer).toMatchObject({
      answered: false,
      text: 'Danke. Dateien kann ich selbst nicht lesen. Bitte beschreiben Sie mir in Worten, worum es geht.',
    });
    const { body } = await request(app.url, 'GET', `/v1/conversations/${conversationId}`, undefined, visitor);
    expect(body.title).toBe('picture.png');
    const overview = await request(app.url, 'GET', `/v1/overview?botId=${botId}`, undefined, owner.as);
    expect((overview.body.unansweredQuestions as { question: string }[]).map(({ question }) => question)).not.toContain('');
  });

  it('without words offers a person where there are some', async () => {
    const staffed = await aBotWithFiles(true);
    const as = await aVisitor(staffed);
    const conversationId = await begin(as, staffed, { locale: 'en' });
    const answer = answerIn(await sentAndAnswered(conversationId, [(await uploaded(conversationId, as)).id], '', as));
    expect(answer.text).toContain('ask for a person');
  });

  it('goes both ways between a visitor and a person', async () => {
    const staffed = await aBotWithFiles(true);
    const as = await aVisitor(staffed);
    const conversationId = await begin(as, staffed);
    await sentAndAnswered(conversationId, [], 'Hello?', as);
    const { body: floor } = await request(app.url, 'POST', `/v1/conversations/${conversationId}/take`, {}, owner.as);
    const fromVisitor = await uploaded(conversationId, as);
    expect((await send(conversationId, [fromVisitor.id], '', as)).status).toBe(202);
    const fromAgent = await uploaded(conversationId, owner.as);
    const reply = (attachmentIds: string[]) =>
      request(
        app.url,
        'POST',
        `/v1/conversations/${conversationId}/replies`,
        { clientMessageId: randomUUID(), text: '', fence: floor.fence, attachmentIds },
        owner.as,
      );
    const waiting = await uploaded(conversationId, as);
    expect((await reply([waiting.id])).body).toMatchObject({ error: { code: 'invalid_request' } });
    expect((await reply([fromAgent.id])).status).toBe(202);
    const { body } = await request(app.url, 'GET', `/v1/conversations/${conversationId}`, undefined, as);
    expect((body as unknown as Conversation).transcript.slice(-2)).toMatchObject([
      { role: 'visitor', text: '', attachments: [fromVisitor] },
      { role: 'agent', attachments: [fromAgent] },
    ]);
    for (const by of [as, owner.as]) expect((await download(conversationId, fromAgent.id, by)).status).toBe(200);
  });

  it('needs a text or a file', async () => {
    const conversationId = await begin();
    expect((await send(conversationId, [], '  ')).status).toBe(400);
  });

  it('takes each file once, and only own ones of the same conversation', async () => {
    const [here, there] = [await begin(), await begin()];
    const [mine, elsewhere] = [await uploaded(here), await uploaded(there)];
    const agents = await uploaded(here, owner.as);
    for (const id of [elsewhere.id, agents.id, randomUUID()]) {
      expect((await send(here, [mine.id, id], 'x')).body, id).toMatchObject({
        error: { code: 'invalid_request', details: { fields: [{ field: 'attachmentIds' }] } },
      });
    }
    // A refused message has taken nothing.
    await sentAndAnswered(here, [mine.id, mine.id], 'now');
    expect((await send(here, [mine.id], 'again')).body).toMatchObject({ error: { code: 'invalid_request' } });
    const { rows } = await admin.query<{ seq: number }>('SELECT seq FROM attachments WHERE id = $1', [mine.id]);
    expect(rows).toEqual([{ seq: 1 }]);
  });

  it('is one message also where it is sent twice', async () => {
    const conversationId = await begin();
    const { id } = await uploaded(conversationId);
    const body = { clientMessageId: 'once', text: '', attachmentIds: [id] };
    const path = `/v1/conversations/${conversationId}/messages`;
    const [one, two] = await Promise.all([
      request(app.url, 'POST', path, body, visitor),
      request(app.url, 'POST', path, body, visitor),
    ]);
    expect([one.status, two.status, one.body]).toEqual([202, 202, two.body]);
  });
});

describe('a file', () => {
  it('is nobody else’s business', async () => {
    const conversationId = await begin();
    const { id } = await uploaded(conversationId);
    const other = await aVisitor();
    const stranger = await aWorkspace(app.url);
    for (const as of [other, stranger.as, { key: await anApiKey(app.url, stranger.as) }]) {
      expect((await download(conversationId, id, as)).status).toBe(404);
      expect((await upload(conversationId, png, 'a.png', as)).status).toBe(404);
    }
    expect((await download(await begin(), id)).status).toBe(404);
    expect((await download(conversationId, id, {})).status).toBe(401);
  });

  it('that an agent has not sent yet is not shown to the visitor', async () => {
    const conversationId = await begin();
    const { id } = await uploaded(conversationId, owner.as);
    expect((await download(conversationId, id)).status).toBe(404);
    expect((await download(conversationId, id, owner.as)).status).toBe(200);
  });

  it('goes with its conversation, and with its bot', async () => {
    const bot = await aBotWithFiles();
    const as = await aVisitor(bot);
    const [first, second] = [await begin(as, bot), await begin(as, bot)];
    const ids = [await uploaded(first, as), await uploaded(first, as), await uploaded(second, as)].map(({ id }) => id);
    await sentAndAnswered(first, [ids[0]!], 'x', as);
    expect(filesOnDisk()).toEqual(expect.arrayContaining(ids));
    expect((await request(app.url, 'DELETE', `/v1/conversations/${first}`, undefined, owner.as)).status).toBe(200);
    expect(filesOnDisk().filter((name) => ids.includes(name))).toEqual([ids[2]]);
    expect((await request(app.url, 'DELETE', `/v1/bots/${bot}`, undefined, owner.as)).status).toBe(200);
    expect(filesOnDisk().filter((name) => ids.includes(name))).toEqual([]);
    expect(await admin.query('SELECT 1 FROM attachments WHERE id = ANY ($1)', [ids])).toMatchObject({ rowCount: 0 });
  });

  it('goes after a day where no message has named it, and no earlier', async () => {
    const conversationId = await begin();
    const [sent, unsent] = [await uploaded(conversationId), await uploaded(conversationId)];
    await sentAndAnswered(conversationId, [sent.id], 'x');
    const { rows } = await admin.query<{ id: string; hours: number }>(
      `SELECT payload ->> 'attachmentId' AS id, extract(epoch FROM run_at - now()) / 3600 AS hours FROM graphile_worker._private_jobs WHERE payload ->> 'attachmentId' = ANY ($1)`,
      [[sent.id, unsent.id]],
    );
    expect(rows.map(({ hours }) => Math.round(Number(hours)))).toEqual([24, 24]);
    const job = app.product.app.get(UnclaimedAttachmentsJob);
    for (const { id } of [sent, unsent, unsent])
      await job.run(systemContext(owner.workspaceId, job.task), { attachmentId: id, fileKey: `attachments/${id}` });
    expect(filesOnDisk()).toContain(sent.id);
    expect(filesOnDisk()).not.toContain(unsent.id);
    expect((await download(conversationId, sent.id)).status).toBe(200);
    expect((await download(conversationId, unsent.id)).status).toBe(404);
  });
});

describe(`hostile files${skipped}`, () => {
  it.skipIf(hostileFiles.length === 0)('are refused, or lie there as a download', async () => {
    const key = { key: await anApiKey(app.url, owner.as) };
    for (const { file } of hostileFiles) {
      const conversationId = await begin(key);
      const { name, file: content } = readShared(file);
      const { status, body } = await upload(conversationId, content, name, key);
      expect([201, 400, 413, 422], `${file}: ${JSON.stringify(body)}`).toContain(status);
      if (status === 201) expect(Object.keys(samples), file).toContain(body.mediaType);
    }
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  });
});
