import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionOf } from './support/answer-of';
import { aBot, addSource, anApiKey, ask, aWorkspace, request, type As } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

const page = `<!doctype html><html lang="en"><head><title>Ferry times</title></head><body><nav><a href="/">Home</a></nav>
<main><h1>Ferry times</h1><p>The ferry to Holm leaves at noon from the western quay.</p><script>pwned()</script></main></body></html>`;

/** "<p>Паром отходит в полдень.", whose encoding only the server says. */
const russianPage = '3c703ef0c1d2cfcd20cfd4c8cfc4c9d420d720d0cfccc4c5ced82e';

let site: Server;
let siteUrl: string;
let connections = 0;

beforeAll(async () => {
  site = createServer(answer).on('connection', () => (connections += 1));
  await new Promise<void>((ready) => site.listen(0, '127.0.0.1', ready));
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(() => {
  site.closeAllConnections();
  site.close();
});

function answer(asked: IncomingMessage, reply: ServerResponse): void {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  switch (asked.url) {
    case '/ferry':
      return void reply.writeHead(200, html).end(page);
    case '/moved':
      return void reply.writeHead(302, { location: '/ferry' }).end();
    case '/round':
      return void reply.writeHead(302, { location: '/round' }).end();
    case '/notes.txt':
      return void reply.writeHead(200, { 'content-type': 'text/plain' }).end('Dogs travel free on the ferry.');
    case '/alt':
      return void reply.writeHead(200, { 'content-type': 'text/html; charset=koi8-r' }).end(Buffer.from(russianPage, 'hex'));
    case '/picture':
      return void reply.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 0]));
    case '/empty':
      return void reply.writeHead(200, html).end('<html><body></body></html>');
    case '/broken':
      return void reply.writeHead(500, html).end('<p>stack trace</p>');
    default:
      return void reply.writeHead(404, html).end('<p>Not here</p>');
  }
}

interface Scene {
  app: StartedApp;
  key: As;
  botId: string;
}

async function aScene(environment: Record<string, string>): Promise<Scene> {
  const app = await startApp(environment);
  const key = { key: await anApiKey(app.url, (await aWorkspace(app.url)).as) };
  return { app, key, botId: await aBot(app.url, key) };
}

describe('a web page, where the private network is allowed', () => {
  let scene: Scene;
  const add = (path: string) => addSource(scene.app.url, scene.botId, { type: 'url', url: siteUrl + path }, scene.key);
  beforeAll(async () => {
    scene = await aScene({ ALLOW_PRIVATE_NETWORK: 'true' });
  });
  afterAll(() => scene?.app.close());

  it('becomes ready and is cited with its address', async () => {
    const source = await add('/ferry');
    expect(source).toMatchObject({ status: 'ready', type: 'url', url: `${siteUrl}/ferry`, mediaType: 'text/html' });
    const { body } = await request(scene.app.url, 'GET', `/v1/sources/${String(source.id)}/text`, undefined, scene.key);
    expect(body).toMatchObject({ title: 'Ferry times', text: expect.stringContaining('The ferry to Holm leaves at noon') as string });
    expect(body.text).not.toContain('pwned');
    const { citations, text } = completionOf((await ask(scene.app.url, scene.botId, 'When does the ferry to Holm leave?', scene.key)).events);
    expect(text).toContain('noon');
    expect(citations[0]).toMatchObject({ sourceId: source.id, url: `${siteUrl}/ferry` });
  });

  it('is found where it has moved to', async () => {
    expect(await add('/moved')).toMatchObject({ status: 'ready' });
  });

  it('may be plain text', async () => {
    expect(await add('/notes.txt')).toMatchObject({ status: 'ready', mediaType: 'text/plain' });
  });

  it('is read in the encoding that its server declares', async () => {
    const source = await add('/alt');
    const { body } = await request(scene.app.url, 'GET', `/v1/sources/${String(source.id)}/text`, undefined, scene.key);
    expect(String(body.text).trim()).toBe('Паром отходит в полдень.');
  });

  it.each([
    ['/missing', 'page_unreachable'],
    ['/broken', 'page_unreachable'],
    ['/round', 'page_unreachable'],
    ['/picture', 'unsupported_file'],
    ['/empty', 'file_empty'],
  ])('that cannot be used (%s) fails as %s in words for its owner', async (path, code) => {
    const source = await add(path);
    expect(source).toMatchObject({ status: 'failed', error: { code } });
    expect((source.error as { message: string }).message).not.toMatch(/Error:|\bat .+:\d+|stack trace/);
  });

  it('whose server does not answer fails', async () => {
    expect(await addSource(scene.app.url, scene.botId, { type: 'url', url: 'http://127.0.0.1:9/' }, scene.key)).toMatchObject({ status: 'failed', error: { code: 'page_unreachable' } });
  });
});

describe('a web page in the private network', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await aScene({});
  });
  afterAll(() => scene?.app.close());

  it('is not fetched, however its address is written', async () => {
    const before = connections;
    const { port } = site.address() as AddressInfo;
    const spellings = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '[64:ff9b::7f00:1]', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '0.0.0.0', '127.0.0.1.', 'localhost.', '①②⑦.0.0.1'];
    for (const host of spellings) {
      const source = await addSource(scene.app.url, scene.botId, { type: 'url', url: `http://${host}:${port}/ferry` }, scene.key);
      expect(source.httpStatus === 400 || (source.status === 'failed' && (source.error as { code: string }).code === 'address_not_allowed'), `${host}: ${JSON.stringify(source)}`).toBe(true);
    }
    for (const url of ['http://169.254.169.254/latest/meta-data/', 'http://10.0.0.1/', 'http://[fd00::1]/', 'http://user:secret@127.0.0.1/'])
      expect(await addSource(scene.app.url, scene.botId, { type: 'url', url }, scene.key), url).toMatchObject({ error: { code: expect.stringMatching(/address_not_allowed|invalid_request/) as string } });
    expect(connections).toBe(before);
  });

  it('at a port that is none of the web is refused in words that say so', async () => {
    const source = await addSource(scene.app.url, scene.botId, { type: 'url', url: 'http://93.184.216.34:5432/' }, scene.key);
    expect(source).toMatchObject({ status: 'failed', error: { code: 'address_not_allowed', message: expect.stringContaining('80, 443, 8080 and 8443') as string } });
  });

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'javascript:alert(1)', 'data:text/html,hi', 'gopher://127.0.0.1/', '//127.0.0.1/', 'not an address'])('%s is no address of a page', async (url) => {
    expect(await addSource(scene.app.url, scene.botId, { type: 'url', url }, scene.key)).toMatchObject({ httpStatus: 400, error: { code: 'invalid_request' } });
  });
});
