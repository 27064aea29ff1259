import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@docent/contracts';
import { aWorkspace, cookiesOf, request, type Answer, type As } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let own: string;
beforeAll(async () => {
  app = await startApp();
  own = app.url;
});
afterAll(() => app?.close());

const password = 'a quiet lighthouse at noon';
const post = (path: string, body: unknown, as: As = { origin: own }) => request(app.url, 'POST', path, body, as);
const signIn = (email: string, given = password) => post(routes.signIn.path, { email, password: given });
const refresh = (cookies: string) => post(routes.refresh.path, undefined, { cookies });
const me = (cookies: string) => request(app.url, 'GET', routes.me.path, undefined, { cookies });
const errorOf = (answer: Answer) => (answer.body.error as { code: string }).code;
const setsRefreshCookie = (answer: Answer) => answer.headers.getSetCookie().some((cookie) => /^docent_refresh=[^;]/.test(cookie));

describe('an account', () => {
  it('begins with a workspace of its own, whatever else the request asks for', async () => {
    const first = await aWorkspace(app.url);
    const wishes = {
      id: first.personId,
      workspaceId: first.workspaceId,
      tenantId: first.workspaceId,
      role: 'owner',
      planId: 'scale',
    };
    const answer = await post(routes.signUp.path, {
      email: 'WISHES@example.com',
      password,
      name: 'Wishes',
      workspaceName: 'Own',
      ...wishes,
    });
    expect(answer.status).toBe(201);
    const { person, workspaces } = routes.signUp.response.parse(answer.body);
    expect(person).toMatchObject({ email: 'wishes@example.com', name: 'Wishes' });
    expect(person.id).not.toBe(first.personId);
    expect(workspaces).toEqual([{ id: expect.not.stringContaining(first.workspaceId), name: 'Own', role: 'owner' }]);
    expect(await me(cookiesOf(answer.headers))).toMatchObject({ status: 200, body: { person, workspaces } });
  });

  it('keeps its cookies from scripts and from other sites', async () => {
    const { email } = await aWorkspace(app.url);
    const cookies = (await signIn(email)).headers.getSetCookie();
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; SameSite=(Lax|Strict)$/);
  });

  it('is not taken twice', async () => {
    const { email } = await aWorkspace(app.url);
    const answer = await post(routes.signUp.path, {
      email: email.toUpperCase(),
      password,
      name: 'Second',
      workspaceName: 'Second',
    });
    expect([answer.status, errorOf(answer)]).toEqual([409, 'email_taken']);
  });

  it('refuses a password that is guessed first, and says why', async () => {
    const answer = await post(routes.signUp.path, {
      email: 'weak@example.com',
      password: 'Password1234!',
      name: 'Weak',
      workspaceName: 'Weak',
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request', details: { fields: [{ in: 'body', field: 'password' }] } } },
    });
  });

  it('tells nobody whether an address has an account', async () => {
    const { email } = await aWorkspace(app.url);
    const answers = [await signIn(email, 'not the right password'), await signIn('nobody@example.com', 'not the right password')];
    const [known, unknown] = answers.map(({ status, headers, body }) => ({
      status,
      cookies: headers.getSetCookie(),
      error: { ...(body.error as object), requestId: '' },
    }));
    expect(known).toMatchObject({ status: 401, cookies: [], error: { code: 'invalid_credentials' } });
    expect(unknown).toEqual(known);
  });

  it.each([
    { email: { $ne: '' }, password },
    { email: ['a@example.com'], password },
    { email: 'a@example.com', password: { length: 12 } },
    [],
    'text',
    null,
  ])('refuses %o as a sign-in', async (body) => {
    const answer = await post(routes.signIn.path, body);
    expect([answer.status, errorOf(answer)]).toEqual([400, 'invalid_request']);
  });
});

describe('a session', () => {
  it('goes on with a new refresh token and ends when an old one comes again', async () => {
    const { cookies } = await aWorkspace(app.url);
    const second = cookiesOf((await refresh(cookies)).headers);
    const third = cookiesOf((await refresh(second)).headers);
    expect((await me(third)).status).toBe(200);
    // Two rotations ago: only a copy can still have it.
    const replayed = await refresh(cookies);
    expect([replayed.status, errorOf(replayed)]).toEqual([401, 'session_expired']);
    expect((await me(third)).status).toBe(401);
    expect((await refresh(third)).status).toBe(401);
  });

  it('has one successor when many tabs refresh at once, and all of them stay signed in', async () => {
    const { cookies } = await aWorkspace(app.url);
    const answers = await Promise.all(Array.from({ length: 30 }, () => refresh(cookies)));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    expect(answers.filter(setsRefreshCookie)).toHaveLength(1);
    for (const answer of answers) expect((await me(cookiesOf(answer.headers))).status).toBe(200);
    expect((await refresh(cookiesOf(answers.find(setsRefreshCookie)!.headers))).status).toBe(200);
  });

  it.each(['', 'docent_refresh=', 'docent_refresh=made.up.token', 'docent_refresh=0198f000-0000-7000-8000-000000000001.x.y'])(
    'is not continued with "%s"',
    async (cookies) => {
      const answer = await post(routes.refresh.path, undefined, cookies ? { cookies } : { origin: own });
      expect([answer.status, errorOf(answer)]).toEqual([401, 'session_expired']);
    },
  );

  it('ends at sign-out: access and refresh token are worth nothing afterwards', async () => {
    const { cookies } = await aWorkspace(app.url);
    const answer = await post(routes.signOut.path, undefined, { cookies });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringContaining('docent_access=; Max-Age=0'),
      expect.stringContaining('docent_refresh=; Max-Age=0'),
    ]);
    expect((await me(cookies)).status).toBe(401);
    expect((await refresh(cookies)).status).toBe(401);
  });

  it('survives a change of its password alone: all others end', async () => {
    const { cookies, email } = await aWorkspace(app.url);
    const other = cookiesOf((await signIn(email)).headers);
    expect((await me(other)).status).toBe(200);
    const change = (currentPassword: string, newPassword: string) =>
      post(routes.changePassword.path, { currentPassword, newPassword }, { cookies });
    expect(errorOf(await change('not the right password', 'violet kettle runs north'))).toBe('invalid_credentials');
    expect((await change(password, 'violet kettle runs north')).status).toBe(200);
    expect((await me(cookies)).status).toBe(200);
    expect((await me(other)).status).toBe(401);
    expect((await refresh(other)).status).toBe(401);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, 'violet kettle runs north')).status).toBe(200);
  });

  it('may be begun as often as its owner likes', async () => {
    const { email } = await aWorkspace(app.url);
    for (let time = 0; time < 15; time++) expect((await signIn(email)).status).toBe(200);
  });

  it('is not entered by guessing: the eleventh try at one account waits', async () => {
    const { email } = await aWorkspace(app.url);
    for (let attempt = 0; attempt < 10; attempt++) expect((await signIn(email, `guess number ${attempt}`)).status).toBe(401);
    const refused = await signIn(email);
    expect([refused.status, errorOf(refused)]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // Other accounts on the same network are not locked out with it.
    expect((await signIn((await aWorkspace(app.url)).email)).status).toBe(200);
  });
});
