import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { Logger as QueueLogger, run, type Runner, type TaskList, type WorkerEventMap } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AttachmentFiles } from '@docent/chat';
import { Id } from '@docent/contracts';
import { IngestJob, LearnNightlyJob, SettleJob } from '@docent/knowledge';
import { LOGGER, systemContext, type JobHandler } from '@docent/platform';
import { TranscriptMailJob, UnclaimedAttachmentsJob } from '@docent/visitors';
import { LivingWorkers } from './living-workers';

/** Injection token of the address under which the job queue is reached. */
export const WORKER_URL = Symbol('WORKER_URL');

const concurrency = 3;
const Payload = z.looseObject({ tenantId: Id }).catchall(z.string());

/** Runs the features' jobs in this process. Jobs of a process that was killed are given back within seconds. */
@Injectable()
export class Worker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private runner: Runner | null = null;
  private pool: pg.Pool | null = null;
  private living: LivingWorkers | null = null;
  private readonly stopping = new AbortController();

  constructor(
    @Inject(WORKER_URL) private readonly url: string,
    @Inject(LOGGER) private readonly logger: Logger,
    ingest: IngestJob,
    settle: SettleJob,
    learnNightly: LearnNightlyJob,
    attachmentFiles: AttachmentFiles,
    unclaimedAttachments: UnclaimedAttachmentsJob,
    transcriptMail: TranscriptMailJob,
  ) {
    this.handlers = [ingest, settle, learnNightly, attachmentFiles, unclaimedAttachments, transcriptMail];
  }

  private readonly handlers: JobHandler[];

  async onApplicationBootstrap(): Promise<void> {
    this.pool = new pg.Pool({ connectionString: this.url, max: concurrency + 3 });
    // The queue repeats what a lost connection interrupted; without listeners the loss would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    const events = new EventEmitter() as unknown as NonNullable<Parameters<typeof run>[0]['events']>;
    this.living = new LivingWorkers(this.url, this.logger);
    await this.living.start();
    // The queue writes the pool's name into the jobs that it takes, not the name of the single worker.
    events.on('pool:create', ({ workerPool }: WorkerEventMap['pool:create']) => void this.living?.add(workerPool.id));
    this.runner = await run({
      pgPool: this.pool,
      concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      events,
      logger: new QueueLogger(() => (level, message) => level === 'error' && this.logger.warn({ queue: message }, 'the job queue reports')),
      taskList: Object.fromEntries(this.handlers.map((handler) => [handler.task, this.toTask(handler)])) satisfies TaskList,
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.runner?.stop().catch(() => undefined);
    await this.living?.stop();
    await this.pool?.end();
  }

  private toTask(handler: JobHandler): TaskList[string] {
    return async (given, { job }) => {
      const { tenantId, ...payload } = Payload.parse(given);
      const attempt = { isLastTry: job.attempts >= job.max_attempts, signal: this.stopping.signal };
      await handler.run(systemContext(tenantId, handler.task), payload as Record<string, string>, attempt);
    };
  }
}
