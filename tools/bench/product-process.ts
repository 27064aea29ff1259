import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../apps/api/src/free-port';
import { serverEnvironment, serverFlags } from '../server-flags.mjs';
import type { RunningProduct } from './ask-product';

export interface ProductProcess extends RunningProduct {
  pid: number;
  /** When it was started (`performance.now()`). */
  startedAt: number;
  stop(): Promise<void>;
}

/**
 * Starts the built product as a process of its own, as `npm start` does, and waits for its demo workspace. Throws with what it
 * said where it ends instead.
 */
export async function startProductProcess(mainFile: string, dataDir: string, environment: Record<string, string> = {}): Promise<ProductProcess> {
  const port = await freePort();
  const startedAt = performance.now();
  const env = { ...serverEnvironment, PATH: process.env['PATH'], PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error', ...environment };
  const child = spawn(process.execPath, [...serverFlags, mainFile], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-4000)));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // A benchmark that is interrupted leaves nothing running.
  process.once('exit', () => child.kill('SIGINT'));
  while (!said.includes('Docent is ready')) {
    if (child.exitCode !== null || child.signalCode) throw new Error(`The product did not start:\n${said}`);
    await wait(10);
  }
  const { apiKey, botId } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as { apiKey: string; botId: string };
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey,
    botId,
    pid: child.pid!,
    startedAt,
    stop: async () => {
      child.kill('SIGINT');
      await gone;
    },
  };
}

/** A folder for one product's data, with what removes it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'docent-bench-'));
  // Started by root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A product on a fresh database, handed to `work` and ended afterwards whatever happens. */
export async function withProduct<T>(mainFile: string, environment: Record<string, string>, work: (product: ProductProcess) => Promise<T>): Promise<T> {
  const folder = await temporaryFolder();
  try {
    const product = await startProductProcess(mainFile, folder.path, environment);
    try {
      return await work(product);
    } finally {
      await product.stop();
    }
  } finally {
    await folder.remove();
  }
}
