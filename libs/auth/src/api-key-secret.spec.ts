import { describe, expect, it } from 'vitest';
import { hashToken, isApiKey, newApiKeySecret } from './api-key-secret';

describe('newApiKeySecret', () => {
  it('makes keys that are recognised by their beginning and never come twice', () => {
    const keys = Array.from({ length: 1_000 }, newApiKeySecret);
    for (const { secret, prefix } of keys) {
      expect(secret).toMatch(/^dk_[0-9A-Za-z]{8}_[\w-]{43}$/);
      expect(secret.startsWith(`${prefix}_`)).toBe(true);
      expect(isApiKey(secret)).toBe(true);
    }
    expect(new Set(keys.map(({ secret }) => secret)).size).toBe(1_000);
  });

  it('keeps nothing of the secret in what is stored', () => {
    const { secret } = newApiKeySecret();
    expect(hashToken(secret)).toHaveLength(32);
    expect(hashToken(secret).toString('latin1')).not.toContain(secret.slice(12));
  });
});
