import { Injectable } from '@nestjs/common';
import { visitorOf } from '@docent/chat';
import { Engagement, type Channel } from '@docent/contracts';
import { TenantDb, type TenantContext } from '@docent/platform';

/** A conversation as the visitor's side needs to know it. */
export interface Visit {
  botId: string;
  channel: Channel;
  lastSeq: number;
  visitorId: string | null;
  engagement: Engagement;
}

interface VisitRow extends Record<string, unknown> {
  bot_id: string;
  channel: Channel;
  last_seq: number;
  visitor_id: string | null;
  engagement: unknown;
}

/** What the visitor's side reads and writes in the row of a conversation. */
@Injectable()
export class VisitsRepository {
  constructor(private readonly db: TenantDb) {}

  /** Null where the conversation is not this caller's. */
  async find(ctx: TenantContext, conversationId: string): Promise<Visit | null> {
    const [row] = await this.db.readSql<VisitRow>(
      ctx,
      `SELECT c.bot_id, c.channel, c.last_seq, c.visitor_id, b.engagement FROM conversations c JOIN bots b ON b.tenant_id = c.tenant_id AND b.id = c.bot_id
        WHERE c.tenant_id = $1 AND c.id = $2 AND ($3::uuid IS NULL OR c.visitor_id = $3)`,
      [ctx.tenantId, conversationId, visitorOf(ctx)],
    );
    return row
      ? {
          botId: row.bot_id,
          channel: row.channel,
          lastSeq: row.last_seq,
          visitorId: row.visitor_id,
          engagement: Engagement.parse(row.engagement),
        }
      : null;
  }

  /** Never back, and never further than the log. Returns where the visitor is now; null where the conversation is not this caller's. */
  async markRead(ctx: TenantContext, conversationId: string, seq: number): Promise<number | null> {
    const [row] = await this.db.runSql(ctx, (sql) =>
      sql.query<{ visitor_read_seq: number }>(
        `UPDATE conversations SET visitor_read_seq = greatest(visitor_read_seq, least($4::int, last_seq))
          WHERE tenant_id = $1 AND id = $2 AND ($3::uuid IS NULL OR visitor_id = $3) RETURNING visitor_read_seq`,
        [ctx.tenantId, conversationId, visitorOf(ctx), Math.min(seq, 2 ** 31 - 1)],
      ),
    );
    return row?.visitor_read_seq ?? null;
  }

  async rate(ctx: TenantContext, conversationId: string, score: number, comment: string): Promise<void> {
    await this.db.runSql(ctx, (sql) =>
      sql.query(
        'UPDATE conversations SET satisfaction = $4, satisfaction_comment = $5 WHERE tenant_id = $1 AND id = $2 AND ($3::uuid IS NULL OR visitor_id = $3)',
        [ctx.tenantId, conversationId, visitorOf(ctx), score, comment],
      ),
    );
  }
}
