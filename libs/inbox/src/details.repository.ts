import { Injectable } from '@nestjs/common';
import type { Brief, ConversationDetails, HandoverReason, HandoverState, Note, VisitorFacts } from '@docent/contracts';
import { TenantDb, type TenantContext, type TenantSql } from '@docent/platform';
import { inboxColumns, inboxTables, toInboxItem, type InboxRow } from './to-inbox-item';

const earlierShown = 20;

interface DetailsRow extends InboxRow {
  writer_fence: number;
  handover_reason: HandoverReason | null;
  visitor_read_seq: number;
  agent_read_seq: number;
  satisfaction: number | null;
  satisfaction_comment: string;
  brief: Brief | null;
  external_id: string | null;
  known_name: string | null;
  email: string | null;
  fields: Record<string, string> | null;
}

/** What a member sees beside the transcript. */
@Injectable()
export class DetailsRepository {
  constructor(private readonly db: TenantDb) {}

  /** All of one moment; null where the conversation is not this workspace's. */
  read(ctx: TenantContext, conversationId: string): Promise<ConversationDetails | null> {
    return this.db.runSql(ctx, async (sql) => {
      const [row] = await sql.query<DetailsRow>(
        `SELECT ${inboxColumns}, c.writer_fence, c.handover_reason, c.visitor_read_seq, c.agent_read_seq, c.satisfaction, c.satisfaction_comment, c.brief,
                v.external_id, v.name AS known_name, v.email, v.fields
           FROM ${inboxTables} WHERE c.tenant_id = $1 AND c.id = $2`,
        [ctx.tenantId, conversationId],
      );
      if (!row) return null;
      const [notes, earlier] = await Promise.all([readNotes(sql, ctx, conversationId), readEarlier(sql, ctx, row)]);
      return {
        conversation: toInboxItem(row),
        visitor: toFacts(row, earlier),
        notes,
        brief: row.brief,
        fence: row.writer_fence,
        handoverReason: row.handover_reason,
        visitorReadSeq: row.visitor_read_seq,
        agentReadSeq: row.agent_read_seq,
        satisfaction: row.satisfaction === null ? null : { score: row.satisfaction, comment: row.satisfaction_comment },
      };
    });
  }
}

function toFacts(row: DetailsRow, earlier: VisitorFacts['earlier']): VisitorFacts {
  return {
    visitorId: row.visitor_id,
    // An id of the customer's own only comes with their server's signature.
    verified: row.external_id !== null,
    externalId: row.external_id,
    name: row.known_name,
    email: row.email,
    fields: row.fields ?? {},
    pageUrl: row.page_url,
    locale: row.locale,
    earlier,
  };
}

async function readNotes(sql: TenantSql, ctx: TenantContext, conversationId: string): Promise<Note[]> {
  const rows = await sql.query<{ id: string; author_id: string; author_name: string; text: string; created_at: Date }>(
    'SELECT id, author_id, author_name, text, created_at FROM notes WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY created_at, id',
    [ctx.tenantId, conversationId],
  );
  return rows.map((row) => ({ id: row.id, author: { id: row.author_id, name: row.author_name }, text: row.text, at: row.created_at.toISOString() }));
}

async function readEarlier(sql: TenantSql, ctx: TenantContext, row: DetailsRow): Promise<VisitorFacts['earlier']> {
  if (row.visitor_id === null) return [];
  const rows = await sql.query<{ id: string; title: string; state: HandoverState; last_message_at: Date }>(
    `SELECT id, title, state, last_message_at FROM conversations
      WHERE tenant_id = $1 AND visitor_id = $2 AND id <> $3 AND message_count > 0 ORDER BY last_message_at DESC LIMIT $4`,
    [ctx.tenantId, row.visitor_id, row.id, earlierShown],
  );
  return rows.map(({ id, title, state, last_message_at: at }) => ({ id, title, state, lastMessageAt: at.toISOString() }));
}
