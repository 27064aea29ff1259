import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStorageTests } from '@docent/ports/testing';
import { expect, it } from 'vitest';
import { LocalFileStorage } from './local-file-storage';

const tenant = { tenantId: '0198c0de-0000-7000-8000-000000000001' };

fileStorageTests('LocalFileStorage', async () => {
  const root = await mkdtemp(join(tmpdir(), 'files-'));
  return { storage: new LocalFileStorage(root), close: () => rm(root, { recursive: true }) };
});

it('lets nobody else read the files, and leaves no drafts', async () => {
  const root = await mkdtemp(join(tmpdir(), 'files-'));
  await new LocalFileStorage(root).put(tenant, 'sources/a', Uint8Array.of(1));
  expect((await stat(join(root, tenant.tenantId, 'sources/a'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(root, tenant.tenantId))).mode & 0o777).toBe(0o700);
  expect(await readdir(join(root, tenant.tenantId, 'sources'))).toEqual(['a']);
  await rm(root, { recursive: true });
});
