import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantContext, type TenantSql } from '@docent/platform';
import type { SignedIdentity } from './identity-token';

/** What a visitor says of themselves in a form. */
export interface SaidOfOneself {
  name: string | null;
  email: string | null;
}

/** Visitors of whom something is known. Anonymous ones have no row. */
@Injectable()
export class VisitorsRepository {
  constructor(private readonly db: TenantDb) {}

  /**
   * The visitor behind an identity, the same on all devices. An anonymous visitor who was nobody yet becomes this one: their
   * conversations move over, once and never back. Whoever was somebody else before keeps what is theirs.
   */
  identify(ctx: TenantContext, botId: string, identity: SignedIdentity, anonymousId: string | null): Promise<string> {
    return this.db.runSql(ctx, async (sql) => {
      const [row] = await sql.query<{ id: string }>(
        `INSERT INTO visitors AS known (tenant_id, id, bot_id, external_id, name, email, fields) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (tenant_id, bot_id, external_id) DO UPDATE
           SET name = coalesce(EXCLUDED.name, known.name), email = coalesce(EXCLUDED.email, known.email), fields = EXCLUDED.fields, seen_at = now()
         RETURNING id`,
        [ctx.tenantId, randomUUID(), botId, identity.externalId, identity.name, identity.email, JSON.stringify(identity.fields)],
      );
      const visitorId = row!.id;
      if (anonymousId && anonymousId !== visitorId && (await this.become(sql, ctx, botId, anonymousId, visitorId)))
        await this.move(sql, ctx, botId, anonymousId, visitorId);
      return visitorId;
    });
  }

  /** Whether this visitor is, or once became, somebody who was signed for. */
  async isSomebody(ctx: TenantContext, visitorId: string): Promise<boolean> {
    const rows = await this.db.readSql(
      ctx,
      'SELECT 1 FROM visitors WHERE tenant_id = $1 AND id = $2 AND (external_id IS NOT NULL OR became IS NOT NULL)',
      [ctx.tenantId, visitorId],
    );
    return rows.length > 0;
  }

  /** What was signed for counts more than what is typed into a form. */
  async remember(
    sql: TenantSql,
    ctx: TenantContext,
    botId: string,
    visitorId: string,
    { name, email }: SaidOfOneself,
  ): Promise<void> {
    await sql.query(
      `INSERT INTO visitors AS known (tenant_id, id, bot_id, name, email) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, id) DO UPDATE SET seen_at = now(),
         name = CASE WHEN known.external_id IS NULL THEN coalesce(EXCLUDED.name, known.name) ELSE coalesce(known.name, EXCLUDED.name) END,
         email = CASE WHEN known.external_id IS NULL THEN coalesce(EXCLUDED.email, known.email) ELSE coalesce(known.email, EXCLUDED.email) END`,
      [ctx.tenantId, visitorId, botId, name, email],
    );
  }

  /** The row is locked by its insert or update: of two identities that come at one moment, the first has the visitor. */
  private async become(
    sql: TenantSql,
    ctx: TenantContext,
    botId: string,
    anonymousId: string,
    visitorId: string,
  ): Promise<boolean> {
    const rows = await sql.query(
      `INSERT INTO visitors AS known (tenant_id, id, bot_id, became) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, id) DO UPDATE SET became = EXCLUDED.became
         WHERE known.external_id IS NULL AND (known.became IS NULL OR known.became = EXCLUDED.became) RETURNING id`,
      [ctx.tenantId, anonymousId, botId, visitorId],
    );
    return rows.length > 0;
  }

  private async move(sql: TenantSql, ctx: TenantContext, botId: string, from: string, to: string): Promise<void> {
    await sql.query('UPDATE conversations SET visitor_id = $4 WHERE tenant_id = $1 AND bot_id = $2 AND visitor_id = $3', [
      ctx.tenantId,
      botId,
      from,
      to,
    ]);
    await sql.query('UPDATE leads SET visitor_id = $4 WHERE tenant_id = $1 AND bot_id = $2 AND visitor_id = $3', [
      ctx.tenantId,
      botId,
      from,
      to,
    ]);
  }
}
