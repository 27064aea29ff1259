import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type IdentityFailure, type IdentitySecret, type VisitorSession } from '@docent/contracts';
import { adminOf } from './support/admin-database';
import { aBot, answerEnds, aWorkspace, call, readEvents, request, type As, type Workspace } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let admin: Client;
let owner: Workspace;
let botId: string;
let secret: string;

beforeAll(async () => {
  app = await startApp();
  admin = await adminOf(app);
  owner = await aWorkspace(app.url);
  botId = await aBot(app.url, owner.as);
  secret = await aSecret(botId, owner.as);
});
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

async function aSecret(bot: string, as: As): Promise<string> {
  const { status, body } = await call(app.url, routes.createIdentitySecret, { params: { botId: bot } }, as);
  expect(status).toBe(201);
  return (body as { secret: string }).secret;
}

const listed = async (bot = botId, as = owner.as) =>
  (await call(app.url, routes.listIdentitySecrets, { params: { botId: bot } }, as)).body as unknown as {
    items: IdentitySecret[];
    failures: IdentityFailure[];
  };

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

function sign(
  payload: JWTPayload,
  key = secret,
  header: { alg: string } & Record<string, unknown> = { alg: 'HS256' },
): Promise<string> {
  return new SignJWT({ exp: inSeconds(3600), ...payload }).setProtectedHeader(header).sign(new TextEncoder().encode(key));
}

async function visit(given: { identity?: string; token?: string; bot?: string } = {}): Promise<VisitorSession> {
  const { bot = botId, ...body } = given;
  const answer = await request(app.url, 'POST', routes.createVisitorSession.path, { botId: bot, ...body }, { origin: app.url });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return routes.createVisitorSession.response.parse(answer.body);
}

async function converse(token: string, text = 'Hello?'): Promise<string> {
  const as = { visitor: token };
  const { body } = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, as);
  const conversationId = String(body.id);
  expect(
    (await request(app.url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: randomUUID(), text }, as))
      .status,
  ).toBe(202);
  await readEvents(app.url, conversationId, as, answerEnds);
  return conversationId;
}

const own = async (token: string) => {
  const { status, body } = await call(app.url, routes.listOwnConversations, {}, { visitor: token });
  expect(status).toBe(200);
  return (body as { items: { id: string }[] }).items.map(({ id }) => id);
};

describe('a signed identity', () => {
  it('is the same visitor on every device, with one history', async () => {
    const phone = await visit({
      identity: await sign({ sub: 'ada', name: 'Ada', email: 'ada@example.com', plan: 'gold', age: 36 }),
    });
    expect(phone.identified).toBe(true);
    const conversationId = await converse(phone.token);
    const laptop = await visit({ identity: await sign({ sub: 'ada' }) });
    expect(laptop.visitorId).toBe(phone.visitorId);
    expect(await own(laptop.token)).toEqual([conversationId]);
    const latest = await call(app.url, routes.latestConversation, {}, { visitor: laptop.token });
    expect(latest.body).toMatchObject({
      id: conversationId,
      transcript: [{ role: 'visitor', text: 'Hello?' }, { role: 'assistant' }],
    });
    const { rows } = await admin.query('SELECT external_id, name, email, fields FROM visitors WHERE id = $1', [phone.visitorId]);
    // The last signature counts: a field that is not signed for any more is gone, a name that is left out stays.
    expect(rows).toEqual([{ external_id: 'ada', name: 'Ada', email: 'ada@example.com', fields: {} }]);
  });

  it('keeps claims that are texts, and drops what does not fit without a refusal', async () => {
    const session = await visit({
      identity: await sign({
        sub: '4711',
        name: 7,
        email: 'not an address',
        plan: 'gold',
        iss: 'shop',
        nul: 'a\u0000b',
        list: ['x'],
        [`k${'y'.repeat(60)}`]: 'long',
      }),
    });
    expect(session.identified).toBe(true);
    const { rows } = await admin.query('SELECT name, email, fields FROM visitors WHERE id = $1', [session.visitorId]);
    expect(rows).toEqual([{ name: null, email: null, fields: { plan: 'gold' } }]);
  });

  it('is another visitor with another bot', async () => {
    const otherBot = await aBot(app.url, owner.as);
    const otherSecret = await aSecret(otherBot, owner.as);
    const here = await visit({ identity: await sign({ sub: 'bob' }) });
    const there = await visit({ bot: otherBot, identity: await sign({ sub: 'bob' }, otherSecret) });
    expect(there.identified).toBe(true);
    expect(there.visitorId).not.toBe(here.visitorId);
    await converse(here.token);
    expect(await own(there.token)).toEqual([]);
    expect((await call(app.url, routes.latestConversation, {}, { visitor: there.token })).status).toBe(404);
  });
});

describe('what is known of a person', () => {
  it('is forgotten with their last conversation', async () => {
    const { visitorId, token } = await visit({
      identity: await sign({ sub: 'ivan', name: 'Ivan', email: 'ivan@example.com', plan: 'gold' }),
    });
    const [first, second] = [await converse(token), await converse(token)];
    const known = async () => (await admin.query('SELECT name, email, fields FROM visitors WHERE id = $1', [visitorId])).rows;
    await request(app.url, 'DELETE', `/v1/conversations/${first}`, undefined, owner.as);
    expect(await known()).toEqual([{ name: 'Ivan', email: 'ivan@example.com', fields: { plan: 'gold' } }]);
    await request(app.url, 'DELETE', `/v1/conversations/${second}`, undefined, owner.as);
    expect(await known()).toEqual([{ name: null, email: null, fields: {} }]);
    // Whoever signs out after that is still not taken for the person.
    expect((await visit({ token })).visitorId).not.toBe(visitorId);
  });
});

describe('signing in and out in the middle', () => {
  it('takes along what the anonymous visitor had said', async () => {
    const anonymous = await visit();
    expect(anonymous.identified).toBeNull();
    const conversationId = await converse(anonymous.token);
    const known = await visit({ token: anonymous.token, identity: await sign({ sub: 'carol' }) });
    expect(await own(known.token)).toEqual([conversationId]);
    expect(
      (await request(app.url, 'GET', `/v1/conversations/${conversationId}`, undefined, { visitor: anonymous.token })).status,
    ).toBe(404);
  });

  it('never takes it from one person to another, nor back to nobody', async () => {
    const anonymous = await visit();
    const first = await visit({ token: anonymous.token, identity: await sign({ sub: 'first on this device' }) });
    const conversationId = await converse(first.token);
    // Signed out: a fresh visitor, who does not see what was said before.
    const signedOut = await visit({ token: first.token });
    expect(signedOut.visitorId).not.toBe(first.visitorId);
    expect(await own(signedOut.token)).toEqual([]);
    const second = await visit({ token: first.token, identity: await sign({ sub: 'second on this device' }) });
    expect(await own(second.token)).toEqual([]);
    expect(await own((await visit({ identity: await sign({ sub: 'first on this device' }) })).token)).toEqual([conversationId]);
  });

  it('does not give the anonymous part of one person to another, whose page still has the old token', async () => {
    const anonymous = await visit();
    await visit({ token: anonymous.token, identity: await sign({ sub: 'dora' }) });
    // A tab that was left open goes on with the old token.
    const conversationId = await converse(anonymous.token);
    const other = await visit({ token: anonymous.token, identity: await sign({ sub: 'erin' }) });
    expect(await own(other.token)).toEqual([]);
    const same = await visit({ token: anonymous.token, identity: await sign({ sub: 'dora' }) });
    expect(await own(same.token)).toEqual([conversationId]);
    expect((await visit({ token: anonymous.token })).visitorId).not.toBe(anonymous.visitorId);
  });

  it('gives a contested visitor to one of two identities that come at the same moment', async () => {
    const anonymous = await visit();
    const conversationId = await converse(anonymous.token);
    const both = await Promise.all(
      ['frank', 'grace'].map(async (sub) => visit({ token: anonymous.token, identity: await sign({ sub }) })),
    );
    const histories = await Promise.all(both.map(({ token }) => own(token)));
    expect(histories.flat()).toEqual([conversationId]);
  });

  it('opens one visitor for an identity that comes many times at the same moment', async () => {
    const sessions = await Promise.all(
      Array.from({ length: 8 }, async () => visit({ identity: await sign({ sub: 'everywhere at once' }) })),
    );
    expect(new Set(sessions.map(({ visitorId }) => visitorId)).size).toBe(1);
  });
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hmac = (algorithm: string, key: string | Buffer, text: string) =>
  createHmac(algorithm, key).update(text).digest('base64url');

describe('a refused identity', () => {
  const claims = () => ({ sub: 'mallory', exp: inSeconds(3600) });
  const handmade = (header: object, payload: object, key: string | Buffer = secret) =>
    `${part(header)}.${part(payload)}.${hmac('sha256', key, `${part(header)}.${part(payload)}`)}`;
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

  const forgeries: [string, IdentityFailure['reason'], () => string | Promise<string>][] = [
    ['no signature (alg none)', 'wrong_algorithm', () => `${part({ alg: 'none' })}.${part(claims())}.`],
    ['no signature (alg None)', 'wrong_algorithm', () => `${part({ alg: 'None' })}.${part(claims())}.`],
    ['no signature under HS256', 'bad_signature', () => `${part({ alg: 'HS256' })}.${part(claims())}.`],
    ['RS256 in the header, an HMAC with the secret behind it', 'wrong_algorithm', () => handmade({ alg: 'RS256' }, claims())],
    ['an HMAC with a public key as secret', 'bad_signature', () => handmade({ alg: 'HS256' }, claims(), publicPem)],
    ['HS512 with the right secret', 'wrong_algorithm', async () => sign(claims(), secret, { alg: 'HS512' })],
    ['an HMAC with nothing as secret', 'bad_signature', () => handmade({ alg: 'HS256' }, claims(), '')],
    [
      'its own key in the header',
      'bad_signature',
      () => handmade({ alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }, claims(), Buffer.from('AAAA', 'base64url')),
    ],
    [
      'a key to be fetched',
      'bad_signature',
      () => handmade({ alg: 'HS256', kid: '../../dev/null', jku: 'https://evil.example/keys' }, claims(), ''),
    ],
    ['what must be understood and is not', 'malformed', () => handmade({ alg: 'HS256', crit: ['b64'], b64: false }, claims())],
    [
      'a changed subject',
      'bad_signature',
      async () => (await sign(claims())).replace(/\.[^.]+\./, `.${part({ ...claims(), sub: 'admin' })}.`),
    ],
    ['an end that is past', 'expired', () => sign({ ...claims(), exp: inSeconds(-120) })],
    ['no end', 'no_expiry', () => sign({ sub: 'mallory', exp: undefined })],
    ['an end that is no number', 'no_expiry', () => handmade({ alg: 'HS256' }, { ...claims(), exp: '9999999999' })],
    ['an end in eight days', 'expiry_too_far', () => sign({ ...claims(), exp: inSeconds(8 * 86_400) })],
    ['a beginning in the future', 'malformed', () => sign({ ...claims(), nbf: inSeconds(3600) })],
    ['no subject', 'no_subject', () => sign({ sub: undefined })],
    ['a blank subject', 'no_subject', () => sign({ sub: '   ' })],
    ['a subject with NUL', 'no_subject', () => sign({ sub: 'a\u0000b' })],
    ['a subject that is a list', 'no_subject', () => handmade({ alg: 'HS256' }, { ...claims(), sub: ['ada'] })],
    ['no token at all', 'malformed', () => 'hello'],
    ['nothing', 'malformed', () => ''],
    ['an encrypted token', 'wrong_algorithm', () => `${part({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`],
  ];

  it.each(forgeries)('%s: %s', async (_, reason, forge) => {
    const anonymous = await visit();
    const session = await visit({ token: anonymous.token, identity: await forge() });
    // The chat goes on as before.
    expect(session).toMatchObject({ identified: false, visitorId: anonymous.visitorId });
    await converse(session.token);
    expect((await listed()).failures[0]).toMatchObject({ reason, origin: app.url });
  });

  it('leaves an identified visitor anonymous, not with their history', async () => {
    const known = await visit({ identity: await sign({ sub: 'heidi' }) });
    await converse(known.token);
    const expired = await visit({ token: known.token, identity: await sign({ sub: 'heidi', exp: inSeconds(-600) }) });
    expect(expired.identified).toBe(false);
    expect(expired.visitorId).not.toBe(known.visitorId);
    expect(await own(expired.token)).toEqual([]);
  });

  it('is told as such where the bot has no secret', async () => {
    const bare = await aBot(app.url, owner.as);
    expect((await visit({ bot: bare, identity: await sign({ sub: 'ada' }) })).identified).toBe(false);
    expect((await listed(bare)).failures).toMatchObject([{ reason: 'no_secret' }]);
  });

  it('is what the identity of another bot or another tenant is here', async () => {
    const stranger = await aWorkspace(app.url);
    const strangerBot = await aBot(app.url, stranger.as);
    const strangerSecret = await aSecret(strangerBot, stranger.as);
    const sibling = await aBot(app.url, owner.as);
    const siblingSecret = await aSecret(sibling, owner.as);
    for (const key of [strangerSecret, siblingSecret]) {
      expect((await visit({ identity: await sign({ sub: 'ada' }, key) })).identified).toBe(false);
      expect((await listed()).failures[0]).toMatchObject({ reason: 'bad_signature' });
    }
    // Replayed on another bot, a good one is refused as well.
    expect((await visit({ bot: strangerBot, identity: await sign({ sub: 'ada' }) })).identified).toBe(false);
  });

  it('is counted on allowed pages only, and no more than 50 are kept', async () => {
    const bot = await aBot(app.url, owner.as);
    const attempt = (origin: string) =>
      request(app.url, 'POST', routes.createVisitorSession.path, { botId: bot, identity: 'wrong' }, { origin });
    expect((await attempt('https://evil.example')).status).toBe(403);
    expect((await listed(bot)).failures).toEqual([]);
    for (let count = 0; count < 55; count += 1) await attempt(app.url);
    const { rows } = await admin.query('SELECT count(*)::int AS count FROM identity_failures WHERE bot_id = $1', [bot]);
    expect([rows[0], (await listed(bot)).failures.length]).toEqual([{ count: 50 }, 50]);
  });
});

describe('secrets', () => {
  it('are two at most, are shown once, and are changed without anybody noticing', async () => {
    const bot = await aBot(app.url, owner.as);
    const before = await aSecret(bot, owner.as);
    const next = await aSecret(bot, owner.as);
    expect((await request(app.url, 'POST', `/v1/bots/${bot}/identity-secrets`, undefined, owner.as)).body).toMatchObject({
      error: { code: 'conflict' },
    });
    for (const key of [before, next])
      expect((await visit({ bot, identity: await sign({ sub: 'ada' }, key) })).identified).toBe(true);
    const { items } = await listed(bot);
    expect(items.map(({ prefix }) => prefix)).toEqual([before.slice(0, 10), next.slice(0, 10)]);
    expect(items.every(({ lastUsedAt }) => lastUsedAt !== null)).toBe(true);
    expect(JSON.stringify(items)).not.toContain(before.slice(12));
    expect(
      (await request(app.url, 'DELETE', `/v1/bots/${bot}/identity-secrets/${items[0]!.id}`, undefined, owner.as)).status,
    ).toBe(200);
    expect((await visit({ bot, identity: await sign({ sub: 'ada' }, before) })).identified).toBe(false);
    expect((await visit({ bot, identity: await sign({ sub: 'ada' }, next) })).identified).toBe(true);
  });

  it('stay two where four are asked for at the same moment', async () => {
    const bot = await aBot(app.url, owner.as);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => request(app.url, 'POST', `/v1/bots/${bot}/identity-secrets`, undefined, owner.as)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
  });

  it('are sealed in the database, and open under their own tenant only', async () => {
    const { rows } = await admin.query<{ sealed_secret: string }>(
      'SELECT sealed_secret FROM identity_secrets WHERE bot_id = $1',
      [botId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.sealed_secret).toMatch(/^v1\./);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(4));
  });

  it('that do not open any more, because the installation has another key, turn no visitor away', async () => {
    const bot = await aBot(app.url, owner.as);
    const [lost, good] = [await aSecret(bot, owner.as), await aSecret(bot, owner.as)];
    // Of another workspace: it opens there only.
    const stranger = await aWorkspace(app.url);
    const strangerBot = await aBot(app.url, stranger.as);
    const foreign = await aSecret(strangerBot, stranger.as);
    await admin.query(
      `UPDATE identity_secrets SET sealed_secret = (SELECT sealed_secret FROM identity_secrets WHERE bot_id = $2) WHERE bot_id = $1 AND prefix = $3`,
      [bot, strangerBot, lost.slice(0, 10)],
    );
    for (const key of [lost, foreign])
      expect((await visit({ bot, identity: await sign({ sub: 'ada' }, key) })).identified).toBe(false);
    expect((await visit({ bot, identity: await sign({ sub: 'ada' }, good) })).identified).toBe(true);
  });

  it('are the business of admins', async () => {
    const stranger = await aWorkspace(app.url);
    const { items } = await listed();
    expect((await request(app.url, 'GET', `/v1/bots/${botId}/identity-secrets`, undefined, stranger.as)).status).toBe(404);
    expect((await request(app.url, 'POST', `/v1/bots/${botId}/identity-secrets`, undefined, stranger.as)).status).toBe(404);
    expect(
      (await request(app.url, 'DELETE', `/v1/bots/${botId}/identity-secrets/${items[0]!.id}`, undefined, stranger.as)).status,
    ).toBe(404);
    const otherBot = await aBot(app.url, owner.as);
    expect(
      (await request(app.url, 'DELETE', `/v1/bots/${otherBot}/identity-secrets/${items[0]!.id}`, undefined, owner.as)).status,
    ).toBe(404);
  });
});
