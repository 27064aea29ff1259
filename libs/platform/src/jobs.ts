import type { TenantClient } from './tenant-db';
import type { TenantContext } from './tenant-context';

/** What a job carries beside its tenant: ids only, never content or secrets. */
export type JobPayload = Record<string, string>;

/**
 * Background work of a feature. It may run more than once (a process can die after the work and before its receipt),
 * so its effect must be the same however often it runs.
 */
export abstract class JobHandler {
  abstract readonly task: string;
  /** `isLastTry`: nothing will try again, so the row must say why it failed. */
  abstract run(ctx: TenantContext, payload: JobPayload, attempt: { isLastTry: boolean; signal: AbortSignal }): Promise<void>;
}

/**
 * Enqueues a job in the transaction of the row that it is about: both are stored or neither.
 * A waiting job with the same key is replaced.
 */
export async function enqueueJob(db: TenantClient, ctx: TenantContext, task: string, payload: JobPayload, key: string): Promise<void> {
  await db.$executeRaw`SELECT enqueue_job(${task}, ${JSON.stringify({ ...payload, tenantId: ctx.tenantId })}::jsonb, ${key})`;
}

/** As {@link enqueueJob}, to run at the given moment or later. */
export async function enqueueJobAt(db: TenantClient, ctx: TenantContext, task: string, payload: JobPayload, key: string, notBefore: Date): Promise<void> {
  await db.$executeRaw`SELECT enqueue_job_at(${task}, ${JSON.stringify({ ...payload, tenantId: ctx.tenantId })}::jsonb, ${key}, ${notBefore})`;
}

/**
 * As {@link enqueueJobAt}, for work that nobody waits for: after everything else that is waiting, and one at a time for each tenant. A job
 * that is running already goes on; the new one then waits for its end.
 */
export async function enqueueQuietJob(db: TenantClient, ctx: TenantContext, task: string, payload: JobPayload, key: string, notBefore: Date): Promise<void> {
  await db.$executeRaw`SELECT enqueue_quiet_job(${task}, ${JSON.stringify({ ...payload, tenantId: ctx.tenantId })}::jsonb, ${key}, ${notBefore})`;
}
