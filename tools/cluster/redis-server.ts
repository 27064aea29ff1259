import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface RedisServer {
  url: string;
  /** As a crash would: what it held is gone. */
  kill(): Promise<void>;
  /** On the same port, and empty. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The program `redis-server` on the PATH; null where there is none. */
export function findRedisServer(): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = join(folder, 'redis-server');
    try {
      accessSync(program, constants.X_OK);
      return program;
    } catch {
      // Look further.
    }
  }
  return null;
}

/** A Redis of its own that keeps nothing on disk. Throws, in words, where the program is missing. */
export async function startRedisServer(port: number): Promise<RedisServer> {
  const program = findRedisServer();
  if (!program) throw new Error('There is no redis-server on the PATH. On Debian: apt-get install redis-server');
  const folder = await mkdtemp(join(tmpdir(), 'docent-redis-'));
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await gone;
  };
  const start = async () => {
    child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { detached: true, stdio: 'ignore' });
    await untilAccepting(port);
  };
  process.once('exit', () => child?.kill('SIGKILL'));
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilAccepting(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => (socket.destroy(), resolve(true)));
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return;
    await wait(25);
  }
  throw new Error(`Redis did not come up on port ${port}.`);
}
