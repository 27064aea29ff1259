import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Change, routes, type Role } from '@docent/contracts';
import { systemContext, TenantDb } from '@docent/platform';
import { aWorkspace, cookiesOf, request, type As, type Workspace } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const invite = (as: As, email: string, role: Role) => request(app.url, 'POST', routes.inviteMember.path, { email, role }, as);
const accept = (cookies: string, link: unknown) =>
  request(app.url, 'POST', routes.acceptInvitation.path, { token: String(link).split('/').at(-1) }, { cookies });
const listMembers = async (as: As) =>
  routes.listMembers.response.parse((await request(app.url, 'GET', routes.listMembers.path, undefined, as)).body);
const changeRole = (as: As, id: string, role: Role) => request(app.url, 'PATCH', `/v1/members/${id}`, { role }, as);
const remove = (as: As, id: string) => request(app.url, 'DELETE', `/v1/members/${id}`, undefined, as);

interface Colleague {
  as: As;
  memberId: string;
  account: Workspace;
}

/** Another account that has joined the workspace. */
async function join(owner: Workspace, role: Role): Promise<Colleague> {
  const account = await aWorkspace(app.url);
  const { body } = await invite(owner.as, account.email, role);
  const joined = await accept(account.cookies, body.link);
  expect(joined).toMatchObject({
    status: 200,
    body: { workspaces: expect.arrayContaining([expect.objectContaining({ id: owner.workspaceId, role })]) },
  });
  const member = (await listMembers(owner.as)).members.find(({ personId }) => personId === account.personId);
  return { as: { cookies: account.cookies, workspaceId: owner.workspaceId }, memberId: member!.id, account };
}

const memberIdOf = async (workspace: Workspace) =>
  (await listMembers(workspace.as)).members.find(({ personId }) => personId === workspace.personId)!.id;

describe('invitations', () => {
  it('are for one address and work once', async () => {
    const owner = await aWorkspace(app.url);
    const [guest, thief] = [await aWorkspace(app.url), await aWorkspace(app.url)];
    const { status, body } = await invite(owner.as, guest.email.toUpperCase(), 'agent');
    expect(status).toBe(201);
    expect(body.link).toMatch(new RegExp(`^${app.url}/invite/[\\w-]{43}$`));
    expect((await accept(thief.cookies, body.link)).status).toBe(404);
    expect((await accept(guest.cookies, 'x')).status).toBe(404);
    expect((await accept(guest.cookies, body.link)).status).toBe(200);
    expect((await accept(guest.cookies, body.link)).status).toBe(404);
    const { members, invitations } = await listMembers(owner.as);
    expect(members.map(({ personId, role }) => [personId, role])).toEqual([
      [owner.personId, 'owner'],
      [guest.personId, 'agent'],
    ]);
    expect(invitations).toEqual([]);
  });

  it('replace an earlier one for the same address, and end when they are withdrawn', async () => {
    const owner = await aWorkspace(app.url);
    const guest = await aWorkspace(app.url);
    const first = await invite(owner.as, guest.email, 'viewer');
    const second = await invite(owner.as, guest.email, 'agent');
    expect((await listMembers(owner.as)).invitations).toHaveLength(1);
    expect((await accept(guest.cookies, first.body.link)).status).toBe(404);
    const withdraw = (as: As) => request(app.url, 'DELETE', `/v1/invitations/${String(second.body.id)}`, undefined, as);
    expect((await withdraw(guest.as)).status).toBe(404);
    expect((await withdraw(owner.as)).status).toBe(200);
    expect((await withdraw(owner.as)).status).toBe(404);
    expect((await accept(guest.cookies, second.body.link)).status).toBe(404);
  });

  it('are not sent to members', async () => {
    const owner = await aWorkspace(app.url);
    expect(await invite(owner.as, owner.email, 'viewer')).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'already_member' } } },
    });
  });
});

describe('roles', () => {
  it('let an admin manage everybody but owners', async () => {
    const owner = await aWorkspace(app.url);
    const [admin, agent] = [await join(owner, 'admin'), await join(owner, 'agent')];
    const ownerId = await memberIdOf(owner);
    expect((await changeRole(admin.as, agent.memberId, 'viewer')).body).toMatchObject({ id: agent.memberId, role: 'viewer' });
    expect((await changeRole(admin.as, agent.memberId, 'owner')).status).toBe(403);
    expect((await changeRole(admin.as, admin.memberId, 'owner')).status).toBe(403);
    expect((await changeRole(admin.as, ownerId, 'viewer')).status).toBe(403);
    expect((await remove(admin.as, ownerId)).status).toBe(403);
    expect((await invite(admin.as, 'new-owner@example.com', 'owner')).status).toBe(403);
    expect((await remove(admin.as, agent.memberId)).status).toBe(200);
    expect((await listMembers(owner.as)).members.map(({ role }) => role)).toEqual(['owner', 'admin']);
  });

  it('always leave an owner, even when two owners turn on each other at once', async () => {
    const first = await aWorkspace(app.url);
    const firstId = await memberIdOf(first);
    expect(await changeRole(first.as, firstId, 'admin')).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'last_owner' } } },
    });
    expect((await remove(first.as, firstId)).status).toBe(409);
    const second = await join(first, 'owner');
    const db = app.product.app.get(TenantDb);
    const ctx = systemContext(first.workspaceId, 'test');
    // Both wait at the same lock; whoever did not wait would decide by what is no longer true.
    const racing = await db.runSql(ctx, async (sql) => {
      await sql.query('SELECT FROM tenants WHERE tenant_id = $1 FOR NO KEY UPDATE', [ctx.tenantId]);
      let finished = 0;
      const answers = [remove(first.as, second.memberId), changeRole(second.as, firstId, 'viewer')];
      answers.forEach((answer) => void answer.then(() => (finished += 1)));
      for (let waiting = 0; waiting < 2 && finished === 0;) {
        [{ waiting }] = (await sql.query<{ waiting: number }>(
          'SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted',
        )) as [{ waiting: number }];
      }
      expect(finished).toBe(0);
      return { answers };
    });
    const statuses = (await Promise.all(racing.answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const members = await db.run(ctx, (tables) => tables.membership.findMany());
    expect(members.filter(({ role }) => role === 'owner')).toHaveLength(1);
  });

  it('are counted anew with every request', async () => {
    const owner = await aWorkspace(app.url);
    const admin = await join(owner, 'admin');
    const rename = () => request(app.url, 'PATCH', routes.renameWorkspace.path, { name: 'Renamed' }, admin.as);
    expect((await rename()).status).toBe(200);
    await changeRole(owner.as, admin.memberId, 'agent');
    expect((await rename()).status).toBe(403);
    await remove(owner.as, admin.memberId);
    expect((await rename()).status).toBe(404);
  });

  it('of one workspace mean nothing in another', async () => {
    const [mine, theirs] = [await aWorkspace(app.url), await aWorkspace(app.url)];
    const colleague = await join(theirs, 'agent');
    expect((await changeRole(mine.as, colleague.memberId, 'viewer')).status).toBe(404);
    expect((await remove(mine.as, colleague.memberId)).status).toBe(404);
    expect((await listMembers(theirs.as)).members).toHaveLength(2);
  });
});

describe('sockets', () => {
  const open: Socket[] = [];
  afterEach(() => open.splice(0).forEach((socket) => socket.disconnect()));

  /** Connects as a browser would; resolves with the socket, or with the reason of the refusal. */
  function connect(
    as: As & { workspaceId?: unknown },
    transports = ['websocket'],
  ): Promise<{ socket: Socket; changes: unknown[] } | string> {
    const extraHeaders = { ...(as.cookies ? { cookie: as.cookies } : {}), ...(as.origin ? { origin: as.origin } : {}) };
    const socket = io(`${app.url}/console`, {
      auth: { workspaceId: as.workspaceId },
      extraHeaders,
      transports,
      forceNew: true,
      reconnection: false,
    });
    open.push(socket);
    const changes: unknown[] = [];
    socket.on('change', (change: unknown) => changes.push(change));
    return new Promise((resolve) => {
      socket.on('connect', () => resolve({ socket, changes }));
      socket.on('connect_error', (error) => resolve(error.message));
    });
  }

  async function connected(as: As): Promise<{ socket: Socket; changes: unknown[] }> {
    const outcome = await connect(as);
    if (typeof outcome === 'string') throw new Error(`refused: ${outcome}`);
    return outcome;
  }

  const nextChange = (socket: Socket) => new Promise<unknown>((resolve) => socket.once('change', resolve));
  const end = (socket: Socket) =>
    new Promise<unknown>((resolve) => (socket.connected ? socket.once('disconnect', resolve) : resolve('gone')));

  it.each(['websocket', 'polling'])('are refused over %s without session, origin or membership', async (transport) => {
    const [owner, stranger] = [await aWorkspace(app.url), await aWorkspace(app.url)];
    const refused: (As & { workspaceId?: unknown })[] = [
      { workspaceId: owner.workspaceId },
      { workspaceId: owner.workspaceId, cookies: 'docent_access=made.up.token' },
      { workspaceId: owner.workspaceId, cookies: stranger.cookies },
      { workspaceId: undefined, cookies: owner.cookies },
      { workspaceId: { $ne: '' } as never, cookies: owner.cookies },
      { ...owner.as, origin: 'https://evil.example' },
      { ...owner.as, origin: 'null' },
    ];
    for (const as of refused) expect(await connect(as, [transport]), JSON.stringify(as)).toBe('unauthenticated');
    expect(typeof (await connect({ ...owner.as, origin: app.url }, [transport]))).toBe('object');
  });

  it('hear of their own workspace only, and cannot speak', async () => {
    const [mine, theirs] = [await aWorkspace(app.url), await aWorkspace(app.url)];
    const [here, there] = [await connected(mine.as), await connected(theirs.as)];
    there.socket.emit('join', `tenant:${mine.workspaceId}`);
    there.socket.emit('change', { kind: 'members' });
    there.socket.emit('subscribe', { room: `tenant:${mine.workspaceId}` });
    const heard = nextChange(here.socket);
    await invite(mine.as, 'somebody@example.com', 'viewer');
    expect(Change.parse(await heard)).toEqual({ kind: 'members' });
    const heardThere = nextChange(there.socket);
    await invite(theirs.as, 'somebody@example.com', 'viewer');
    await heardThere;
    expect([here.changes, there.changes]).toEqual([[{ kind: 'members' }], [{ kind: 'members' }]]);
  });

  // Shorter than the half minute after which every socket is checked anyway: the signal has to do it.
  it('fall silent when the member is removed', { timeout: 20_000 }, async () => {
    const owner = await aWorkspace(app.url);
    const colleague = await join(owner, 'agent');
    const [kept, lost] = [await connected(owner.as), await connected(colleague.as)];
    const ended = end(lost.socket);
    await remove(owner.as, colleague.memberId);
    await ended;
    const before = lost.changes.length;
    const heard = nextChange(kept.socket);
    await invite(owner.as, 'somebody@example.com', 'viewer');
    await heard;
    expect(lost.changes).toHaveLength(before);
    expect(await connect(colleague.as)).toBe('unauthenticated');
  });

  it('stay when the role changes, and end with their session', async () => {
    const owner = await aWorkspace(app.url);
    const colleague = await join(owner, 'admin');
    const { socket } = await connected(colleague.as);
    const heard = nextChange(socket);
    await changeRole(owner.as, colleague.memberId, 'viewer');
    await heard;
    const otherCookies = await signInAgain(colleague.account);
    const other = await connected({ ...colleague.as, cookies: otherCookies });
    const ended = end(socket);
    await request(app.url, 'POST', routes.signOut.path, undefined, { cookies: colleague.as.cookies });
    await ended;
    expect(other.socket.connected).toBe(true);
    const otherEnded = end(other.socket);
    const third = await signInAgain(colleague.account);
    await request(
      app.url,
      'POST',
      routes.changePassword.path,
      { currentPassword: colleague.account.password, newPassword: 'violet kettle runs north' },
      { cookies: third },
    );
    await otherEnded;
  });
});

/** The cookies of one more sign-in, as from another device. */
async function signInAgain({ email, password }: { email: string; password: string }): Promise<string> {
  return cookiesOf((await request(app.url, 'POST', routes.signIn.path, { email, password }, { origin: app.url })).headers);
}
