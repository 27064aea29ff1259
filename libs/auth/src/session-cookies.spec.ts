import { describe, expect, it } from 'vitest';
import { accessCookie, cookiesFor, expiredCookies, refreshCookie } from './session-cookies';

describe('session cookies', () => {
  it('are out of reach for scripts and other sites, and encrypted where the product is', () => {
    const [access, refresh] = cookiesFor({ access: 'a.b.c', refresh: 'r' }, true);
    expect(access).toBe('docent_access=a.b.c; Max-Age=900; Path=/; HttpOnly; SameSite=Lax; Secure');
    expect(refresh).toBe('docent_refresh=r; Max-Age=2592000; Path=/v1/auth; HttpOnly; SameSite=Strict; Secure');
    expect(cookiesFor({ access: 'a.b.c' }, false)).toEqual(['docent_access=a.b.c; Max-Age=900; Path=/; HttpOnly; SameSite=Lax']);
  });

  it('are taken back under the same name and path', () => {
    expect(expiredCookies(false)).toEqual([
      'docent_access=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
      'docent_refresh=; Max-Age=0; Path=/v1/auth; HttpOnly; SameSite=Strict',
    ]);
  });

  it('are found among others, and not in names that merely end or begin like theirs', () => {
    const header =
      'x=1; my_docent_access=wrong; docent_access=right; docent_access=second;docent_refresh=token; docent_refresh2=wrong';
    expect(accessCookie(header)).toBe('right');
    expect(refreshCookie(header)).toBe('token');
    for (const nothing of [undefined, '', 'docent_access', 'docent_access=', '=docent_access', ';;;'])
      expect(accessCookie(nothing)).toBeUndefined();
  });
});
