import { Injectable } from '@nestjs/common';
import type { Plan } from '@docent/contracts';
import { TenantDb, type TenantContext } from '@docent/platform';
import { UsageService } from './usage.service';

const freshForMs = 15_000;
const mostRemembered = 10_000;

/**
 * The plan of a workspace for decisions that may lag a little, remembered for 15 seconds: the rate guard asks with every
 * request. What must be exact (messages, bots, sources, seats) reads the plan in its own transaction.
 */
@Injectable()
export class TenantPlans {
  private readonly remembered = new Map<string, { plan: Promise<Plan>; until: number }>();

  constructor(
    private readonly db: TenantDb,
    private readonly usage: UsageService,
  ) {}

  of(ctx: TenantContext): Promise<Plan> {
    const known = this.remembered.get(ctx.tenantId);
    if (known && known.until > Date.now()) return known.plan;
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    const plan = this.db.run(ctx, (db) => this.usage.planOf(db, ctx));
    this.remembered.set(ctx.tenantId, { plan, until: Date.now() + freshForMs });
    // A failed look-up is not an answer to remember.
    plan.catch(() => this.remembered.delete(ctx.tenantId));
    return plan;
  }
}
