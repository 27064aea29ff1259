import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bundleEntry } from '../bundle-entry';
import type { LearningNews, LearningOrder } from './learning-thread';

/** Memory of the thread's heap, in MB; the rows that are trained lie outside of it. */
const heapMb = 512;

export interface ThreadOptions {
  /** The built thread. Undefined: it is built from source. */
  entry: string | undefined;
  signal: AbortSignal;
  /** Hears the share that is done, 0 to 1. */
  report?: (share: number) => void;
}

/** Has a thread learn a lesson. Throws what went wrong there, or the signal's reason; the thread is gone by then. */
export async function learnInThread(order: LearningOrder, { entry, signal, report }: ThreadOptions): Promise<Uint8Array | null> {
  signal.throwIfAborted();
  const program = entry ?? (await bundleEntry(join(dirname(fileURLToPath(import.meta.url)), 'learning-thread.entry.ts')));
  signal.throwIfAborted();
  const worker = new Worker(program, { workerData: order, resourceLimits: { maxOldGenerationSizeMb: heapMb }, execArgv: [] });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | null>();
  const stop = () => reject(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  worker.on('message', (news: LearningNews) => ('rows' in news ? resolve(news.rows) : report?.(news.share)));
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error('The learning thread ended without a result')));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
