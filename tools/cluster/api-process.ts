import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { serverEnvironment, serverFlags } from '../server-flags.mjs';

/** One process of the product, with everything it says. */
export interface ApiProcess {
  readonly url: string;
  readonly pid: number;
  output(): string;
  /** Resolves with the exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts the built server and waits until it is ready. Throws with what it said where it ends instead. */
export async function startApiProcess(mainFile: string, port: number, environment: Record<string, string>): Promise<ApiProcess> {
  const env = { ...serverEnvironment, PATH: process.env['PATH'], PORT: String(port), DEMO: 'false', LOG_LEVEL: 'error', ...environment };
  // In a group of its own: Ctrl-C reaches it through the one who started it, once.
  const child: ChildProcess = spawn(process.execPath, [...serverFlags, mainFile], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (output = (output + piece.toString()).slice(-20_000)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  process.once('exit', () => child.kill('SIGKILL'));
  while (!output.includes('Docent is ready')) {
    if (child.exitCode !== null || child.signalCode) throw new Error(`A process of the product did not start:\n${output}`);
    await wait(20);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    output: () => output,
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
