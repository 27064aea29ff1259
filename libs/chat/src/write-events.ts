import type { ConversationEvent } from '@docent/contracts';
import type { TenantContext, TenantSql } from '@docent/platform';
import { rememberJson } from './event-json';

export interface NewEvent {
  type: ConversationEvent['type'];
  data: unknown;
}

/**
 * Writes events with the numbers from `firstSeq` on. The caller holds the conversation's row, sets its `last_seq`, and publishes what is returned
 * once it is committed. Nothing is announced within the transaction: PostgreSQL lets only one commit at a time pass that announces something.
 */
export async function writeEvents(sql: TenantSql, ctx: TenantContext, conversationId: string, firstSeq: number, turnId: string | null, events: NewEvent[]): Promise<ConversationEvent[]> {
  const payloads = events.map(({ data }) => JSON.stringify(data));
  const [row] = await sql.query<{ created_at: Date }>(
    `WITH written AS (
       INSERT INTO conversation_events (tenant_id, conversation_id, seq, type, turn_id, payload)
       SELECT $1::uuid, $2::uuid, $3::int + e.position - 1, e.type, $4::uuid, e.payload FROM unnest($5::text[], $6::jsonb[]) WITH ORDINALITY AS e (type, payload, position)
       RETURNING created_at
     ) SELECT min(created_at) AS created_at FROM written`,
    [ctx.tenantId, conversationId, firstSeq, turnId, events.map((event) => event.type), payloads],
  );
  return events.map((event, at) => writtenEvent(firstSeq + at, row!.created_at, event, payloads[at]!));
}

/** As the log holds it; `json` is its data, written already. */
export function writtenEvent(seq: number, createdAt: Date, { type, data }: NewEvent, json: string): ConversationEvent {
  const event = { seq, type, at: createdAt.toISOString(), data } as ConversationEvent;
  rememberJson(event, json);
  return event;
}
