import type { ConversationEvent } from '@docent/contracts';
import type { TenantContext, TenantSql } from '@docent/platform';
import { toEvent, type EventRow } from './to-conversation';

export interface NewEvent {
  type: ConversationEvent['type'];
  data: unknown;
}

/**
 * Writes events with the numbers from `firstSeq` on. The caller holds the conversation's row, sets its `last_seq`, and publishes what is returned
 * once it is committed. Nothing is announced within the transaction: PostgreSQL lets only one commit at a time pass that announces something.
 */
export async function writeEvents(sql: TenantSql, ctx: TenantContext, conversationId: string, firstSeq: number, turnId: string | null, events: NewEvent[]): Promise<ConversationEvent[]> {
  const rows = await sql.query<EventRow>(
    `WITH written AS (
       INSERT INTO conversation_events (tenant_id, conversation_id, seq, type, turn_id, payload)
       SELECT $1::uuid, $2::uuid, $3::int + e.position - 1, e.type, $4::uuid, e.payload FROM unnest($5::text[], $6::jsonb[]) WITH ORDINALITY AS e (type, payload, position)
       RETURNING seq, type, created_at, payload
     ) SELECT * FROM written ORDER BY seq`,
    [ctx.tenantId, conversationId, firstSeq, turnId, events.map((event) => event.type), events.map((event) => JSON.stringify(event.data))],
  );
  return rows.map(toEvent);
}
