import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles, routes, scopes, type Route } from '@docent/contracts';
import { aBot, anApiKey, aWorkspace, request, type As, type Workspace } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let owner: Workspace;
let stranger: Workspace;
let viewer: As;
let visitor: As;
const keys = new Map<string, As>();
const everyRoute: [string, Route][] = Object.entries(routes);
const outcome = { unauthenticated: 401, forbidden: 403 };

beforeAll(async () => {
  app = await startApp();
  [owner, stranger] = [await aWorkspace(app.url), await aWorkspace(app.url)];
  const { cookies, email } = await aWorkspace(app.url);
  const invited = await request(app.url, 'POST', routes.inviteMember.path, { email, role: 'viewer' }, owner.as);
  await request(
    app.url,
    'POST',
    routes.acceptInvitation.path,
    { token: String(invited.body.link).split('/').at(-1) },
    { cookies },
  );
  viewer = { cookies, workspaceId: owner.workspaceId };
  for (const scope of scopes) keys.set(scope, { key: await anApiKey(app.url, owner.as, [scope]) });
  const botId = await aBot(app.url, owner.as);
  const session = await request(app.url, 'POST', routes.createVisitorSession.path, { botId }, { origin: app.url });
  visitor = { visitor: session.body.token as string };
});
afterAll(() => app?.close());

/** Calls a route with ids that do not exist and an empty body: whoever may come in gets 404 or 400, nothing happens. */
function knock(route: Route, as: As): Promise<number> {
  const path = route.path.replace(/\{n\}/g, '1').replace(/\{\w+\}/g, () => randomUUID());
  return request(app.url, route.method, path, route.method === 'GET' || route.method === 'DELETE' ? undefined : {}, as).then(
    (answer) => answer.status,
  );
}

const isLetIn = (status: number) => !Object.values(outcome).includes(status) && status < 500;

describe.each(everyRoute)('%s', (_, route) => {
  const { access } = route;

  it.skipIf(access.public)('asks anonymous callers to sign in', async () => {
    expect(await knock(route, {})).toBe(outcome.unauthenticated);
    for (const authorization of ['dk_made_up', 'made.up.token', randomUUID()])
      expect(await knock(route, { key: authorization })).toBe(outcome.unauthenticated);
    expect(await knock(route, { cookies: 'docent_access=made.up.token', workspaceId: owner.workspaceId })).toBe(
      outcome.unauthenticated,
    );
  });

  it.skipIf(access.public)('opens to an API key with its scope only', async () => {
    for (const [scope, as] of keys) {
      const status = await knock(route, as);
      if (access.key === scope) expect(isLetIn(status), `${scope}: ${status}`).toBe(true);
      else expect(status, scope).toBe(outcome.forbidden);
    }
  });

  it.skipIf(access.public)('opens to visitors only where it says so', async () => {
    const status = await knock(route, visitor);
    if (access.visitor) expect(isLetIn(status), String(status)).toBe(true);
    else expect(status).toBe(outcome.forbidden);
  });

  it.skipIf(access.public)('opens to a viewer only where a viewer is enough', async () => {
    const status = await knock(route, viewer);
    const isEnough = access.account === true || access.session === roles[0];
    if (isEnough) expect(isLetIn(status), String(status)).toBe(true);
    else expect(status).toBe(outcome.forbidden);
  });

  it.skipIf(!access.session)('does not exist for members of other workspaces', async () => {
    expect(await knock(route, { cookies: stranger.cookies, workspaceId: owner.workspaceId })).toBe(404);
    expect(await knock(route, { cookies: stranger.cookies, workspaceId: randomUUID() })).toBe(404);
    expect(await knock(route, { cookies: stranger.cookies, workspaceId: "' OR true --" })).toBe(404);
    expect(await knock(route, { cookies: owner.cookies })).toBe(400);
  });

  it.skipIf(route.method === 'GET' || !(access.account || access.session || route.path.startsWith('/v1/auth/')))(
    'takes a cookie from the own origin only',
    async () => {
      const port = new URL(app.url).port;
      for (const origin of [
        'https://evil.example',
        'null',
        `http://localhost:${Number(port) + 1}`,
        `http://localhost.evil.example:${port}`,
      ]) {
        expect(await knock(route, { ...owner.as, origin }), origin).toBe(outcome.forbidden);
      }
    },
  );
});

describe('the surface', () => {
  it('has these public routes and no others', () => {
    expect(everyRoute.filter(([, route]) => route.access.public).map(([name]) => name)).toEqual([
      'signUp',
      'signIn',
      'refresh',
      'signOut',
      'createVisitorSession',
      'proactiveRules',
    ]);
  });

  it('gives every route a way in', () => {
    for (const [name, route] of everyRoute) expect(Object.values(route.access).filter(Boolean), name).not.toHaveLength(0);
  });

  it.each([
    '/V1/bots',
    '/v1//bots',
    '//v1/bots',
    '/v1/bots/',
    '/v1/bots;x',
    '/v1/%62ots',
    '/v1/./bots',
    '/v1/auth/../bots',
    '/v1/bots%2f',
    '/v1/Bots',
  ])('has no way around a guard at %s', async (path) => {
    const { status, body } = await request(app.url, 'GET', path);
    expect([outcome.unauthenticated, 404]).toContain(status);
    expect(body).toHaveProperty('error.requestId');
  });

  it('believes the credential that is presented, and no cookie beside it', async () => {
    const headers = { cookie: owner.cookies, 'docent-workspace': owner.workspaceId };
    for (const authorization of ['Bearer dk_made_up', 'Bearer made.up.token', 'Basic b3duZXI6b3duZXI=', 'Bearer']) {
      expect((await fetch(`${app.url}/v1/bots`, { headers: { ...headers, authorization } })).status, authorization).toBe(
        outcome.unauthenticated,
      );
    }
    expect((await fetch(`${app.url}/v1/bots`, { headers })).status).toBe(200);
  });

  it('refuses a key from the request after its revocation', async () => {
    const created = await request(
      app.url,
      'POST',
      routes.createApiKey.path,
      { name: 'Short-lived', scopes: ['bots:read'] },
      owner.as,
    );
    const key = { key: String(created.body.secret) };
    expect((await request(app.url, 'GET', '/v1/bots', undefined, key)).status).toBe(200);
    expect((await request(app.url, 'DELETE', `/v1/api-keys/${String(created.body.id)}`, undefined, stranger.as)).status).toBe(
      404,
    );
    expect((await request(app.url, 'GET', '/v1/bots', undefined, key)).status).toBe(200);
    expect((await request(app.url, 'DELETE', `/v1/api-keys/${String(created.body.id)}`, undefined, owner.as)).status).toBe(200);
    expect((await request(app.url, 'GET', '/v1/bots', undefined, key)).status).toBe(outcome.unauthenticated);
  });

  it('shows a key once and never its secret again', async () => {
    const { body } = await request(
      app.url,
      'POST',
      routes.createApiKey.path,
      { name: 'Shown once', scopes: ['chat', 'chat'] },
      owner.as,
    );
    const list = await request(app.url, 'GET', routes.listApiKeys.path, undefined, owner.as);
    expect(JSON.stringify(list.body)).not.toContain(String(body.secret).slice(12));
    const { secret: _, ...shown } = body;
    expect(list.body.items).toContainEqual(shown);
    expect(shown).toMatchObject({ scopes: ['chat'], prefix: String(body.secret).slice(0, 11) });
  });
});
