import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The secret that everything sealed or signed in this installation derives from. */
export class InstallationKey {
  constructor(private readonly root: Buffer) {}

  /** A key of 32 bytes for one purpose; knowing it tells nothing about the others (RFC 5869). */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.root, '', `docent ${purpose}`, 32));
  }
}

/** From SECRET_KEY, or from a file in the data folder that is made at the first start (mode 0600). */
export async function loadInstallationKey(secretKey: string | undefined, dataDir: string): Promise<InstallationKey> {
  if (secretKey) return new InstallationKey(Buffer.from(secretKey, 'utf8'));
  const file = join(dataDir, 'secret.key');
  await mkdir(dataDir, { recursive: true });
  const fresh = randomBytes(32).toString('base64url');
  // Fails where the file exists: then another start was first, and its key counts.
  await writeFile(file, fresh, { mode: 0o600, flag: 'wx' }).catch(() => undefined);
  return new InstallationKey(Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url'));
}
