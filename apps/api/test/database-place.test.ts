import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { startEmbeddedPostgres } from '../src/embedded-postgres';

// PostgreSQL does not run as root, and its own user can't enter the home of root: only there the database lies outside the data folder.
it.skipIf(process.getuid?.() !== 0)('begins anew where the data folder was deleted that a database outside of it belonged to', async () => {
  const dataDir = join(await mkdtemp(join(homedir(), 'docent-test-')), 'data');
  const first = await startEmbeddedPostgres(dataDir);
  await first.stop();
  expect(first.files.startsWith(dataDir)).toBe(false);
  const again = await startEmbeddedPostgres(dataDir);
  await again.stop();
  expect([again.files, again.former]).toEqual([first.files, null]);

  await rm(dataDir, { recursive: true });
  const anew = await startEmbeddedPostgres(dataDir);
  await anew.stop();
  expect([anew.files, anew.former]).toEqual([first.files, `${first.files}.former`]);
  await access(join(anew.former!, 'PG_VERSION'));
  expect(await readFile(join(dataDir, 'postgres-password'), 'utf8')).not.toBe('');
  await Promise.all([dirname(dataDir), dirname(first.files)].map((folder) => rm(folder, { recursive: true, force: true })));
}, 120_000);
