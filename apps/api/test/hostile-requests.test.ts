import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ErrorBody, routes, type Route } from '@docent/contracts';
import { adminOf, everythingOf } from './support/admin-database';
import { aBot, anApiKey, addSource, ask, aWorkspace, headersOf, request, type As, type Workspace } from './support/api-client';
import { hostileSegments, hostileValues, seededRandom } from './support/hostile-values';
import { rawRequest, type RawAnswer } from './support/raw-request';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let admin: Client;
let owner: Workspace;
let owners: As[];
let key: As;
let ids: Record<string, string>;

const seed = Number(process.env.SEED ?? 4711);
const random = seededRandom(seed);
let tried = 0;

beforeAll(async () => {
  app = await startApp();
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, owner.as) };
  owners = await Promise.all(Array.from({ length: 6 }, async () => (await aWorkspace(app.url)).as));
  const botId = await aBot(app.url, key);
  const source = await addSource(app.url, botId, { type: 'text', name: 'Ferry', text: 'The ferry leaves at noon.' }, key);
  const { conversationId, turnId } = await ask(app.url, botId, 'When does the ferry leave?', key);
  ids = { botId, sourceId: String(source.id), conversationId, turnId, n: '1' };
});
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

/** A proper body for each route that takes one; every field of it is then replaced. */
const samples: Partial<Record<keyof typeof routes, Record<string, unknown>[]>> = {
  signUp: [{ email: 'taken@example.com', password: 'x', name: 'N', workspaceName: 'W' }],
  signIn: [{ email: 'nobody@example.com', password: 'x' }],
  changePassword: [{ currentPassword: 'x', newPassword: 'y' }],
  acceptInvitation: [{ token: 'x' }],
  createWorkspace: [{ name: 'N' }],
  renameWorkspace: [{ name: 'N' }],
  inviteMember: [{ email: 'someone@example.com', role: 'viewer' }],
  changeMember: [{ role: 'viewer' }],
  createApiKey: [{ name: 'N', scopes: ['chat'] }],
  createBot: [{ name: 'N', instructions: '', limitMessage: '', allowedOrigins: ['https://a.example'], widget: { title: 'T', greeting: 'G', colour: '#112233', position: 'left', theme: 'dark', language: 'en', suggestedQuestions: ['Q'] } }],
  updateBot: [{ name: 'N', instructions: '', limitMessage: '', allowedOrigins: ['https://a.example'], widget: { title: 'T', greeting: 'G', colour: '#112233', suggestedQuestions: ['Q'] } }],
  createVisitorSession: [{ botId: '00000000-0000-4000-8000-000000000000', token: 'x' }],
  createSource: [{ type: 'text', name: 'N', text: 'T', url: 'https://a.example/' }, { type: 'url', url: 'http://127.0.0.1/', name: 'N' }, { type: 'qa', question: 'Q', answer: 'A' }],
  search: [{ query: 'ferry', limit: 3 }],
  createConversation: [{ pageUrl: 'https://a.example/', locale: 'en' }],
  sendMessage: [{ clientMessageId: 'm', text: 'When?' }],
  rateTurn: [{ rating: 'up' }],
  chatCompletions: [{ model: 'bot', messages: [{ role: 'user', content: 'When?' }], stream: false, stream_options: { include_usage: true }, user: 'u' }],
  updateModelSettings: [{ provider: 'openai', model: 'm', baseUrl: 'https://a.example/v1', apiKey: 'k' }],
  testModelSettings: [{ provider: 'none', model: 'm', baseUrl: '', apiKey: 'k' }],
};
const queries: Partial<Record<keyof typeof routes, string[]>> = {
  listSources: ['cursor', 'limit', 'status', 'type', 'search'],
  listConversations: ['cursor', 'limit', 'botId', 'channel', 'unanswered', 'rating', 'search'],
  overview: ['days', 'botId'],
  followEvents: ['after'],
  nextEvents: ['after', 'waitSeconds'],
};

const everyRoute = Object.entries(routes) as [keyof typeof routes, Route][];
/** With a session, these would end the session that the other requests need. */
const endsSession: (keyof typeof routes)[] = ['signOut', 'refresh', 'deleteBot', 'deleteConversation', 'deleteSource'];

function callerOf(name: keyof typeof routes, route: Route): As {
  if (endsSession.includes(name) || route.access.public) return {};
  return route.access.key ? key : owners[Math.floor(random() * owners.length)]!;
}

function pathOf(route: Route, replaced: Record<string, string> = {}): string {
  const own = (name: string) => ids[name] ?? '00000000-0000-4000-8000-000000000000';
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => replaced[name] ?? own(name));
}

const leaks = /node_modules|\bat .+:\d+:\d+|prisma|violates|syntax error at|relation "|\bSELECT\b|\bINSERT INTO\b|invalid byte sequence|TypeError|undefined is not/i;

/** Never our fault, always the one shape, nothing of the inside. */
function expectProper(answer: RawAnswer, told: string): void {
  tried += 1;
  const seen = `${told} → ${answer.status} ${answer.text.slice(0, 300)}`;
  expect(answer.status, seen).toBeGreaterThan(0);
  expect(answer.status, seen).toBeLessThan(500);
  if (answer.status < 400) return;
  const parsed = ErrorBody.safeParse(JSON.parse(answer.text || 'null'));
  if (!parsed.success) throw new Error(`not the shape of an error: ${seen}`);
  const { error } = parsed.data;
  expect(error.requestId, seen).toBe(answer.headers['x-request-id']);
  expect(error.message, seen).not.toBe('');
  expect(answer.text, seen).not.toMatch(leaks);
}

async function tryOne(name: keyof typeof routes, route: Route, path: string, body?: string | Buffer, contentType = 'application/json'): Promise<number> {
  const headers = { ...headersOf(app.url, callerOf(name, route)), origin: app.url, ...(body === undefined ? {} : { 'content-type': contentType }) };
  const told = `${route.method} ${path.slice(0, 120)} ${contentType} ${String(body).slice(0, 120)}`;
  const answer = await rawRequest(app.url, route.method, path, headers, body).catch((error: unknown) => {
    throw new Error(`${told}: ${String(error)}`);
  });
  expectProper(answer, told);
  return answer.status;
}

/** Every place in a value, as the path to it. */
function placesIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...at, Array.isArray(value) ? Number(name) : name]))];
}

function withValue(given: unknown, [first, ...rest]: (string | number)[], value: unknown): unknown {
  if (first === undefined) return value;
  const copy = structuredClone(given) as Record<string | number, unknown>;
  copy[first] = withValue(copy[first], rest, value);
  return copy;
}

describe(`hostile requests (seed ${seed})`, () => {
  it.each(everyRoute.filter(([name]) => samples[name]))('%s takes no wrong value in any field', async (name, route) => {
    for (const sample of samples[name]!) {
      for (const place of placesIn(sample)) {
        for (const value of hostileValues) {
          const body = JSON.stringify(withValue(sample, place, value)) ?? '';
          const statuses = await tryOne(name, route, pathOf(route), body);
          // A test that is only turned away at the door tries nothing.
          if (!route.access.public && name !== 'changePassword') expect([401, 403], `${name} ${body.slice(0, 80)}`).not.toContain(statuses);
        }
      }
    }
  });

  it.each(everyRoute.filter(([, route]) => route.path.includes('{')))('%s takes no wrong id', async (name, route) => {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, placeholder]) => placeholder!);
    for (const placeholder of names)
      for (const segment of hostileSegments) await tryOne(name, route, pathOf(route, { [placeholder]: segment }), route.body ? '{}' : undefined);
  });

  it.each(everyRoute.filter(([name]) => queries[name]))('%s takes no wrong query', async (name, route) => {
    for (const field of queries[name]!) {
      for (const value of hostileSegments) await tryOne(name, route, `${pathOf(route)}?${field}=${value}`);
      for (const twice of [`${field}=1&${field}=2`, `${field}[]=1`, `${field}[$gt]=`, `__proto__[x]=1&${field}=`, `${field}`]) await tryOne(name, route, `${pathOf(route)}?${twice}`);
    }
  });

  it.each([
    ['POST', 'here', { readSeq: 0 }],
    ['POST', 'take', { fence: 0 }],
    ['POST', 'replies', { clientMessageId: 'm', text: 'Hello', fence: 0 }],
    ['PUT', 'snooze', { until: '' }],
    ['POST', 'visitor', { readSeq: 0 }],
  ])('%s …/%s takes no number and no date beyond those of the database', async (method, step, body) => {
    const [field] = Object.entries(body).find(([, value]) => value === 0 || value === '')!;
    const as = step === 'visitor' ? key : owner.as;
    for (const value of [2_147_483_648, -2_147_483_649, Number.MAX_SAFE_INTEGER, '0000-01-01T00:00:00.000Z', '0000-12-31T23:59:59Z']) {
      const answer = await request(app.url, method, `/v1/conversations/${ids.conversationId}/${step}`, { ...body, [field]: value }, as);
      expect([answer.status, ErrorBody.parse(answer.body).error.code], `${step} ${value}`).toEqual([400, 'invalid_request']);
    }
  });

  it.each(everyRoute.filter(([, route]) => route.body))('%s takes no broken body', async (name, route) => {
    const broken = ['', ' ', '{', '{"a":', '[', 'null', 'true', '1', '"x"', '\u0000', '{"a":1}garbage', '\ufeff{}', '{"__proto__":{"x":1}}', '{"a":1,"a":2}', `${'['.repeat(50_000)}`, '{"name":"\\ud800"}', Buffer.from([0xff, 0xfe, 0x00]).toString('latin1')];
    for (const body of broken) await tryOne(name, route, pathOf(route), body);
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', 'application/json;x', 'x', '*/*', 'application/octet-stream', 'application/vnd.api+json'])
      await tryOne(name, route, pathOf(route), '{"name":"x"}', type);
  });

  it('takes no method that a path does not have', async () => {
    for (const [name, route] of everyRoute) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']) {
        const served = everyRoute.filter(([, other]) => other.path === route.path).map(([, other]) => other.method as string);
        // HEAD comes with every GET.
        if (served.includes(method === 'HEAD' ? 'GET' : method)) continue;
        const answer = await rawRequest(app.url, method, pathOf(route), { ...headersOf(app.url, owners[0]!) });
        if (method === 'HEAD' || method === 'OPTIONS') expect(answer.status, `${method} ${name}`).toBeLessThan(500);
        else expectProper(answer, `${method} ${route.path}`);
        if (method !== 'OPTIONS') expect(answer.status, `${method} ${name}`).toBeGreaterThanOrEqual(400);
      }
    }
  });

  it('knows each path in one spelling only', async () => {
    const spellings = (path: string) => [path.toUpperCase(), `/${path}`, path.replace('/v1/', '/v1//'), `${path}/`, `${path};x=y`, path.replace('/v1', '/%761'), path.replaceAll('/', '%2f'), `${path}%2e`, `${path}/.`, `${path}/%2e%2e`, `/x/..${path}`, `/x/%2e%2e${path}`, `${path}%00`, `${path}\\`, path.replace('/v1/', '/V1/'), `${path}?x=%00`, `${path}#x`, `http://evil.example${path}`];
    for (const [, route] of everyRoute) {
      for (const path of spellings(pathOf(route))) {
        const answer = await rawRequest(app.url, route.method, path, {});
        expectProper(answer, `${route.method} ${path}`);
        // Nobody is signed in here: whatever the spelling, a route that is not public stays closed.
        if (!route.access.public) expect([400, 401, 404, 405, 415], `${route.method} ${path}`).toContain(answer.status);
      }
    }
  });

  it('takes no body beyond the limit', async () => {
    for (const [name, route] of everyRoute.filter(([, { body }]) => body)) {
      const headers = { ...headersOf(app.url, callerOf(name, route)), origin: app.url, 'content-type': 'application/json' };
      // Only announced: the refusal comes before the body does.
      const announced = await rawRequest(app.url, route.method, pathOf(route), { ...headers, 'content-length': String(11 * 1024 * 1024) }, undefined, true);
      expectProper(announced, name);
      expect(announced.status, name).toBe(413);
    }
    const { status, body } = await request(app.url, 'POST', routes.createBot.path, { name: 'x'.repeat(9 * 1024 * 1024) }, key);
    expect([status, ErrorBody.parse(body).error.code]).toEqual([400, 'invalid_request']);
  });

  it('keeps headers of any kind from breaking anything', async () => {
    const headers: Record<string, string>[] = [
      { authorization: 'Bearer ' },
      { authorization: 'Bearer dk_' },
      { authorization: `Bearer ${'x'.repeat(8000)}` },
      { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' },
      { cookie: 'docent_access=%00; docent_refresh=%ff; ;;=;a' },
      { cookie: `docent_access=${'x'.repeat(8000)}` },
      { 'docent-workspace': '\u00ff' },
      { 'docent-workspace': '__proto__' },
      { origin: 'null' },
      { origin: 'http://[' },
      { host: 'evil.example' },
      { 'x-forwarded-for': "' OR true --", 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' },
      { accept: 'x'.repeat(4000), 'accept-encoding': 'x;q=nan, br;q=-1' },
      { 'last-event-id': '\u00ff'.repeat(500) },
      { 'content-length': '5' },
      { expect: '100-continue' },
      { range: 'bytes=0-99999999999' },
      { 'x-http-method-override': 'DELETE' },
    ];
    for (const extra of headers)
      for (const path of ['/v1/bots', `/v1/conversations/${ids.conversationId}/events`, '/', '/widget.js', '/healthz', '/nothing']) {
        if (extra['content-length']) continue;
        const answer = await rawRequest(app.url, 'GET', path, extra);
        expect(answer.status, `${path} ${JSON.stringify(extra).slice(0, 100)}`).toBeLessThan(500);
      }
  });

  it('lives on', async () => {
    expect((await request(app.url, 'GET', '/readyz')).status).toBe(200);
    expect((await request(app.url, 'GET', '/v1/bots', undefined, key)).status).toBe(200);
    expect(tried).toBeGreaterThan(3000);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });
});

describe('fields that only the server sets', () => {
  const marker = '11111111-1111-4111-8111-111111111111';
  const owned = {
    id: marker,
    tenantId: marker,
    tenant_id: marker,
    workspaceId: marker,
    personId: marker,
    visitorId: marker,
    snapshotId: marker,
    turnId: marker,
    fileKey: `sources/${marker}`,
    prefix: marker,
    secretHash: marker,
    tokenHash: marker,
    sealedApiKey: marker,
    channel: 'widget',
    status: 'ready',
    stage: 'ready',
    progress: 100,
    chunkCount: 471147114,
    sizeBytes: 471147114,
    lastSeq: 471147114,
    messageCount: 471147114,
    planId: 'scale',
    plan: 'scale',
    createdAt: '2001-01-01T00:00:00.000Z',
    updatedAt: '2001-01-01T00:00:00.000Z',
    lastUsedAt: '2001-01-01T00:00:00.000Z',
    expiresAt: '2101-01-01T00:00:00.000Z',
  };

  it('stay as the server set them, whatever is sent', async () => {
    const { workspaceId, personId, as } = owner;
    const before = await everythingOf(admin, workspaceId, [personId]);
    const sends: [keyof typeof routes, Record<string, unknown>][] = [
      ['renameWorkspace', { name: 'Renamed' }],
      ['inviteMember', { email: 'mass@example.com', role: 'viewer' }],
      ['createApiKey', { name: 'Mass', scopes: ['chat'] }],
      ['createBot', { name: 'Mass' }],
      ['updateBot', { name: 'Mass' }],
      ['createSource', { type: 'qa', question: 'Mass?', answer: 'Mass.' }],
      ['createConversation', {}],
      ['sendMessage', { clientMessageId: 'mass', text: 'When does the ferry leave?' }],
      ['updateModelSettings', { provider: 'none' }],
      ['createWorkspace', { name: 'Mass' }],
    ];
    for (const [name, body] of sends) {
      const route: Route = routes[name];
      const { status } = await request(app.url, route.method, pathOf(route), { ...owned, ...body, widget: { title: 'T', ...owned } }, as);
      expect(status, name).toBe(route.status);
    }
    const after = await everythingOf(admin, workspaceId, [personId]);
    expect(JSON.stringify(after)).not.toMatch(new RegExp(`${marker}|471147114|2001-01-01|2101-01-01`));
    expect(after.people).toEqual(before.people);
    expect(JSON.parse(after.tenants![0]!)).toMatchObject({ plan_id: 'self_hosted', name: 'Renamed' });
    const { rows } = await admin.query('SELECT tenant_id FROM tenants WHERE tenant_id = $1 OR plan_id <> $2', [marker, 'self_hosted']);
    expect(rows).toEqual([]);
  });
});
