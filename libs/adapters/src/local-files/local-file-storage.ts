import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileStorage, type TenantScope } from '@docent/ports';

/**
 * Files in a folder of this machine: `<root>/<tenant>/<key>`, readable by the owner of the process only. A file is written beside
 * its place, flushed, and moved there, so that a reader and a power cut find the old one or the new one. Tenants and keys are
 * checked before they become a path; a wrong one throws.
 */
export class LocalFileStorage extends FileStorage {
  constructor(private readonly root: string) {
    super();
  }

  async put(scope: TenantScope, key: string, content: Uint8Array): Promise<void> {
    const path = this.pathOf(scope, key);
    const draft = join(dirname(path), `.${randomUUID()}.tmp`);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await writeThrough(draft, content);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async get(scope: TenantScope, key: string): Promise<Uint8Array | null> {
    return orIfAbsent(readFile(this.pathOf(scope, key)), null);
  }

  async remove(scope: TenantScope, key: string): Promise<boolean> {
    const removal = unlink(this.pathOf(scope, key)).then(() => true);
    return orIfAbsent(removal, false);
  }

  async removeAll(scope: TenantScope): Promise<void> {
    await rm(this.folderOf(scope), { recursive: true, force: true });
  }

  private pathOf(scope: TenantScope, key: string): string {
    if (key.length > 500 || !/^[a-z0-9][a-z0-9_.-]*(?:\/[a-z0-9][a-z0-9_.-]*)*$/u.test(key) || key.includes('..')) {
      throw new Error('This is not a key of a stored file.');
    }
    return join(this.folderOf(scope), key);
  }

  private folderOf(scope: TenantScope): string {
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(scope.tenantId))
      throw new Error('This is not the id of a tenant.');
    return join(this.root, scope.tenantId);
  }
}

async function writeThrough(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A folder where a file should be, or a file where a folder should be, holds no such file either. */
async function orIfAbsent<Result, Otherwise>(work: Promise<Result>, otherwise: Otherwise): Promise<Result | Otherwise> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code)))
      return otherwise;
    throw error;
  }
}
