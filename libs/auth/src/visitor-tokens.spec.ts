import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { InstallationKey } from '@docent/platform';
import { VisitorTokens, type VisitorIdentity } from './visitor-tokens';

const installationKey = new InstallationKey(randomBytes(32));
const tokens = new VisitorTokens(installationKey);
const key = installationKey.derive('visitor token');
const visitor: VisitorIdentity = {
  tenantId: '0198f000-0000-7000-8000-000000000001',
  botId: '0198f000-0000-7000-8000-000000000002',
  visitorId: '0198f000-0000-7000-8000-000000000003',
  origin: 'https://shop.example.com',
};
const unauthenticated = expect.objectContaining({ code: 'unauthenticated' });

describe('VisitorTokens', () => {
  it('gives back what it was issued for', async () => {
    const { token, expiresAt } = await tokens.issue(visitor);
    await expect(tokens.verify(token)).resolves.toEqual(visitor);
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
    expect(expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 12 * 3_600_000);
  });

  it('refuses a token in which any character was changed', async () => {
    const { token } = await tokens.issue(visitor);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'),
        async (at, character) => {
          const tampered = token.slice(0, at) + character + token.slice(at + 1);
          // The last character of a part carries bits that decode to nothing: only a token that decodes differently is another one.
          fc.pre(
            !tampered
              .split('.')
              .every((part, index) =>
                Buffer.from(part, 'base64url').equals(Buffer.from(token.split('.')[index] ?? '', 'base64url')),
              ),
          );
          await expect(tokens.verify(tampered)).rejects.toEqual(unauthenticated);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['without a signature', (payload: string) => `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`],
    ['with another algorithm', (payload: string) => signed('sha512', { alg: 'HS512' }, payload)],
    [
      'whose header names its own key',
      (payload: string) => signed('sha256', { alg: 'HS256', kid: '../../dev/null' }, payload, ''),
    ],
    [
      'signed with the key of the console',
      (payload: string) => signed('sha256', { alg: 'HS256' }, payload, installationKey.derive('access token')),
    ],
  ])('refuses a token %s', async (_, forge) => {
    const { token } = await tokens.issue(visitor);
    await expect(tokens.verify(forge(token.split('.')[1]!))).rejects.toEqual(unauthenticated);
  });

  it.each([
    ['another issuer', { iss: 'somebody' }],
    ['another audience', { aud: 'console' }],
    ['no end', { exp: undefined }],
    ['no visitor', { sub: undefined }],
    ['something else than an id as its tenant', { tenant: "' OR true --" }],
    ['a pattern as its origin', { origin: 'https://*.example.com' }],
  ])('refuses a well-signed token with %s', async (_, claims) => {
    const now = Math.floor(Date.now() / 1000);
    const good = {
      sub: visitor.visitorId,
      tenant: visitor.tenantId,
      bot: visitor.botId,
      origin: visitor.origin,
      iss: 'docent',
      aud: 'visitor',
      exp: now + 60,
    };
    const sign = (payload: object) => new SignJWT({ ...payload }).setProtectedHeader({ alg: 'HS256' }).sign(key);
    await expect(tokens.verify(await sign(good))).resolves.toEqual(visitor);
    await expect(tokens.verify(await sign({ ...good, ...claims }))).rejects.toEqual(unauthenticated);
  });

  it('tells an expired token from a wrong one, and remembers its visitor for thirty days', async () => {
    const expiredSince = (seconds: number) =>
      new SignJWT({ tenant: visitor.tenantId, bot: visitor.botId, origin: visitor.origin })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(visitor.visitorId)
        .setIssuer('docent')
        .setAudience('visitor')
        .setExpirationTime(Math.floor(Date.now() / 1000) - seconds)
        .sign(key);
    await expect(tokens.verify(await expiredSince(60))).rejects.toMatchObject({ code: 'token_expired' });
    await expect(tokens.recognise(await expiredSince(29 * 86_400))).resolves.toEqual(visitor);
    await expect(tokens.recognise(await expiredSince(31 * 86_400))).resolves.toBeNull();
    await expect(tokens.recognise('nonsense')).resolves.toBeNull();
  });
});

function signed(hash: string, header: object, payload: string, secret: Buffer | string = key): string {
  const head = encode(header);
  return `${head}.${payload}.${createHmac(hash, secret).update(`${head}.${payload}`).digest('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
