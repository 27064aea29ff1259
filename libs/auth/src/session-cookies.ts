import fastifyCookie from '@fastify/cookie';

/** Lifetimes of the two tokens of a session. */
export const accessSeconds = 15 * 60;
export const refreshSeconds = 30 * 24 * 3600;

const accessName = 'docent_access';
const refreshName = 'docent_refresh';
/** The refresh token is sent to the account routes only. */
const refreshPath = '/v1/auth';

export interface SessionTokens {
  access: string;
  /** Absent where the refresh token stays as it is. */
  refresh?: string;
}

/** The access token in a `cookie` header. */
export function accessCookie(cookieHeader: string | undefined): string | undefined {
  return cookieHeader === undefined ? undefined : fastifyCookie.parse(cookieHeader)[accessName];
}

/** The refresh token in a `cookie` header. */
export function refreshCookie(cookieHeader: string | undefined): string | undefined {
  return cookieHeader === undefined ? undefined : fastifyCookie.parse(cookieHeader)[refreshName];
}

/** `set-cookie` headers that hand out a session's tokens; scripts can't read them, other sites can't make a browser send them. */
export function cookiesFor(tokens: SessionTokens, secure: boolean): string[] {
  const access = fastifyCookie.serialize(accessName, tokens.access, {
    httpOnly: true,
    secure,
    sameSite: 'lax',
    path: '/',
    maxAge: accessSeconds,
  });
  if (tokens.refresh === undefined) return [access];
  return [
    access,
    fastifyCookie.serialize(refreshName, tokens.refresh, {
      httpOnly: true,
      secure,
      sameSite: 'strict',
      path: refreshPath,
      maxAge: refreshSeconds,
    }),
  ];
}

/** `set-cookie` headers that take the tokens back. */
export function expiredCookies(secure: boolean): string[] {
  return [
    fastifyCookie.serialize(accessName, '', { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: 0 }),
    fastifyCookie.serialize(refreshName, '', { httpOnly: true, secure, sameSite: 'strict', path: refreshPath, maxAge: 0 }),
  ];
}
