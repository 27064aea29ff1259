import type { ConversationEvent, EventPayload, TurnInspection } from '@docent/contracts';
import { failedFor, type TenantContext, type TenantSql } from '@docent/platform';
import type { HeldTurn } from './journal';
import { previewOf } from './preview-of';
import { writtenEvent } from './write-events';

export type TurnOutcome = { type: 'answer.completed'; data: EventPayload<'answer.completed'> } | { type: 'answer.failed'; data: EventPayload<'answer.failed'> };

export interface ClosedTurn {
  events: ConversationEvent[];
  /** Answers in a row, this one included, that the knowledge did not hold. */
  unansweredInARow: number;
}

/**
 * The turn's state and the last event, in one statement. Fails on purpose (a division by the number of turns closed, none) where the turn
 * is somebody else's by now: {@link isOfAnother}. Then nothing of the transaction is stored.
 */
export async function storeEnd(sql: TenantSql, ctx: TenantContext, turn: HeldTurn, outcome: TurnOutcome, inspection: TurnInspection | null): Promise<ClosedTurn> {
  const isCompleted = outcome.type === 'answer.completed';
  const answered = isCompleted && isSettled(outcome) ? outcome.data.answered : null;
  const json = JSON.stringify(outcome.data);
  const [row] = await sql.query<{ seq: number; created_at: Date; unanswered_in_a_row: number }>(
    `WITH closed AS (
       UPDATE turns SET status = $4, answered = $5::boolean, error_code = $6, inspection = $7, closed_at = now()
        WHERE tenant_id = $1 AND id = $2 AND fence = $3 AND status = 'running' RETURNING conversation_id
     ), attempt AS (
       INSERT INTO turn_attempts (tenant_id, turn_id, fence, outcome, model) SELECT $1, $2, $3, $12, $8::text FROM closed
     ), counted AS (
       UPDATE conversations c SET last_seq = last_seq + 1, last_message_at = now(), unanswered_count = unanswered_count + ($5 IS FALSE)::int,
              unanswered_in_a_row = CASE WHEN $5 THEN 0 ELSE unanswered_in_a_row + ($5 IS FALSE)::int END, preview = coalesce(nullif($9, ''), preview)
         FROM closed WHERE c.tenant_id = $1 AND c.id = closed.conversation_id RETURNING c.id, c.last_seq, c.unanswered_in_a_row
     ), written AS (
       INSERT INTO conversation_events (tenant_id, conversation_id, seq, type, turn_id, payload) SELECT $1, id, last_seq, $10, $2, $11::jsonb FROM counted RETURNING seq, created_at
     ) SELECT max(w.seq) AS seq, max(w.created_at) AS created_at, max(c.unanswered_in_a_row) AS unanswered_in_a_row, 1 / count(*) AS is_held FROM written w, counted c`,
    [ctx.tenantId, turn.turnId, turn.fence, isCompleted ? 'completed' : 'failed', answered, isCompleted ? null : outcome.data.code, inspection && JSON.stringify(inspection), inspection?.model ?? null, isCompleted ? previewOf(outcome.data.text) : '', outcome.type, json, isSettled(outcome) ? 'settled' : 'failed'],
  );
  return { events: [writtenEvent(row!.seq, row!.created_at, outcome, json)], unansweredInARow: row!.unanswered_in_a_row };
}

/** Whether the answer counts. Stopped before its first word: nobody knows whether it would have answered, and it counts as nothing. */
export function isSettled({ type, data }: TurnOutcome): boolean {
  return type === 'answer.completed' && !(data.finishReason === 'stopped_by_visitor' && data.text === '');
}

/** Whether this is why {@link storeEnd} failed. */
export function isOfAnother(error: unknown): boolean {
  return failedFor('divisionByZero', error);
}
