import { Injectable } from '@nestjs/common';
import type { Brief } from '@docent/contracts';
import { TenantDb, type TenantContext } from '@docent/platform';

/** Briefs of conversations. */
@Injectable()
export class BriefsRepository {
  constructor(private readonly db: TenantDb) {}

  /** Null where the conversation is gone. */
  async store(ctx: TenantContext, conversationId: string, brief: Brief): Promise<{ botId: string; lastSeq: number } | null> {
    const [row] = await this.db.runSql(ctx, (sql) =>
      sql.query<{ bot_id: string; last_seq: number }>('UPDATE conversations SET brief = $3 WHERE tenant_id = $1 AND id = $2 RETURNING bot_id, last_seq', [
        ctx.tenantId,
        conversationId,
        JSON.stringify(brief),
      ]),
    );
    return row ? { botId: row.bot_id, lastSeq: row.last_seq } : null;
  }
}
