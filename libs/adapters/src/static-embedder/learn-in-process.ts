import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEntry } from '../bundle-entry';
import type { LearningNews, LearningOrder } from './learning-process';

/** Memory of the process's heap, in MB; the rows that are trained lie outside of it. */
const heapMb = 512;

export interface ProcessOptions {
  /** The built program. Undefined: it is built from source. */
  entry: string | undefined;
  signal: AbortSignal;
  /** Hears the share that is done, 0 to 1. */
  report?: (share: number) => void;
}

/**
 * Has a process of its own learn a lesson: what it needs of memory is given back when it ends, which a thread's is not. Throws what went
 * wrong there, or the signal's reason; the process is told to end by then.
 */
export async function learnInProcess(
  order: LearningOrder,
  { entry, signal, report }: ProcessOptions,
): Promise<Uint8Array | null> {
  signal.throwIfAborted();
  const program = entry ?? (await bundleEntry(join(dirname(fileURLToPath(import.meta.url)), 'learning-process.entry.ts')));
  signal.throwIfAborted();
  // Nothing of the server's environment, where secrets may stand.
  const child = fork(program, {
    env: {},
    execArgv: [`--max-old-space-size=${heapMb}`],
    serialization: 'advanced',
    stdio: 'ignore',
  });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | null>();
  const stop = () => reject(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  child.on('message', (news: LearningNews) => {
    if ('rows' in news) resolve(news.rows);
    else if ('problem' in news) reject(new Error(news.problem));
    else report?.(news.share);
  });
  child.on('error', reject);
  child.on('exit', () => reject(new Error('The learning process ended without a result')));
  child.send(order);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    child.kill('SIGKILL');
  }
}
