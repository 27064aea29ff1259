import { Injectable } from '@nestjs/common';
import { planIds } from '@docent/contracts';
import { failedFor, type TenantClient, type TenantContext, type TenantSql } from '@docent/platform';
import { plans } from './plans';

/** What a plan limits by counting rows. */
export type CountedResource = 'bots' | 'sources' | 'seats' | 'storageBytes';

export interface MessageCount {
  settled: number;
  reserved: number;
}

/** The statements that count. Each one names the tenant as well, so that it leans on its key and not on the policy alone. */
@Injectable()
export class UsageRepository {
  /**
   * Counts one message as reserved unless the month is full, and writes its line in the ledger: one statement, so that
   * requests that race for the last message are put in order by the month's row. Where the month is full, the statement fails on
   * purpose (a division by the number of lines, none), and its transaction with it: false.
   */
  async reserve(sql: TenantSql, ctx: TenantContext, turnId: string, month: Date): Promise<boolean> {
    const reserved = sql.query(
      `WITH plan AS (
         SELECT limits.messages FROM tenants t JOIN unnest($4::text[], $5::int[]) AS limits (id, messages) ON limits.id = t.plan_id WHERE t.tenant_id = $1
       ), counted AS (
         INSERT INTO usage_periods AS month (tenant_id, period_start, booked)
           SELECT $1, $3::date, 1 FROM plan WHERE plan.messages IS NULL OR plan.messages > 0
           ON CONFLICT (tenant_id, period_start) DO UPDATE SET booked = month.booked + 1
             WHERE (SELECT plan.messages IS NULL OR month.booked < plan.messages FROM plan)
           RETURNING period_start
       ), booked AS (
         INSERT INTO reservations (tenant_id, turn_id, period_start) SELECT $1, $2, period_start FROM counted RETURNING turn_id
       )
       SELECT 1 / count(*) FROM booked`,
      [ctx.tenantId, turnId, toDay(month), planIds, planIds.map((id) => plans[id].messagesPerMonth)],
    );
    return reserved.then(
      () => true,
      (error: unknown) => {
        if (failedFor('divisionByZero', error)) return false;
        throw error;
      },
    );
  }

  /** A reserved message counts for good. Nothing happens where it is closed already. The month's row stays as it is, so nobody waits for it. */
  async settle(sql: TenantSql, ctx: TenantContext, turnId: string): Promise<void> {
    await sql.query(`UPDATE reservations SET state = 'settled', closed_at = now() WHERE tenant_id = $1 AND turn_id = $2 AND state = 'reserved'`, [ctx.tenantId, turnId]);
  }

  /** Gives a reserved message back. Nothing happens where it is closed already. */
  async release(sql: TenantSql, ctx: TenantContext, turnId: string): Promise<void> {
    await sql.query(
      `WITH released AS (
         UPDATE reservations SET state = 'released', closed_at = now() WHERE tenant_id = $1 AND turn_id = $2 AND state = 'reserved' RETURNING period_start
       )
       UPDATE usage_periods month SET booked = month.booked - 1 FROM released WHERE month.tenant_id = $1 AND month.period_start = released.period_start`,
      [ctx.tenantId, turnId],
    );
  }

  async planId(db: TenantClient, ctx: TenantContext): Promise<string> {
    return (await db.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId }, select: { planId: true } })).planId;
  }

  /**
   * Makes everybody who wants to add something to this workspace wait for the end of this transaction. The weaker lock
   * leaves rows that merely refer to the workspace alone.
   */
  async lockTenant(db: TenantClient, ctx: TenantContext): Promise<void> {
    await db.$queryRaw`SELECT 1 FROM tenants WHERE tenant_id = ${ctx.tenantId}::uuid FOR NO KEY UPDATE`;
  }

  async used(db: TenantClient, ctx: TenantContext, what: CountedResource, now: Date): Promise<number> {
    const { tenantId } = ctx;
    switch (what) {
      case 'bots':
        return db.bot.count({ where: { tenantId } });
      case 'sources':
        return db.source.count({ where: { tenantId } });
      case 'storageBytes':
        return Number(
          ((await db.source.aggregate({ where: { tenantId }, _sum: { sizeBytes: true } }))._sum.sizeBytes ?? 0n) +
            ((await db.attachment.aggregate({ where: { tenantId }, _sum: { sizeBytes: true } }))._sum.sizeBytes ?? 0n),
        );
      // An open invitation holds its seat, so that everybody who was invited can come.
      case 'seats':
        return (
          (await db.membership.count({ where: { tenantId } })) +
          (await db.invitation.count({ where: { tenantId, expiresAt: { gt: now } } }))
        );
    }
  }

  /** One statement, so that a message that settles meanwhile is counted once. */
  async messages(db: TenantClient, ctx: TenantContext, month: Date): Promise<MessageCount> {
    const [count] = await db.$queryRaw<MessageCount[]>`
      SELECT m.booked - open.count AS settled, open.count AS reserved
        FROM usage_periods m, LATERAL (
          SELECT count(*)::int AS count FROM reservations r WHERE r.tenant_id = m.tenant_id AND r.period_start = m.period_start AND r.state = 'reserved'
        ) open WHERE m.tenant_id = ${ctx.tenantId}::uuid AND m.period_start = ${toDay(month)}::date`;
    return count ?? { settled: 0, reserved: 0 };
  }
}

function toDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
