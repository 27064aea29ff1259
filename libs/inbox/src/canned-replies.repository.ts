import { Injectable } from '@nestjs/common';
import type { CannedReply } from '@docent/contracts';
import { failedFor, TenantDb, type TenantContext } from '@docent/platform';

type Row = CannedReply & Record<string, unknown>;

/** Prepared replies of a workspace. */
@Injectable()
export class CannedRepliesRepository {
  constructor(private readonly db: TenantDb) {}

  list(ctx: TenantContext): Promise<CannedReply[]> {
    return this.db.readSql<Row>(ctx, 'SELECT id, shortcut, text FROM canned_replies WHERE tenant_id = $1 ORDER BY shortcut', [ctx.tenantId]);
  }

  /** Null where the shortcut is taken. */
  async create(ctx: TenantContext, { shortcut, text }: Omit<CannedReply, 'id'>): Promise<CannedReply | null> {
    const [row] = await this.db.runSql(ctx, (sql) =>
      sql.query<Row>('INSERT INTO canned_replies (tenant_id, shortcut, text) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, shortcut) DO NOTHING RETURNING id, shortcut, text', [
        ctx.tenantId,
        shortcut,
        text,
      ]),
    );
    return row ?? null;
  }

  /** Null where there is no such reply. */
  async update(ctx: TenantContext, { id, shortcut, text }: CannedReply): Promise<CannedReply | 'taken' | null> {
    try {
      const [row] = await this.db.runSql(ctx, (sql) =>
        sql.query<Row>('UPDATE canned_replies SET shortcut = $3, text = $4 WHERE tenant_id = $1 AND id = $2 RETURNING id, shortcut, text', [ctx.tenantId, id, shortcut, text]),
      );
      return row ?? null;
    } catch (error) {
      if (failedFor('duplicate', error)) return 'taken';
      throw error;
    }
  }

  async remove(ctx: TenantContext, id: string): Promise<boolean> {
    const rows = await this.db.runSql(ctx, (sql) => sql.query('DELETE FROM canned_replies WHERE tenant_id = $1 AND id = $2 RETURNING id', [ctx.tenantId, id]));
    return rows.length > 0;
  }
}
