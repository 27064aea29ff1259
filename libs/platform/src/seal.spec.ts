import { randomBytes } from 'node:crypto';
import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstallationKey } from './installation-key';
import { SealError, Sealer } from './seal';

const tenant = { tenantId: '0199-tenant-a' };
const key = new InstallationKey(randomBytes(32));
const sealer = new Sealer(key);

describe('a sealed secret', () => {
  it('opens again for its tenant and purpose, whatever it holds', () => {
    fastCheck.assert(
      fastCheck.property(fastCheck.string({ unit: 'binary' }), (secret) => {
        expect(sealer.open(tenant, 'model key', sealer.seal(tenant, 'model key', secret))).toBe(secret);
      }),
    );
  });

  it('does not show, and looks different each time', () => {
    const [first, second] = [1, 2].map(() => sealer.seal(tenant, 'model key', 'sk-secret'));
    expect(first).not.toBe(second);
    expect(Buffer.from(first ?? '', 'base64url').toString('latin1')).not.toContain('secret');
    expect(first).toMatch(/^v1(\.[\w-]+){4}$/);
  });

  it('does not open for another tenant, purpose or installation', () => {
    const sealed = sealer.seal(tenant, 'model key', 'sk-secret');
    expect(() => sealer.open({ tenantId: 'b' }, 'model key', sealed)).toThrow(SealError);
    expect(() => sealer.open(tenant, 'webhook', sealed)).toThrow(SealError);
    expect(() => new Sealer(new InstallationKey(randomBytes(32))).open(tenant, 'model key', sealed)).toThrow(SealError);
  });

  it('does not open when any character is changed, dropped or added', () => {
    const sealed = sealer.seal(tenant, 'model key', 'sk-secret');
    for (let index = 0; index < sealed.length; index += 1) {
      for (const other of ['A', 'B', '_', '.', ' ', '=']) {
        const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
        if (changed !== sealed) expect(() => sealer.open(tenant, 'model key', changed), `${index} ${other}`).toThrow(SealError);
        expect(
          () => sealer.open(tenant, 'model key', sealed.slice(0, index) + other + sealed.slice(index)),
          `+ ${index} ${other}`,
        ).toThrow(SealError);
      }
      expect(() => sealer.open(tenant, 'model key', sealed.slice(0, index) + sealed.slice(index + 1))).toThrow(SealError);
    }
  });

  it.each(['', 'v1', 'v1....', 'sk-plain-text', 'v2.a.b.c.d'])('is nothing else: %j', (text) => {
    expect(() => sealer.open(tenant, 'model key', text)).toThrow(SealError);
  });
});

describe('rotation', () => {
  it('opens what a former key sealed and seals with the new one', () => {
    const old = sealer.seal(tenant, 'model key', 'sk-secret');
    const rotated = new Sealer(new InstallationKey(randomBytes(32)), [key]);
    expect(rotated.open(tenant, 'model key', old)).toBe('sk-secret');
    expect(rotated.isCurrent(old)).toBe(false);
    const fresh = rotated.seal(tenant, 'model key', 'sk-secret');
    expect(rotated.isCurrent(fresh)).toBe(true);
    expect(() => sealer.open(tenant, 'model key', fresh)).toThrow(SealError);
  });
});
