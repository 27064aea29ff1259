import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@docent/contracts';
import { aBot, addSource, anApiKey, answerEnds, aWorkspace, request, type As, type Workspace } from './support/api-client';
import { openSocket, presenting, type OpenSocket } from './support/conversation-socket';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let owner: Workspace;
let stranger: Workspace;
let key: As;
let botId: string;
/** Stands through everything that others do. */
let witness: OpenSocket;
let witnessed: string;
const open: OpenSocket[] = [];
const question = 'How much does a berth cost?';

beforeAll(async () => {
  app = await startApp();
  [owner, stranger] = [await aWorkspace(app.url), await aWorkspace(app.url)];
  key = { key: await anApiKey(app.url, owner.as) };
  botId = await aBot(app.url, key, { allowedOrigins: ['https://shop.example'] });
  await addSource(app.url, botId, { type: 'text', name: 'Harbour', text: 'A berth costs 24 euros per night for boats up to ten metres.' }, key);
  witness = await openSocket(app.url, key);
  witnessed = await begin();
  await witness.ask('follow', { conversationId: witnessed });
});
/** Whatever happened: the server is healthy, and the witness is answered. */
afterEach(async () => {
  for (const socket of open.splice(0)) socket.close();
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  expect(witness.socket.connected).toBe(true);
  const clientMessageId = randomUUID();
  const { seq } = await witness.ask('send', { conversationId: witnessed, clientMessageId, text: question });
  await witness.until(witnessed, (event) => event.seq > Number(seq) && answerEnds(event));
});
afterAll(async () => {
  witness?.close();
  await app?.close();
});

const begin = async (as: As = key, bot = botId) => String((await request(app.url, 'POST', `/v1/bots/${bot}/conversations`, {}, as)).body.id);
const aVisitor = async (): Promise<As> => {
  const { body } = await request(app.url, 'POST', routes.createVisitorSession.path, { botId }, { origin: 'https://shop.example' });
  return { visitor: String(body.token), origin: 'https://shop.example' };
};

async function connected(as: As): Promise<OpenSocket> {
  const socket = await openSocket(app.url, as);
  open.push(socket);
  return socket;
}

const codeOf = ({ error }: Awaited<ReturnType<OpenSocket['ask']>>) => error?.code;
const endOf = ({ socket }: OpenSocket) => new Promise<string>((resolve) => socket.once('disconnect', resolve));

/** A WebSocket without socket.io: hears what it is sent, says whatever it wants. */
async function rawSocket(): Promise<{ line: WebSocket; heard: string[]; closed: Promise<number> }> {
  const line = new WebSocket(`${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const heard: string[] = [];
  line.addEventListener('message', ({ data }) => heard.push(String(data)));
  const closed = new Promise<number>((resolve) => line.addEventListener('close', ({ code }) => resolve(code)));
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  return { line, heard, closed };
}

describe('who may connect', () => {
  it('nobody without a good credential, of the right website', async () => {
    const visitor = await aVisitor();
    const refused: Record<string, As> = {
      nothing: {},
      'a made-up key': { key: 'dk_made_up_and_long_enough_to_be_one' },
      'an empty key': { key: '' },
      'a made-up token': { visitor: 'a.b.c' },
      'a key as a token': { visitor: key.key! },
      'a token as a key': { key: visitor.visitor! },
      'a token of another website': { visitor: visitor.visitor!, origin: 'https://evil.example' },
      'a session on another website': { ...owner.as, origin: 'https://evil.example' },
      'a session in a foreign workspace': { cookies: stranger.cookies, workspaceId: owner.workspaceId },
      'a session without a workspace': { cookies: owner.cookies },
      'a key without the scope': { key: await anApiKey(app.url, owner.as, ['bots:read']) },
    };
    for (const [who, as] of Object.entries(refused)) await expect(connected(as), who).rejects.toThrow('unauthenticated');
  });

  it('a bad key is not helped by good cookies, and a credential of the wrong type is none', async () => {
    const { extraHeaders } = presenting(app.url, owner.as);
    const auths = [{ apiKey: 'dk_wrong', workspaceId: owner.workspaceId }, { apiKey: { $ne: '' } }, { apiKey: [key.key] }, { visitorToken: 1 }, { workspaceId: { $gt: '' } }, { apiKey: null, workspaceId: owner.workspaceId }];
    for (const auth of auths) await expect(openSocket(app.url, owner.as, { auth, extraHeaders }), JSON.stringify(auth)).rejects.toThrow('unauthenticated');
  });

  it('only the namespaces that there are', async () => {
    for (const namespace of ['admin', 'console/../conversations', `tenant:${owner.workspaceId}`]) await expect(openSocket(`${app.url}/${namespace}`, key), namespace).rejects.toThrow();
  });
});

describe('what may be asked', () => {
  it('nothing of somebody else: it is not there', async () => {
    const theirs = await connected(stranger.as);
    const [visitor, other] = [await connected(await aVisitor()), await aVisitor()];
    const ofOther = await begin(other);
    const { turnId, seq } = await witness.ask('send', { conversationId: witnessed, clientMessageId: 'known', text: question });
    for (const [socket, conversationId] of [[theirs, witnessed], [visitor, witnessed], [visitor, ofOther], [theirs, randomUUID()]] as const) {
      expect(codeOf(await socket.ask('follow', { conversationId }))).toBe('not_found');
      expect(codeOf(await socket.ask('send', { conversationId, clientMessageId: 'planted', text: 'Planted' }))).toBe('not_found');
      expect(codeOf(await socket.ask('send', { conversationId, clientMessageId: 'known', text: 'Planted' }))).toBe('not_found');
      expect(codeOf(await socket.ask('stop', { conversationId, turnId }))).toBe('not_found');
      expect(socket.events(conversationId)).toEqual([]);
    }
    await witness.until(witnessed, (event) => event.seq > Number(seq) && answerEnds(event));
  });

  it('nothing with an id that is no id', async () => {
    const socket = await connected(key);
    const ids = [witnessed.toUpperCase(), `${witnessed}/`, ` ${witnessed}`, witnessed.replaceAll('-', ''), witnessed.replace('-', '_'), `{${witnessed}}`, `${witnessed}\0`, '../x', '', 1, null, true, [witnessed], { $ne: '' }, 'x'.repeat(10_000)];
    for (const conversationId of ids) {
      for (const name of ['follow', 'unfollow'] as const) expect(codeOf(await socket.ask(name, { conversationId })), JSON.stringify(conversationId)).toBe('invalid_request');
      await new Promise((tick) => setTimeout(tick, 110));
    }
  });

  it('nothing of another form', async () => {
    const socket = await connected(key);
    const payloads: [Parameters<OpenSocket['ask']>[0], unknown][] = [
      ['follow', null], ['follow', 'x'], ['follow', []], ['follow', { conversationId: witnessed, after: -1 }], ['follow', { conversationId: witnessed, after: '1; DROP' }], ['follow', { conversationId: witnessed, after: 1e300 }],
      ['send', { conversationId: witnessed }], ['send', { conversationId: witnessed, clientMessageId: '', text: 'x' }], ['send', { conversationId: witnessed, clientMessageId: 'x', text: '' }],
      ['send', { conversationId: witnessed, clientMessageId: 'x', text: 'a\u0000b' }], ['send', { conversationId: witnessed, clientMessageId: 'x', text: 'x'.repeat(4001) }], ['send', { conversationId: witnessed, clientMessageId: {}, text: ['x'] }],
      ['stop', { conversationId: witnessed }], ['stop', { conversationId: witnessed, turnId: 'x' }],
    ];
    for (const [name, payload] of payloads) expect(codeOf(await socket.ask(name, payload)), JSON.stringify([name, payload])).toBe('invalid_request');
    for (const name of ['join', 'event', 'presence', 'change', '__proto__', 'constructor']) socket.socket.emit(name, { room: witnessed });
    expect(await socket.ask('unfollow', { conversationId: witnessed })).toEqual({ ok: true });
  });

  it('no more conversations than a hundred at once', async () => {
    const conversations: string[] = [];
    for (let count = 0; count < 102; count += 1) conversations.push(await begin());
    const socket = await connected(key);
    const codes: (string | undefined)[] = [];
    for (const conversationId of conversations) {
      codes.push(codeOf(await socket.ask('follow', { conversationId })));
      await new Promise((tick) => setTimeout(tick, 55));
    }
    expect(codes).toEqual([...Array.from({ length: 100 }, () => undefined), 'rate_limited', 'rate_limited']);
  });
});

describe('what may be said on the line', () => {
  it('no packets that are none', async () => {
    const junk = ['9', 'x', '4', '49', '4{"a":1}', '42', '42[', '42["follow"', '40/conversations,{"apiKey"', '42/conversations,["follow",{}]', '451-/conversations,["follow",{"_placeholder":true,"num":0}]', '4599999-["follow"]', '43/conversations,0[]', '44{"message":"x"}', '\u0000', '6', '5'];
    for (const packet of junk) {
      const { line } = await rawSocket();
      line.send(packet);
      // Cut, or left alone until it says who it is; never answered as somebody.
      await new Promise((tick) => setTimeout(tick, 20));
      line.close();
    }
  });

  it('nothing that is too large', async () => {
    const socket = await connected(key);
    const ended = endOf(socket);
    socket.socket.emit('send', { conversationId: witnessed, clientMessageId: 'x', text: 'x'.repeat(50_000) });
    await ended;
    const { line, closed } = await rawSocket();
    line.send(`40/conversations,${JSON.stringify({ apiKey: 'x'.repeat(40_000) })}`);
    expect(await closed).toBe(1009);
  });

  it('nothing binary: neither attachments nor frames', async () => {
    const socket = await connected(key);
    const refused = new Promise<{ error: { code: string } }>((resolve) => socket.socket.once('refused', resolve));
    const ended = endOf(socket);
    socket.socket.emit('follow', { conversationId: Buffer.alloc(1000), more: [Buffer.alloc(1000), Buffer.alloc(1000)] });
    expect((await refused).error.code).toBe('invalid_request');
    await ended;
    const { line, closed } = await rawSocket();
    line.send(new Uint8Array(1000));
    await closed;
  });

  it('no flood: it ends with a reason, and only for who makes it', async () => {
    const socket = await connected(key);
    const refused = new Promise<{ error: { code: string } }>((resolve) => socket.socket.once('refused', resolve));
    const ended = endOf(socket);
    for (let count = 0; count < 1000; count += 1) socket.socket.emit('unfollow', { conversationId: witnessed });
    expect((await refused).error.code).toBe('rate_limited');
    // The client does not come back by itself.
    expect(await ended).toBe('io server disconnect');
    const { line, closed } = await rawSocket();
    for (let count = 0; count < 1000; count += 1) line.send('2');
    await closed;
  });
});

describe('whoever may no longer', () => {
  // Shorter than the half minute after which every socket is looked at anyway.
  it('is silent when the member is removed, and cannot ask when demoted', { timeout: 20_000 }, async () => {
    const colleague = await aColleague('agent');
    const socket = await connected(colleague.as);
    await socket.ask('follow', { conversationId: witnessed, after: 1_000_000 });
    expect(codeOf(await socket.ask('follow', { conversationId: witnessed, after: 1_000_000 }))).toBeUndefined();
    await request(app.url, 'PATCH', `/v1/members/${colleague.memberId}`, { role: 'viewer' }, owner.as);
    expect(codeOf(await socket.ask('send', { conversationId: witnessed, clientMessageId: 'demoted', text: 'x' }))).toBe('forbidden');
    expect(codeOf(await socket.ask('follow', { conversationId: witnessed }))).toBeUndefined();
    const ended = endOf(socket);
    await request(app.url, 'DELETE', `/v1/members/${colleague.memberId}`, undefined, owner.as);
    await ended;
    await expect(connected(colleague.as)).rejects.toThrow('unauthenticated');
  });

  it('is refused when the key is revoked or the session ends', { timeout: 20_000 }, async () => {
    const created = await request(app.url, 'POST', '/v1/api-keys', { name: 'Short', scopes: ['chat'] }, owner.as);
    const byKey = await connected({ key: String(created.body.secret) });
    const keyEnded = endOf(byKey);
    await request(app.url, 'DELETE', `/v1/api-keys/${String(created.body.id)}`, undefined, owner.as);
    byKey.socket.emit('send', { conversationId: witnessed, clientMessageId: 'revoked', text: 'x' });
    await keyEnded;
    const session = await connected(stranger.as);
    const ended = endOf(session);
    await request(app.url, 'POST', routes.signOut.path, undefined, { cookies: stranger.cookies });
    await ended;
  });
});

async function aColleague(role: string): Promise<{ as: As; memberId: string }> {
  const account = await aWorkspace(app.url);
  const invitation = await request(app.url, 'POST', routes.inviteMember.path, { email: account.email, role }, owner.as);
  await request(app.url, 'POST', routes.acceptInvitation.path, { token: String(invitation.body.link).split('/').at(-1)! }, { cookies: account.cookies });
  const { members } = (await request(app.url, 'GET', routes.listMembers.path, undefined, owner.as)).body as { members: { id: string; personId: string }[] };
  return { as: { cookies: account.cookies, workspaceId: owner.workspaceId }, memberId: members.find(({ personId }) => personId === account.personId)!.id };
}
