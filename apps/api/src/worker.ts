import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { TaskList } from 'graphile-worker';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AttachmentFiles } from '@docent/chat';
import { Id } from '@docent/contracts';
import { IngestJob, LearnNightlyJob, SettleJob } from '@docent/knowledge';
import { LOGGER, systemContext, type JobHandler } from '@docent/platform';
import { TranscriptMailJob, UnclaimedAttachmentsJob } from '@docent/visitors';
import { JobQueue } from './job-queue';
import { LivingWorkers } from './living-workers';
import { QueuePool } from './queue-pool';

/** Injection token of the address under which the job queue is reached. */
export const WORKER_URL = Symbol('WORKER_URL');

const concurrency = 3;
const Payload = z.looseObject({ tenantId: Id }).catchall(z.string());

/** Runs the features' jobs in this process. Jobs of a process that was killed are given back within seconds. */
@Injectable()
export class Worker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private queue: JobQueue | null = null;
  private pool: QueuePool | null = null;
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
    this.pool = new QueuePool({ connectionString: this.url, max: concurrency + 3 });
    this.living = new LivingWorkers(this.url, this.logger);
    await this.living.start();
    this.queue = new JobQueue({
      pool: this.pool,
      tasks: Object.fromEntries(this.handlers.map((handler) => [handler.task, this.toTask(handler)])),
      concurrency,
      logger: this.logger,
      named: (name) => void this.living?.add(name),
    });
    await this.queue.begin();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.queue?.stop();
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
