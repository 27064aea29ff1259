import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { InstallationKey } from '@docent/platform';
import { AccessTokens } from './access-tokens';

const installationKey = new InstallationKey(randomBytes(32));
const tokens = new AccessTokens(installationKey);
const key = installationKey.derive('access token');
const claims = { personId: '0198f000-0000-7000-8000-000000000001', sessionId: '0198f000-0000-7000-8000-000000000002' };

describe('AccessTokens', () => {
  it('gives back whose session it is', async () => {
    await expect(tokens.verify(await tokens.issue(claims))).resolves.toEqual(claims);
  });

  it('refuses whatever is no token of its own', async () => {
    const token = await tokens.issue(claims);
    const parts = token.split('.');
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.base64String({ maxLength: 60 }), async (at, other) => {
        fc.pre(other !== parts[at]);
        await expect(tokens.verify(parts.map((part, index) => (index === at ? other : part)).join('.'))).resolves.toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses other algorithms, even when they are signed with the right key', async () => {
    const payload = (await tokens.issue(claims)).split('.')[1]!;
    for (const [alg, hash] of [
      ['HS384', 'sha384'],
      ['HS512', 'sha512'],
    ] as const) {
      const head = Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url');
      await expect(
        tokens.verify(`${head}.${payload}.${createHmac(hash, key).update(`${head}.${payload}`).digest('base64url')}`),
      ).resolves.toBeNull();
    }
    await expect(tokens.verify(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`)).resolves.toBeNull();
  });

  it.each([
    ['is over', { exp: 1 }],
    ['is for visitors', { aud: 'visitor' }],
    ['is from somebody else', { iss: 'somebody' }],
    ['names no session', { sid: undefined }],
    ['names no id', { sub: 'admin' }],
  ])('refuses a well-signed token that %s', async (_, change) => {
    const good = {
      sub: claims.personId,
      sid: claims.sessionId,
      iss: 'docent',
      aud: 'console',
      exp: Math.floor(Date.now() / 1000) + 60,
    };
    const sign = (payload: object) => new SignJWT({ ...payload }).setProtectedHeader({ alg: 'HS256' }).sign(key);
    await expect(tokens.verify(await sign(good))).resolves.toEqual(claims);
    await expect(tokens.verify(await sign({ ...good, ...change }))).resolves.toBeNull();
  });
});
