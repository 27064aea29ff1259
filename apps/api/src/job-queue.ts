import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger as QueueLogger, run, type Runner, type TaskList, type WorkerEventMap } from 'graphile-worker';
import type { Logger } from 'pino';
import type { QueuePool } from './queue-pool';

const restartMs = 1000;

type QueueEvents = NonNullable<Parameters<typeof run>[0]['events']>;

/** What a `JobQueue` works with. */
export interface JobQueueParts {
  pool: QueuePool;
  tasks: TaskList;
  /** How many jobs run at once. */
  concurrency: number;
  logger: Logger;
  /** Told the name that stands in the jobs which are taken from now on, before the first of them is. */
  named: (name: string) => void;
}

/**
 * Takes jobs from the database, through every loss of it. graphile-worker itself repeats what a lost connection interrupted, but
 * for one thing (0.18): it looks the numbers of its tasks up once, before its first look for a job, and remembers the failure of
 * that as it does the success. A database that goes away in that moment leaves a runner that never takes a job; here it is
 * replaced.
 */
export class JobQueue {
  private runner: Runner | null = null;
  private replacing: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(private readonly parts: JobQueueParts) {}

  /** @throws Error where the database cannot be reached at all. */
  async begin(): Promise<void> {
    const { pool, tasks, concurrency, logger, named } = this.parts;
    const events = new EventEmitter() as unknown as QueueEvents;
    // The queue writes the pool's name into the jobs that it takes, not the name of the single worker.
    events.on('pool:create', ({ workerPool }: WorkerEventMap['pool:create']) => named(workerPool.id));
    this.replaceWhereFirstLookFails(events);
    this.runner = await run({
      pgPool: pool,
      concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      events,
      logger: new QueueLogger(() => (level, message) => level === 'error' && logger.warn({ queue: message }, 'the job queue reports')),
      taskList: tasks,
    });
  }

  /** Resolves when no job runs any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.replacing;
    await this.runner?.stop().catch(() => undefined);
  }

  private replaceWhereFirstLookFails(events: QueueEvents): void {
    let hasLooked = false;
    const looked = () => {
      hasLooked = true;
    };
    events.once('worker:getJob:empty', looked);
    events.once('job:start', looked);
    events.once('worker:getJob:error', () => {
      if (!hasLooked && !this.stopping.signal.aborted) this.replacing = this.replacing.then(() => this.replace());
    });
  }

  private async replace(): Promise<void> {
    await this.runner?.stop().catch(() => undefined);
    const { signal } = this.stopping;
    do await wait(restartMs, undefined, { signal }).catch(() => undefined);
    while (!signal.aborted && !(await this.hasBegun()));
  }

  private hasBegun(): Promise<boolean> {
    return this.begin().then(
      () => true,
      () => false,
    );
  }
}
