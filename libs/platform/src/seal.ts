import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { InstallationKey } from './installation-key';

const version = 'v1';
const ivBytes = 12;
const tagBytes = 16;

/** The sealed text was altered, belongs to another tenant or purpose, or to a key that is not known here. Which of these is not said. */
export class SealError extends Error {
  constructor() {
    super('The sealed value cannot be opened. If the secret key of the installation was changed, enter the secret again.');
    this.name = 'SealError';
  }
}

/**
 * Seals secrets at rest with AES-256-GCM (NIST SP 800-38D): `v1.<key id>.<iv>.<ciphertext>.<tag>`, parts in base64url. Keys are derived from the
 * installation's (HKDF, RFC 5869), one per purpose. Tenant and purpose are authenticated: what is copied into another tenant's row does not open.
 * For rotation, give the new key first and the former ones behind it; {@link isCurrent} tells which values to seal anew.
 */
export class Sealer {
  private readonly keys: { id: string; key: InstallationKey }[];

  constructor(current: InstallationKey, former: InstallationKey[] = []) {
    this.keys = [current, ...former].map((key) => ({ id: key.derive('seal key id').toString('base64url', 0, 6), key }));
  }

  /** Two seals of the same secret differ. */
  seal(scope: { tenantId: string }, purpose: string, secret: string): string {
    const current = this.keys[0];
    if (!current) throw new SealError();
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', keyFor(current.key, purpose), iv, { authTagLength: tagBytes });
    cipher.setAAD(boundTo(current.id, scope.tenantId, purpose));
    const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [version, current.id, ...[iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
  }

  /** Throws {@link SealError}. */
  open(scope: { tenantId: string }, purpose: string, sealed: string): string {
    const { id, iv, ciphertext, tag } = parse(sealed);
    const known = this.keys.find((candidate) => candidate.id === id);
    if (!known) throw new SealError();
    const decipher = createDecipheriv('aes-256-gcm', keyFor(known.key, purpose), iv, { authTagLength: tagBytes });
    decipher.setAAD(boundTo(id, scope.tenantId, purpose));
    decipher.setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
    } catch {
      throw new SealError();
    }
  }

  /** Whether the newest key sealed it. */
  isCurrent(sealed: string): boolean {
    return parse(sealed).id === this.keys[0]?.id;
  }
}

const keyFor = (key: InstallationKey, purpose: string) => key.derive(`seal ${purpose}`);
const boundTo = (keyId: string, tenantId: string, purpose: string) =>
  Buffer.from(JSON.stringify([version, keyId, tenantId, purpose]), 'utf8');

function parse(sealed: string): { id: string; iv: Buffer; ciphertext: Buffer; tag: Buffer } {
  const [form, id = '', ...parts] = sealed.split('.');
  const [iv, ciphertext, tag] = parts.map(decode);
  if (form !== version || parts.length !== 3 || iv?.length !== ivBytes || tag?.length !== tagBytes || !ciphertext)
    throw new SealError();
  return { id, iv, ciphertext, tag };
}

/** Base64url has several spellings of the same bytes; only the canonical one counts, so that no character can be changed unnoticed. */
function decode(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new SealError();
  return bytes;
}
