import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes, routes, type Passage, type SourceText } from '@docent/contracts';
import { adminOf } from './support/admin-database';
import { aBot, addSource, anApiKey, ask, aWorkspace, request, type As, type Workspace } from './support/api-client';
import { goodFiles, hasSharedFiles, hostileFiles, plain, readShared, skipped } from './support/shared-files';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let admin: Client;
let owner: Workspace;
let key: As;
const readable = ['.pdf', '.docx', '.html', '.md', '.txt', '.csv'];
const isReadable = (name: string) => readable.some((ending) => name.endsWith(ending));

beforeAll(async () => {
  app = await startApp({ MAX_UPLOAD_MB: '5' });
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, owner.as) };
});
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

const textOf = async (sourceId: unknown) => routes.getSourceText.response.parse((await request(app.url, 'GET', `/v1/sources/${String(sourceId)}/text`, undefined, key)).body);
const search = async (botId: string, query: string, limit = 10): Promise<Passage[]> => {
  const { status, body } = await request(app.url, 'POST', `/v1/bots/${botId}/search`, { query, limit }, key);
  expect(status).toBe(200);
  return body.passages as Passage[];
};

/** What is stored for a source, everywhere in the database. */
async function storedOf(sourceId: string): Promise<{ chunks: number; snapshots: number }> {
  const { rows } = await admin.query<{ chunks: number; snapshots: number }>(
    'SELECT (SELECT count(*) FROM chunks WHERE source_id = $1)::int AS chunks, (SELECT count(*) FROM source_snapshots WHERE source_id = $1)::int AS snapshots',
    [sourceId],
  );
  return rows[0]!;
}

async function storedFiles(): Promise<string[]> {
  const entries = await readdir(join(app.dataDir, 'files'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

describe.skipIf(!hasSharedFiles)(`real files${skipped}`, () => {
  let botId: string;
  beforeAll(async () => {
    botId = await aBot(app.url, key);
  });

  it.each(goodFiles.filter(({ file }) => isReadable(file)).map((facts) => [facts.file, facts] as const))('%s becomes ready with its facts', async (file, facts) => {
    const source = await addSource(app.url, botId, { ...readShared(file) }, key);
    expect(source).toMatchObject({ status: 'ready', stage: 'ready', progress: 100 });
    const stored = await textOf(source.id);
    for (const phrase of facts.must_contain) expect(plain(stored.text), phrase).toContain(plain(phrase));
    for (const phrase of facts.must_not_contain ?? []) expect(stored.text, phrase).not.toContain(phrase);
    for (const { page, text } of facts.page_facts) expect(plain(pageOf(stored, page)), `page ${page}`).toContain(plain(text));
    if (facts.pages && file.endsWith('.pdf')) expect(source.pageCount).toBe(facts.pages);
    // Single words such as "above" are no query.
    for (const phrase of facts.must_contain.filter((words) => words.includes(' ')).slice(0, 3)) await expectFound(botId, String(source.id), phrase, stored);
  });

  it.each(goodFiles.filter(({ file }) => !isReadable(file)).map(({ file }) => file))('%s is refused in clear words', async (file) => {
    const source = await addSource(app.url, botId, { ...readShared(file) }, key);
    expect(source).toMatchObject({ status: 'failed', error: { code: 'unsupported_file' } });
    expect(await storedOf(String(source.id))).toEqual({ chunks: 0, snapshots: 0 });
  });

  it('takes five at once and answers from each with its citation', async () => {
    const own = await aBot(app.url, key);
    const files = ['good/memo.pdf', 'good/summer.docx', 'good/duck-wikipedia.html', 'good/ibm.md', 'good/customers-semicolon.csv'];
    const sources = await Promise.all(files.map((file) => addSource(app.url, own, { ...readShared(file) }, key)));
    expect(sources.map(({ status }) => status)).toEqual(files.map(() => 'ready'));
    const { events } = await ask(app.url, own, 'How many bottles of water were delivered?', key);
    const last = events.at(-1)!;
    if (last.type !== 'answer.completed') throw new Error(`the answer ended with ${last.type}`);
    expect(last.data.text).toContain('20,000');
    for (const citation of last.data.citations) {
      const stored = await textOf(citation.sourceId);
      expect(stored.text.slice(citation.start, citation.end)).toBe(citation.quote);
    }
  });

  it('names the page of a passage', async () => {
    const own = await aBot(app.url, key);
    await addSource(app.url, own, { ...readShared('good/word-processor-history.pdf') }, key);
    const facts = goodFiles.find(({ file }) => file.endsWith('word-processor-history.pdf'))!;
    for (const { page, text } of facts.page_facts) {
      const passage = (await search(own, text)).find((found) => plain(found.text).includes(plain(text)));
      expect(passage?.page, text).toBe(page);
    }
  });
});

function pageOf(stored: SourceText, page: number): string {
  const span = stored.pages.find((candidate) => candidate.page === page);
  return span ? stored.text.slice(span.start, span.end) : '';
}

/** The phrase's passage is among the first, and each passage is the span of the stored text that it says it is. */
async function expectFound(botId: string, sourceId: string, phrase: string, stored: SourceText): Promise<void> {
  const passages = (await search(botId, phrase)).filter((passage) => passage.sourceId === sourceId);
  expect(passages, `search for "${phrase}"`).not.toHaveLength(0);
  for (const passage of passages) expect(passage.text).toBe(stored.text.slice(passage.start, passage.end));
}

describe.skipIf(!hasSharedFiles)(`hostile files${skipped}`, () => {
  let botId: string;
  beforeAll(async () => {
    botId = await aBot(app.url, key);
  });

  it.each(hostileFiles.map((expected) => [expected.file, expected.expect, expected] as const))('%s: %s', async (file, outcome, expected) => {
    const source = await addSource(app.url, botId, { ...readShared(file) }, key);
    const isAccepted = source.status === 'ready';
    if (outcome !== 'either') expect(isAccepted, JSON.stringify(source)).toBe(outcome === 'accept');
    if (isAccepted) await expectContent(source, expected);
    else await expectClearRefusal(source);
    for (const path of expected.must_not_create ?? []) expect(existsSync(path), path).toBe(false);
    expect((await request(app.url, 'GET', '/readyz')).status).toBe(200);
  });

  async function expectContent(source: Record<string, unknown>, expected: (typeof hostileFiles)[number]): Promise<void> {
    const { text } = await textOf(source.id);
    expect(text.trim()).not.toBe('');
    for (const phrase of [...(expected.must_contain ?? []), ...(expected.must_contain_if_accepted ?? [])]) expect(plain(text), phrase).toContain(plain(phrase));
    for (const phrase of expected.must_not_contain ?? []) expect(text, phrase).not.toContain(phrase);
  }

  /** Refused at once, or stored as failed with words for a person; either way nothing of it is left half-written. */
  async function expectClearRefusal(source: Record<string, unknown>): Promise<void> {
    const error = source.error as { code: keyof typeof errorCodes; message: string };
    expect(Object.keys(errorCodes)).toContain(error.code);
    expect(error.code).not.toBe('internal');
    expect(error.message).not.toMatch(/\bat .+:\d+|Error:|node_modules|undefined/);
    if (source.httpStatus) return expect(source.httpStatus).toBe(errorCodes[error.code].status) as void;
    expect(await storedOf(String(source.id))).toEqual({ chunks: 0, snapshots: 0 });
    expect(await search(botId, 'bottles of water laptops trucks')).toEqual(expect.not.arrayContaining([expect.objectContaining({ sourceId: source.id })]));
  }
});

const handbook = '# Ferry\n\nThe ferry to Holm leaves at noon from the western quay.\n';

describe('a source', () => {
  it('is gone everywhere after its deletion, as its receipt says', async () => {
    const botId = await aBot(app.url, key);
    const source = await addSource(app.url, botId, { name: 'ferry.md', file: new TextEncoder().encode(handbook) }, key);
    expect(source.status).toBe('ready');
    expect(await search(botId, 'ferry to Holm')).not.toHaveLength(0);
    const filesBefore = await storedFiles();
    const { status, body } = await request(app.url, 'DELETE', `/v1/sources/${String(source.id)}`, undefined, key);
    expect(status).toBe(200);
    expect(body).toMatchObject({ removed: { chunks: source.chunkCount, snapshots: 1, files: 1 }, remaining: { rows: 0, indexEntries: 0, files: 0 } });
    expect(await storedOf(String(source.id))).toEqual({ chunks: 0, snapshots: 0 });
    expect(await storedFiles()).toHaveLength(filesBefore.length - 1);
    expect(await search(botId, 'ferry to Holm')).toEqual([]);
    expect((await request(app.url, 'GET', `/v1/sources/${String(source.id)}`, undefined, key)).status).toBe(404);
    expect((await request(app.url, 'DELETE', `/v1/sources/${String(source.id)}`, undefined, key)).status).toBe(404);
  });

  it('that is deleted while it is read leaves nothing behind', async () => {
    const botId = await aBot(app.url, key);
    const long = new TextEncoder().encode(Array.from({ length: 20_000 }, (_, line) => `The ferry number ${line} leaves at noon.`).join('\n\n'));
    for (let round = 0; round < 4; round += 1) {
      const form = new FormData();
      form.set('file', new Blob([long]), 'long.txt');
      const { body } = await request(app.url, 'POST', `/v1/bots/${botId}/sources`, form, key);
      await new Promise((tick) => setTimeout(tick, round * 120));
      const deleted = await request(app.url, 'DELETE', `/v1/sources/${String(body.id)}`, undefined, key);
      expect(deleted.body).toMatchObject({ remaining: { rows: 0, indexEntries: 0, files: 0 } });
      await addSource(app.url, botId, { type: 'qa', question: `Round ${round}?`, answer: 'Done.' }, key);
      expect(await storedOf(String(body.id))).toEqual({ chunks: 0, snapshots: 0 });
      expect((await search(botId, 'ferry leaves at noon')).filter(({ sourceId }) => sourceId === body.id)).toEqual([]);
    }
  });

  it('goes with its bot', async () => {
    const botId = await aBot(app.url, key);
    const filesBefore = await storedFiles();
    const source = await addSource(app.url, botId, { name: 'ferry.md', file: new TextEncoder().encode(handbook) }, key);
    expect((await request(app.url, 'DELETE', `/v1/bots/${botId}`, undefined, key)).status).toBe(200);
    expect(await storedOf(String(source.id))).toEqual({ chunks: 0, snapshots: 0 });
    expect(await storedFiles()).toEqual(filesBefore);
  });

  it('that failed can be tried again, and one that is ready can not', async () => {
    const botId = await aBot(app.url, key);
    const failed = await addSource(app.url, botId, { name: 'picture.png', file: new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0]) }, key);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'unsupported_file' } });
    const retried = await request(app.url, 'POST', `/v1/sources/${String(failed.id)}/retry`, undefined, key);
    expect(retried).toMatchObject({ status: 202, body: { status: 'queued', progress: 0 } });
    expect(retried.body.error).toBeUndefined();
    const ready = await addSource(app.url, botId, { type: 'text', name: 'Ferry', text: handbook }, key);
    expect(await request(app.url, 'POST', `/v1/sources/${String(ready.id)}/retry`, undefined, key)).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  });

  it('is handed out again as it came, as a download that no browser opens', async () => {
    const botId = await aBot(app.url, key);
    const page = new TextEncoder().encode('<!doctype html><title>Page</title><p>Delivery takes four days.</p><script>alert(1)</script>');
    const source = await addSource(app.url, botId, { name: '../../evil"name\r\nx: y.html', file: page }, key);
    expect(source.status).toBe('ready');
    const response = await fetch(`${app.url}/v1/sources/${String(source.id)}/file`, { headers: { authorization: `Bearer ${key.key!}` } });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(page);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.%-]+$/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('x')).toBeNull();
  });
});

describe('an upload', () => {
  it('over the limit is refused, and nothing of it is stored', async () => {
    const botId = await aBot(app.url, key);
    const filesBefore = await storedFiles();
    for (const sizeBytes of [5 * 1024 * 1024 + 1, 12 * 1024 * 1024]) {
      const answer = await addSource(app.url, botId, { name: 'big.txt', file: new Uint8Array(sizeBytes).fill(97) }, key);
      expect(answer).toMatchObject({ httpStatus: 413, error: { code: 'too_large', details: { maxBytes: 5 * 1024 * 1024 }, requestId: expect.any(String) as string } });
    }
    expect((await request(app.url, 'GET', `/v1/bots/${botId}/sources`, undefined, key)).body.items).toEqual([]);
    expect(await storedFiles()).toEqual(filesBefore);
  });

  it.each<[string, string, string | FormData, string?]>([
    ['without a part named file', 'invalid_request', formWith((form) => form.set('other', new Blob(['x']), 'x.txt'))],
    ['without any file', 'invalid_request', formWith((form) => form.set('name', 'x'))],
    ['with a file in a field', 'invalid_request', formWith((form) => form.set('file', 'only text'))],
    ['with an empty file', 'file_empty', formWith((form) => form.set('file', new Blob([]), 'x.txt'))],
    ['that is no multipart at all', 'invalid_request', 'not multipart', 'multipart/form-data; boundary=x'],
    ['without a boundary', 'invalid_request', 'not multipart', 'multipart/form-data'],
    ['that ends in the middle', 'invalid_request', '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf', 'multipart/form-data; boundary=x'],
    ['that ends in its headers', 'invalid_request', '--x\r\ncontent-disposition: form-da', 'multipart/form-data; boundary=x'],
    ['with nothing in it', 'invalid_request', '', 'multipart/form-data; boundary=x'],
  ])('%s is refused as %s', async (_, code, body, type) => {
    const botId = await aBot(app.url, key);
    const response = await fetch(`${app.url}/v1/bots/${botId}/sources`, { method: 'POST', body, headers: { authorization: `Bearer ${key.key!}`, ...(type ? { 'content-type': type } : {}) } });
    const answer = (await response.json()) as { error?: { code: string; requestId: string } };
    expect(answer.error, JSON.stringify(answer)).toMatchObject({ code, requestId: expect.any(String) as string });
    expect((await request(app.url, 'GET', `/v1/bots/${botId}/sources`, undefined, key)).body.items).toEqual([]);
  });

  it('of several files is refused: each takes a request of its own', async () => {
    const botId = await aBot(app.url, key);
    const form = formWith((parts) => (parts.append('file', new Blob(['The first.']), 'a.txt'), parts.append('file', new Blob(['The second.']), 'b.txt')));
    expect(await request(app.url, 'POST', `/v1/bots/${botId}/sources`, form, key)).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    expect((await request(app.url, 'GET', `/v1/bots/${botId}/sources`, undefined, key)).body.items).toEqual([]);
  });

  it('may be named by a field, wherever the field stands', async () => {
    const botId = await aBot(app.url, key);
    const form = formWith((parts) => (parts.append('file', new Blob(['The first.']), 'a.txt'), parts.append('name', 'Price list')));
    expect(await request(app.url, 'POST', `/v1/bots/${botId}/sources`, form, key)).toMatchObject({ status: 202, body: { name: 'Price list', type: 'file' } });
  });

  it('to the bot of somebody else is refused before it is read', async () => {
    const stranger = await aWorkspace(app.url);
    const botId = await aBot(app.url, stranger.as);
    const answer = await addSource(app.url, botId, { name: 'a.txt', file: new TextEncoder().encode('Mine.') }, key);
    expect(answer).toMatchObject({ httpStatus: 404 });
  });
});

function formWith(fill: (form: FormData) => void): FormData {
  const form = new FormData();
  fill(form);
  return form;
}
