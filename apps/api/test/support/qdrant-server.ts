import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownPort } from '@docent/scripted-model';
import { findProductParts } from '../../src/product-parts';

const binary = join(findProductParts().root, '../shared/bin/qdrant');

/** Whether there is a server to test with. */
export const hasQdrant = existsSync(binary);

/** A Qdrant server of its own in a temporary folder; both are gone after `close`. */
export async function startQdrant(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'docent-qdrant-'));
  const [http, grpc] = [await ownPort(), await ownPort()];
  const url = `http://127.0.0.1:${http}`;
  const settings = { QDRANT__SERVICE__HTTP_PORT: String(http), QDRANT__SERVICE__GRPC_PORT: String(grpc), QDRANT__STORAGE__STORAGE_PATH: folder, QDRANT__LOG_LEVEL: 'ERROR' };
  const server = spawn(binary, { cwd: folder, env: { ...process.env, ...settings }, stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  while (!(await fetch(`${url}/readyz`).then(({ ok }) => ok, () => false))) await new Promise((tick) => setTimeout(tick, 100));
  return {
    url,
    close: async () => {
      server.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
