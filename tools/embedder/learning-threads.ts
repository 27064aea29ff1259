import { Worker } from 'node:worker_threads';
import { control, shareMemory, TrainingMemory, type BatchSlot, type TrainingShape } from '@docent/embedder/training';

/** Threads that learn from batches in shared memory, while the caller puts the next batch together. */
export class LearningThreads {
  readonly memory: TrainingMemory;
  private readonly workers: Worker[];
  private started = 0;

  constructor(shape: TrainingShape) {
    const shared = shareMemory(shape);
    this.memory = new TrainingMemory(shared);
    this.workers = Array.from(
      { length: shape.threads },
      (_, thread) =>
        new Worker(new URL('./training-worker.ts', import.meta.url), {
          workerData: { ...shared, thread },
          execArgv: ['--import', 'tsx'],
        }),
    );
    for (const worker of this.workers)
      worker.on('error', (error) => {
        throw error;
      });
  }

  /** The slot that the next batch belongs into; the one before it may be worked on at the same time. */
  get nextSlot(): BatchSlot {
    return this.memory.slots[(this.started + 1) % this.memory.slots.length]!;
  }

  /** Starts to learn from {@link nextSlot}. The batch before must be finished. */
  start(): void {
    this.started++;
    Atomics.store(this.memory.control, control.wantedBatch, this.started);
    Atomics.notify(this.memory.control, control.wantedBatch);
  }

  /** Waits for the batch that was started last and returns its mean loss; 0 where none was started. */
  async finish(): Promise<number> {
    const shared = this.memory.control;
    for (;;) {
      const finished = Atomics.load(shared, control.finishedBatch);
      if (finished >= this.started) break;
      const waiting = Atomics.waitAsync(shared, control.finishedBatch, finished);
      if (waiting.async) await waiting.value;
    }
    if (this.started === 0) return 0;
    const pairs = this.memory.slots[this.started % this.memory.slots.length]!.counts[1]!;
    return this.memory.losses.subarray(0, pairs).reduce((sum, loss) => sum + loss, 0) / Math.max(1, pairs);
  }

  async close(): Promise<void> {
    Atomics.store(this.memory.control, control.stopped, 1);
    Atomics.notify(this.memory.control, control.wantedBatch);
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}
