import { describe, expect, it } from 'vitest';
import { PasswordHasher } from './password-hasher';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();

  it('stores argon2id at the cost that OWASP asks for', async () => {
    await expect(hasher.hash('violet kettle runs north')).resolves.toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('knows the right password, however its letters were composed', async () => {
    const stored = await hasher.hash('Größe und Wärme');
    await expect(hasher.matches('Gr\u006f\u0308ße und Wa\u0308rme', stored)).resolves.toBe(true);
    await expect(hasher.matches('Grosse und Warme', stored)).resolves.toBe(false);
  });

  it('says no where there is no account, also to the decoy itself', async () => {
    await expect(hasher.matches('anything at all', undefined)).resolves.toBe(false);
    await expect(hasher.matches('a password that nobody has', undefined)).resolves.toBe(false);
  });

  it('answers a rush in turn and refuses what is too much', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 80 }, () => new Promise((done) => done(hasher.hash('violet kettle runs north')))),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(66);
    for (const outcome of outcomes.filter((each) => each.status === 'rejected'))
      expect(outcome.reason).toMatchObject({ code: 'rate_limited' });
    await expect(hasher.hash('violet kettle runs north')).resolves.toEqual(expect.any(String));
  });
});
