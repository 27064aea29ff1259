/** Lifetimes of the two tokens of a session. */
export const accessSeconds = 15 * 60;
export const refreshSeconds = 30 * 24 * 3600;

/** Lax: following a link from another site keeps one signed in, and only requests that change nothing carry it from there. */
const accessCookieKind = { name: 'docent_access', path: '/', sameSite: 'Lax', maxAgeSeconds: accessSeconds };
/** Sent to the account routes only, and never from another site. */
const refreshCookieKind = { name: 'docent_refresh', path: '/v1/auth', sameSite: 'Strict', maxAgeSeconds: refreshSeconds };

type CookieKind = typeof accessCookieKind;

export interface SessionTokens {
  access: string;
  /** Absent where the refresh token stays as it is. */
  refresh?: string;
}

/** The access token in a `cookie` header. */
export function accessCookie(cookieHeader: string | undefined): string | undefined {
  return cookieNamed(accessCookieKind.name, cookieHeader);
}

/** The refresh token in a `cookie` header. */
export function refreshCookie(cookieHeader: string | undefined): string | undefined {
  return cookieNamed(refreshCookieKind.name, cookieHeader);
}

/** `set-cookie` headers that hand out a session's tokens. Scripts can't read them. */
export function cookiesFor(tokens: SessionTokens, secure: boolean): string[] {
  const access = setCookie(accessCookieKind, tokens.access, secure);
  return tokens.refresh === undefined ? [access] : [access, setCookie(refreshCookieKind, tokens.refresh, secure)];
}

/** `set-cookie` headers that take the tokens back. */
export function expiredCookies(secure: boolean): string[] {
  return [accessCookieKind, refreshCookieKind].map((kind) => setCookie({ ...kind, maxAgeSeconds: 0 }, '', secure));
}

/** Of several with one name the first counts: browsers send the most specific path first (RFC 6265, 5.4). */
function cookieNamed(name: string, cookieHeader = ''): string | undefined {
  const pairs = cookieHeader.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || undefined;
}

/** Both tokens consist of letters, digits, `-`, `_` and `.`, so that nothing needs quoting. */
function setCookie({ name, path, sameSite, maxAgeSeconds }: CookieKind, value: string, secure: boolean): string {
  return `${name}=${value}; Max-Age=${maxAgeSeconds}; Path=${path}; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`;
}
