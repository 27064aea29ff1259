import { Injectable } from '@nestjs/common';
import type { Plan, Usage } from '@docent/contracts';
import { AppError, TenantDb, type TenantClient, type TenantContext, type TenantSql } from '@docent/platform';
import { planById } from './plans';
import { usageMonth } from './usage-month';
import { UsageRepository, type CountedResource } from './usage.repository';

/** What a workspace may use and has used. The cap holds under concurrency: the database counts, not this process. */
@Injectable()
export class UsageService {
  constructor(
    private readonly db: TenantDb,
    private readonly usage: UsageRepository,
  ) {}

  /**
   * Reserves one message of this month for a turn, within the transaction that stores the question. Send it last and commit right
   * behind it: it holds the month's row, for which the workspace's other questions wait. After `limit_reached` nothing of the
   * transaction is stored.
   */
  async reserve(sql: TenantSql, ctx: TenantContext, turnId: string): Promise<'reserved' | 'limit_reached'> {
    return (await this.usage.reserve(sql, ctx, turnId, usageMonth(new Date()).start)) ? 'reserved' : 'limit_reached';
  }

  /** The answer was given: the message counts. Does nothing the second time, nor after a release. */
  settle(sql: TenantSql, ctx: TenantContext, turnId: string): Promise<void> {
    return this.usage.settle(sql, ctx, turnId);
  }

  /** No answer was given: the message does not count. Does nothing the second time, nor after it was settled. */
  release(sql: TenantSql, ctx: TenantContext, turnId: string): Promise<void> {
    return this.usage.release(sql, ctx, turnId);
  }

  /**
   * Makes sure that `adding` more fit into the plan, until the end of this transaction: add them in the same one.
   * Throws `limit_reached` with {what, limit, used}.
   */
  async assertRoom(db: TenantClient, ctx: TenantContext, what: CountedResource, adding: number): Promise<void> {
    await this.usage.lockTenant(db, ctx);
    const limit = (await this.planOf(db, ctx))[what];
    if (limit === null) return;
    const used = await this.usage.used(db, ctx, what, new Date());
    if (used + adding > limit) throw new AppError('limit_reached', { what, limit, used });
  }

  async planOf(db: TenantClient, ctx: TenantContext): Promise<Plan> {
    return planById(await this.usage.planId(db, ctx));
  }

  /** The plan and what is used of it in the present month. */
  overview(ctx: TenantContext): Promise<Usage> {
    const now = new Date();
    const month = usageMonth(now);
    return this.db.run(ctx, async (db) => {
      const plan = await this.planOf(db, ctx);
      const messages = await this.usage.messages(db, ctx, month.start);
      const count = async (what: CountedResource) => ({ used: await this.usage.used(db, ctx, what, now), limit: plan[what] });
      return {
        plan,
        periodStart: month.start.toISOString(),
        periodEnd: month.end.toISOString(),
        messages: { ...messages, limit: plan.messagesPerMonth },
        sources: await count('sources'),
        storageBytes: await count('storageBytes'),
        bots: await count('bots'),
        seats: await count('seats'),
      };
    });
  }
}
