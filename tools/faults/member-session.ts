import { setTimeout as wait } from 'node:timers/promises';
import { Refused } from './insist';

export interface MemberAccount {
  email: string;
  password: string;
}

/** Who is signed in, and what their browser sends along from then on. */
export interface MemberSession {
  personId: string;
  headers: { cookie: string; origin: string; 'docent-workspace': string };
}

/** Signs in through whatever happens to the connection. Throws `Refused` where the account is not accepted. */
export async function signInAs(url: string, account: MemberAccount): Promise<MemberSession> {
  for (;;) {
    const session = await trySignIn(url, account).catch((error: unknown) => {
      if (error instanceof Refused) throw error;
      return null;
    });
    if (session) return session;
    await wait(200);
  }
}

async function trySignIn(url: string, account: MemberAccount): Promise<MemberSession | null> {
  const response = await fetch(`${url}/v1/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json', origin: url }, body: JSON.stringify(account), signal: AbortSignal.timeout(10_000) });
  if (response.status === 401) throw new Refused('The member cannot sign in', 401);
  if (!response.ok) return null;
  const { person, workspaces } = (await response.json()) as { person: { id: string }; workspaces: { id: string }[] };
  const cookie = response.headers.getSetCookie().map((text) => text.split(';')[0]).join('; ');
  return { personId: person.id, headers: { cookie, origin: url, 'docent-workspace': workspaces[0]!.id } };
}
