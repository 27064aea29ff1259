import type { ErrorBody, VisitorSession } from '@docent/contracts';
import type { Saved } from './saved';

/** What a call throws: a refusal by the server with `status`, `code` and its own words; without `status`, a broken connection. */
export interface Refusal extends Error {
  status: number;
  code: string;
}

export interface VisitorApi {
  /** Fetches the bot and a token; the earlier token, or the identity that the page has given, keeps the visitor the same person. */
  renew(signal: AbortSignal): Promise<VisitorSession>;
  /** One call with the visitor's token, renewed before it ends and when the server says so. Throws `Refusal`. */
  call(method: string, path: string, signal: AbortSignal, body?: unknown): Promise<Response>;
}

/** A call is over by then; on a line that is dead without saying so it would hang for minutes. */
const patienceMs = 20_000;

export function createVisitorApi(base: string, botId: string, saved: Saved): VisitorApi {
  let renewAt = 0;

  async function request(method: string, path: string, signal: AbortSignal, body?: unknown, token?: string) {
    const response = await fetch(`${base}/v1/${path}`, {
      method,
      // The event stream alone has no end.
      signal: /events\?/.test(path) ? signal : AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(token && { authorization: `Bearer ${token}` }) },
      credentials: 'omit',
      body: JSON.stringify(body),
    });
    if (response.ok) return response;
    const { error }: Partial<ErrorBody> = await response.json().catch(() => ({}));
    throw Object.assign(new Error(error?.message ?? `HTTP ${response.status}`), { status: response.status, code: error?.code });
  }

  async function renew(signal: AbortSignal): Promise<VisitorSession> {
    const { token } = saved.read();
    const identity = (globalThis as { Docent?: { traits?: unknown } }).Docent?.traits;
    try {
      const session: VisitorSession = await (
        await request('POST', 'visitor-sessions', signal, {
          botId,
          token,
          identity: typeof identity === 'string' ? identity : undefined,
        })
      ).json();
      saved.write({ token: session.token, look: session.bot.widget });
      // Never more often than once a minute, whatever this computer's clock says.
      renewAt = Math.max(Date.parse(session.expiresAt), Date.now() + 12e4) - 6e4;
      return session;
    } catch (error) {
      if (!token || (error as Refusal).status !== 401) throw error;
      saved.write({ token: undefined });
      return renew(signal);
    }
  }

  return {
    renew,
    async call(method, path, signal, body) {
      if (Date.now() > renewAt) await renew(signal);
      try {
        return await request(method, path, signal, body, saved.read().token);
      } catch (error) {
        if ((error as Refusal).status !== 401) throw error;
        await renew(signal);
        return request(method, path, signal, body, saved.read().token);
      }
    },
  };
}
