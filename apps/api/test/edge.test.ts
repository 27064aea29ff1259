import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ErrorBody, routes, type Route } from '@docent/contracts';
import { aBot, addSource, anApiKey, ask, aWorkspace, headersOf, request, type As } from './support/api-client';
import { rawRequest } from './support/raw-request';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let key: As;
let ids: Record<string, string>;

beforeAll(async () => {
  app = await startApp();
  key = { key: await anApiKey(app.url, (await aWorkspace(app.url)).as) };
  const botId = await aBot(app.url, key);
  const source = await addSource(app.url, botId, { type: 'text', name: 'Ferry', text: 'The ferry leaves at noon. '.repeat(200) }, key);
  const { conversationId, turnId } = await ask(app.url, botId, 'When does the ferry leave?', key);
  ids = { botId, sourceId: String(source.id), conversationId, turnId, n: '1' };
});
afterAll(() => app?.close());

const readRoutes = (Object.entries(routes) as [string, Route][]).filter(([, { method, access }]) => method === 'GET' && access.key);
const pathOf = (route: Route) => route.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name]!);

describe('HEAD', () => {
  it.each(readRoutes)('of %s answers as GET does, without a body', async (_, route) => {
    const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => rawRequest(app.url, method, pathOf(route), headersOf(app.url, key))));
    expect(head!.text).toBe('');
    expect([head!.status, head!.headers['content-type']]).toEqual([get!.status, get!.headers['content-type']]);
  });

  it('asks strangers to sign in', async () => {
    for (const [name, route] of readRoutes) expect((await rawRequest(app.url, 'HEAD', pathOf(route), {})).status, name).toBe(401);
  });
});

describe('every answer', () => {
  it('forbids guessing its type, being kept and being framed', async () => {
    for (const path of ['/v1/bots', '/v1/nothing', '/v1/models']) {
      const { headers } = await rawRequest(app.url, 'GET', path, headersOf(app.url, key));
      expect(headers, path).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string });
      expect(headers['x-powered-by'] ?? headers.server, path).toBeUndefined();
    }
  });

  it('has an id that the error repeats, made by the server', async () => {
    const answer = await rawRequest(app.url, 'GET', '/v1/bots', { 'x-request-id': 'mine', 'request-id': 'mine' });
    const { error } = ErrorBody.parse(JSON.parse(answer.text));
    expect(error.requestId).toBe(answer.headers['x-request-id']);
    expect(error.requestId).not.toBe('mine');
  });

  it('comes in what was asked in, whatever else the caller offers to speak', async () => {
    const offer = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA' };
    expect((await rawRequest(app.url, 'GET', '/v1/bots', { ...headersOf(app.url, key), ...offer })).status).toBe(200);
  });

  it.each(['GET', 'HEAD'])('%s of the first page is the console, whatever the caller accepts', async (method) => {
    const answers = await Promise.all([{}, { accept: '*/*' }, { accept: 'text/html' }].map((headers) => rawRequest(app.url, method, '/', headers as Record<string, string>)));
    expect(answers.map(({ status, headers }) => [status, headers['content-type']])).toEqual(answers.map(() => [200, 'text/html; charset=utf-8']));
  });

  it('is one shape where there is nothing', async () => {
    for (const [method, path] of [['GET', '/v1'], ['GET', '/v1/nothing'], ['POST', '/v1/bots/x/y/z'], ['DELETE', '/v1'], ['POST', '/healthz'], ['PUT', '/']] as const) {
      const answer = await rawRequest(app.url, method, path, {});
      expect([answer.status, ErrorBody.safeParse(JSON.parse(answer.text || 'null')).success], `${method} ${path} ${answer.text.slice(0, 200)}`).toEqual([404, true]);
    }
  });

  it('is compressed where that pays', async () => {
    const answer = await rawRequest(app.url, 'GET', `/v1/sources/${ids.sourceId}/text`, { ...headersOf(app.url, key), 'accept-encoding': 'gzip' });
    expect([answer.status, answer.headers['content-encoding']]).toEqual([200, 'gzip']);
  });
});

describe('other websites', () => {
  const preflight = (path: string) => rawRequest(app.url, 'OPTIONS', path, { origin: 'https://shop.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization, content-type' });

  it('may call what visitors call, without cookies', async () => {
    for (const path of ['/v1/visitor-sessions', `/v1/conversations/${ids.conversationId}/messages`, `/v1/conversations/${ids.conversationId}/events`]) {
      const { status, headers } = await preflight(path);
      expect([status, headers['access-control-allow-origin']], path).toEqual([204, 'https://shop.example']);
      expect(headers['access-control-allow-credentials'], path).toBeUndefined();
    }
  });

  it('may call nothing of the console', async () => {
    for (const path of ['/v1/auth/sign-in', '/v1/members', '/v1/api-keys', '/v1/settings/model']) {
      expect((await preflight(path)).headers['access-control-allow-origin'], path).toBeUndefined();
      const answer = await rawRequest(app.url, 'GET', path, { origin: 'https://shop.example' });
      expect(answer.headers['access-control-allow-origin'], path).toBeUndefined();
    }
  });
});

describe('files of the product', () => {
  it.each(['/assets/', '/docs/', '/widget/', '/'])('are served from %s and nothing around them is', async (folder) => {
    for (const way of ['../../package.json', '..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', '..%5c..%5cpackage.json', '....//package.json', '%00', 'a%00.html', '/etc/passwd', '%2fetc%2fpasswd', '.env', '.git/config', 'x'.repeat(3000)]) {
      const answer = await rawRequest(app.url, 'GET', folder + way, {});
      const told = `${folder}${way.slice(0, 60)} → ${answer.status} ${answer.text.slice(0, 200)}`;
      expect([400, 403, 404, 414], told).toContain(answer.status);
      expect(ErrorBody.safeParse(JSON.parse(answer.text || 'null')).success, told).toBe(true);
      expect(answer.text, told).not.toMatch(/"dependencies"|root:|ENOENT|ENAMETOOLONG|dist/);
    }
  });
});

describe('operators', () => {
  it('see that it lives, that it is ready, and its figures', async () => {
    expect((await request(app.url, 'GET', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await request(app.url, 'GET', '/readyz')).body).toEqual({ status: 'ready' });
    const { headers, body } = await request(app.url, 'GET', '/metrics');
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(body.text).toMatch(/^# TYPE \w+ (counter|histogram|gauge)$/m);
    expect(body.text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/);
  });

  it('read the description of every route', async () => {
    const { body } = await request(app.url, 'GET', '/openapi.json');
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    for (const route of Object.values(routes)) expect(described).toContain(`${route.method} ${route.path}`);
  });
});
