import { Injectable } from '@nestjs/common';
import type { Lead } from '@docent/contracts';
import { TenantDb, type TenantContext } from '@docent/platform';
import { VisitorsRepository, type SaidOfOneself } from './visitors.repository';

interface LeadRow extends Record<string, unknown> {
  id: string;
  bot_id: string;
  conversation_id: string | null;
  form: Lead['form'];
  fields: Record<string, string>;
  consent: string | null;
  created_at: Date;
}

export interface NewLead {
  botId: string;
  conversationId: string | null;
  visitorId: string | null;
  form: Lead['form'];
  fields: Record<string, string>;
  consent: string | null;
}

const columns = 'id, bot_id, conversation_id, form, fields, consent, created_at';

/** What visitors left in forms. */
@Injectable()
export class LeadsRepository {
  constructor(
    private readonly db: TenantDb,
    private readonly visitors: VisitorsRepository,
  ) {}

  /** The lead, and what the visitor has said of themselves with it. */
  create(ctx: TenantContext, lead: NewLead, said: SaidOfOneself): Promise<Lead> {
    return this.db.runSql(ctx, async (sql) => {
      const [row] = await sql.query<LeadRow>(
        `INSERT INTO leads (tenant_id, bot_id, conversation_id, visitor_id, form, fields, consent) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
        [ctx.tenantId, lead.botId, lead.conversationId, lead.visitorId, lead.form, JSON.stringify(lead.fields), lead.consent],
      );
      if (lead.visitorId && (said.name || said.email)) await this.visitors.remember(sql, ctx, lead.botId, lead.visitorId, said);
      return toLead(row!);
    });
  }

  /** Newest first, from before `cursor` on. */
  async page(ctx: TenantContext, botId: string, cursor: string | null, limit: number): Promise<Lead[]> {
    const rows = await this.db.readSql<LeadRow>(
      ctx,
      `SELECT ${columns} FROM leads WHERE tenant_id = $1 AND bot_id = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [ctx.tenantId, botId, cursor, limit],
    );
    return rows.map(toLead);
  }

  /** The names of all fields that were ever filled: forms change, leads stay. */
  async fieldNames(ctx: TenantContext, botId: string): Promise<string[]> {
    const rows = await this.db.readSql<{ name: string }>(
      ctx,
      'SELECT DISTINCT name FROM leads, jsonb_object_keys(fields) AS name WHERE tenant_id = $1 AND bot_id = $2 ORDER BY name',
      [ctx.tenantId, botId],
    );
    return rows.map(({ name }) => name);
  }
}

function toLead(row: LeadRow): Lead {
  return {
    id: row.id,
    botId: row.bot_id,
    conversationId: row.conversation_id,
    form: row.form,
    fields: row.fields,
    consent: row.consent,
    createdAt: row.created_at.toISOString(),
  };
}
