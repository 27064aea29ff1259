import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type VisitorSession } from '@docent/contracts';
import { aBot, aWorkspace, request, type As, type Workspace } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

const shop = 'https://shop.example.com';
let app: StartedApp;
let owner: Workspace;
let botId: string;

beforeAll(async () => {
  app = await startApp();
  owner = await aWorkspace(app.url);
  botId = await aBot(app.url, owner.as, {
    name: 'Shop help',
    allowedOrigins: [shop, 'http://localhost:8080'],
    instructions: 'never shown',
    limitMessage: 'never shown either',
  });
});
afterAll(() => app?.close());

const visit = (origin?: string, body: object = { botId }) =>
  request(app.url, 'POST', routes.createVisitorSession.path, body, origin === undefined ? {} : { origin });
const converse = (as: As, bot = botId) => request(app.url, 'POST', `/v1/bots/${bot}/conversations`, {}, as);

async function visiting(origin: string, body?: object): Promise<VisitorSession> {
  const { status, body: session } = await visit(origin, body);
  expect(status, JSON.stringify(session)).toBe(201);
  return routes.createVisitorSession.response.parse(session);
}

describe('a visitor session', () => {
  it('begins on an allowed origin, and on the product’s own pages', async () => {
    const session = await visiting(shop);
    expect(session.bot).toEqual({
      id: botId,
      name: 'Shop help',
      branding: false,
      widget: expect.objectContaining({ position: 'right' }),
      people: { enabled: false, open: false },
      preChatForm: null,
      messageForm: null,
      attachments: false,
      satisfaction: false,
      mailTranscript: false,
    });
    await visiting('http://localhost:8080');
    await visiting(app.url);
  });

  it('is refused to bots without allowed origins: closed by default', async () => {
    const closed = await aBot(app.url, owner.as);
    expect(await visit(shop, { botId: closed })).toMatchObject({ status: 403, body: { error: { code: 'origin_not_allowed' } } });
  });

  it.each([
    undefined,
    'null',
    '',
    '*',
    'shop.example.com',
    'http://shop.example.com',
    'https://shop.example.com:8443',
    'https://shop.example.com.',
    'https://SHOP.example.com',
    'https://shop.example.com/',
    'https://shop.example.com.evil.example',
    'https://evil-shop.example.com',
    'https://example.com',
    'https://www.shop.example.com',
    'https://xn--shp-0na.example.com',
    'https://shop.example.com@evil.example',
    'https://evil.example/https://shop.example.com',
    'http://localhost:8081',
    'https://localhost:8080',
    'http://127.0.0.1:8080',
  ])('is refused to %s', async (origin) => {
    expect(await visit(origin)).toMatchObject({ status: 403, body: { error: { code: 'origin_not_allowed' } } });
  });

  it.each([{}, { botId: 'x' }, { botId: [] }, { botId: { $ne: '' } }, { botId: 1 }])('needs a bot, not %o', async (body) => {
    expect((await visit(shop, body)).status).toBe(400);
  });

  it('is not found for a bot that is not there', async () => {
    expect((await visit(shop, { botId: '0198f000-0000-7000-8000-000000000001' })).status).toBe(404);
  });

  it('stays the same visitor with the token from before, for the same bot only', async () => {
    const first = await visiting(shop);
    const again = await visiting(shop, { botId, token: first.token });
    expect(again.visitorId).toBe(first.visitorId);
    const otherBot = await aBot(app.url, owner.as, { allowedOrigins: [shop] });
    expect((await visiting(shop, { botId: otherBot, token: first.token })).visitorId).not.toBe(first.visitorId);
    expect((await visiting(shop, { botId, token: 'made.up.token' })).visitorId).not.toBe(first.visitorId);
    expect((await visiting(shop)).visitorId).not.toBe(first.visitorId);
  });

  it('ends being given out when the owner takes the origin back', async () => {
    const bot = await aBot(app.url, owner.as, { allowedOrigins: [shop] });
    await visiting(shop, { botId: bot });
    await request(app.url, 'PATCH', `/v1/bots/${bot}`, { allowedOrigins: [] }, owner.as);
    expect((await visit(shop, { botId: bot })).status).toBe(403);
  });
});

describe('a visitor token', () => {
  it('talks to its bot and reads its own conversations, and nothing else', async () => {
    const [mine, theirs] = [await visiting(shop), await visiting(shop)];
    const { status, body } = await converse({ visitor: mine.token, origin: shop });
    expect(status).toBe(201);
    const read = (token: string) =>
      request(app.url, 'GET', `/v1/conversations/${String(body.id)}`, undefined, { visitor: token });
    expect((await read(mine.token)).status).toBe(200);
    expect((await read(theirs.token)).status).toBe(404);
    const otherBot = await aBot(app.url, owner.as, { allowedOrigins: [shop] });
    expect((await converse({ visitor: mine.token }, otherBot)).status).toBe(404);
  });

  it('stops working on another website', async () => {
    const { token } = await visiting(shop);
    expect(await converse({ visitor: token, origin: 'https://thief.example' })).toMatchObject({
      status: 403,
      body: { error: { code: 'origin_not_allowed' } },
    });
    expect((await converse({ visitor: token, origin: shop })).status).toBe(201);
  });
});

describe('cross-origin rules', () => {
  const preflight = (path: string, origin: string) =>
    fetch(app.url + path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  it('let any page call what visitors call, never with cookies', async () => {
    for (const answer of [
      await preflight(routes.createVisitorSession.path, shop),
      (await visit('https://evil.example')) as { headers: Headers },
    ]) {
      expect(answer.headers.get('access-control-allow-origin')).toMatch(/^https:/);
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it.each(['/v1/auth/me', '/v1/auth/sign-in', '/v1/members', '/v1/api-keys', '/v1/bots', '/v1/chat/completions'])(
    'let no foreign page read %s',
    async (path) => {
      expect((await preflight(path, shop)).headers.get('access-control-allow-origin')).toBeNull();
      expect(
        (await fetch(app.url + path, { headers: { origin: shop, cookie: owner.cookies } })).headers.get(
          'access-control-allow-origin',
        ),
      ).toBeNull();
    },
  );
});
