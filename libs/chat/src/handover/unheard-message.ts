import type { UsageService } from '@docent/billing';
import type { ConversationEvent } from '@docent/contracts';
import type { TenantContext, TenantSql } from '@docent/platform';
import type { HeldTurn } from '../journal';
import type { Lease } from '../store-question';
import { writeEvents } from '../write-events';

interface RelayedRow extends Record<string, unknown> {
  id: string;
  status: string;
  question: string;
  fence: number;
  isHeard: boolean;
}

export interface OpenedAnswer {
  turn: HeldTurn;
  events: ConversationEvent[];
}

/**
 * The last thing that a visitor said to a person who leaves or gives them back, and that nobody has answered, becomes a question to the
 * bot, in the transaction of that move: a process that dies right after it leaves a turn that others take over. Null where there is no
 * such message, or the month is full. Send nothing behind it: it holds the month's row.
 */
export async function openUnheard(sql: TenantSql, ctx: TenantContext, conversationId: string, seq: number, lease: Lease, usage: UsageService): Promise<OpenedAnswer | null> {
  const relayed = await lastMessage(sql, ctx, conversationId);
  if (relayed?.status !== 'relayed' || relayed.isHeard || relayed.question.trim() === '') return null;
  const turn: HeldTurn = { tenantId: ctx.tenantId, conversationId, turnId: relayed.id, fence: relayed.fence };
  await sql.query('SAVEPOINT unheard');
  const events = await writeEvents(sql, ctx, conversationId, seq, turn.turnId, [{ type: 'answer.started', data: { turnId: turn.turnId } }]);
  await sql.query(
    `WITH turn AS (
       UPDATE turns SET status = 'running', lease_owner = $4, lease_until = now() + $5 * interval '1 millisecond', closed_at = NULL WHERE tenant_id = $1 AND id = $3
     ) UPDATE conversations SET last_seq = $6 WHERE tenant_id = $1 AND id = $2`,
    [ctx.tenantId, conversationId, turn.turnId, lease.owner, lease.ms, seq],
  );
  if ((await usage.reserve(sql, ctx, turn.turnId)) === 'reserved') return { turn, events };
  await sql.query('ROLLBACK TO SAVEPOINT unheard');
  return null;
}

async function lastMessage(sql: TenantSql, ctx: TenantContext, conversationId: string): Promise<RelayedRow | undefined> {
  const [row] = await sql.query<RelayedRow>(
    `SELECT t.id, t.status, t.question, t.fence,
            EXISTS (SELECT FROM conversation_events e WHERE e.tenant_id = $1 AND e.conversation_id = $2 AND e.seq > t.message_seq AND e.type = 'message') AS "isHeard"
       FROM turns t WHERE t.tenant_id = $1 AND t.conversation_id = $2 ORDER BY t.message_seq DESC LIMIT 1`,
    [ctx.tenantId, conversationId],
  );
  return row;
}
