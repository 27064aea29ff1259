import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstallationKey } from '@docent/platform';
import { RefreshTokens } from './refresh-tokens';

const tokens = new RefreshTokens(new InstallationKey(randomBytes(32)));
const sessionId = '0198f000-0000-7000-8000-000000000001';

describe('RefreshTokens', () => {
  it('opens what it has sealed', () => {
    const secret = tokens.newSecret();
    expect(tokens.open(tokens.seal(sessionId, secret))).toEqual({ sessionId, hash: tokens.hashOf(secret) });
  });

  it('opens nothing that another installation has sealed', () => {
    const others = new RefreshTokens(new InstallationKey(randomBytes(32)));
    expect(tokens.open(others.seal(sessionId, others.newSecret()))).toBeNull();
  });

  it('opens nothing that was changed', () => {
    const parts = tokens.seal(sessionId, tokens.newSecret()).split('.');
    fc.assert(
      fc.property(fc.nat(2), fc.oneof(fc.base64String(), fc.string(), fc.uuid()), (at, other) => {
        fc.pre(other !== parts[at]);
        expect(tokens.open(parts.map((part, index) => (index === at ? other : part)).join('.'))).toBeNull();
      }),
      { numRuns: 5_000 },
    );
    for (const nonsense of ['', '.', '..', '...', `${parts.join('.')}.`]) expect(tokens.open(nonsense)).toBeNull();
  });
});
