import { execFile } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Open for the user `postgres`, so that the database lies in it also where the tests run as root, and goes with it. */
export async function aDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docent-test-'));
  await chmod(folder, 0o755);
  return folder;
}

/** A data folder with a copy of what lies in another one, whose database stands still. Owners and modes stay: PostgreSQL insists on them. */
export async function aCopyOf(dataDir: string): Promise<string> {
  const folder = await aDataFolder();
  await run('cp', ['-Rp', `${dataDir}/.`, folder]);
  return folder;
}
