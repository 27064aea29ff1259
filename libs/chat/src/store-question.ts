import { randomUUID } from 'node:crypto';
import type { ConversationEvent, EventPayload, HandoverState, SendMessage } from '@docent/contracts';
import type { TenantContext, TenantSql } from '@docent/platform';
import { claimAttachments } from './handover/claim-attachments';
import { handoverEvent } from './handover/handover-event';
import { moveFloor, type Floor } from './handover/move-floor';
import type { HeldTurn } from './journal';
import { previewOf } from './preview-of';
import { writeEvents } from './write-events';

/** Who answers, and for how long nobody else may take it over. */
export interface Lease {
  owner: string;
  ms: number;
}

/** A conversation whose row is held, as a message to it needs it. */
export interface ConversationHead extends Record<string, unknown> {
  id: string;
  bot_id: string;
  last_seq: number;
  state: HandoverState;
  writer_fence: number;
  assignee_id: string | null;
  is_awaited: boolean;
}

/** Question and turn, on their way to the database. */
export interface StoredQuestion {
  turn: HeldTurn;
  seq: number;
  stored: Promise<ConversationEvent[]>;
}

/** Writing in any state but `human` awaits nobody, so that no waiting time counts. */
const noPatience = { waitAtMostSeconds: 0, agentAwaySeconds: 0 };

/** Sends the statements that store question and turn; `stored` are the events. A closed conversation opens again with the question. */
export async function storeQuestion(sql: TenantSql, ctx: TenantContext, conversation: ConversationHead, message: SendMessage, lease: Lease): Promise<StoredQuestion> {
  const turn = { tenantId: ctx.tenantId, turnId: randomUUID(), conversationId: conversation.id, fence: 1 };
  const { state } = moveFloor(floorOf(conversation), { move: 'write' }, noPatience);
  const reopened = state === conversation.state ? [] : [{ type: 'handover' as const, data: handoverEvent({ move: 'write', state, reason: 'reopened' }) }];
  const seq = conversation.last_seq + reopened.length + 1;
  const { turnId } = turn;
  const attachments = message.attachmentIds?.length ? await claimAttachments(sql, ctx, conversation.id, seq, message.attachmentIds, true) : undefined;
  const question: EventPayload<'message'> = { turnId, clientMessageId: message.clientMessageId, role: 'visitor', text: message.text, ...(attachments && { attachments }) };
  const stored = Promise.all([
    writeEvents(sql, ctx, conversation.id, seq - reopened.length, turnId, [...reopened, { type: 'message', data: question }, { type: 'answer.started', data: { turnId } }]),
    sql.query(
      `WITH turn AS (
         INSERT INTO turns (tenant_id, id, conversation_id, client_message_id, question, message_seq, lease_owner, lease_until)
         VALUES ($1::uuid, $2, $3::uuid, $4, $5::text, $6::int, $7, now() + $8 * interval '1 millisecond')
       ) UPDATE conversations SET last_seq = $6 + 1, message_count = message_count + 1, last_message_at = now(), title = CASE WHEN title = '' THEN left($11, 140) ELSE title END,
                state = $9, closed_at = NULL, unread = unread + 1, preview = $10, snoozed_until = NULL
          WHERE tenant_id = $1 AND id = $3`,
      [ctx.tenantId, turnId, conversation.id, message.clientMessageId, message.text, seq, lease.owner, lease.ms, state, previewOf(message.text, attachments), message.text.trim() === '' ? previewOf('', attachments) : message.text],
    ),
  ]);
  return { turn, seq, stored: stored.then(([events]) => events) };
}

/** The owner's words stand as the answer, so that the visitor sees no error. */
export async function storeLimitAnswer(sql: TenantSql, ctx: TenantContext, { turnId, conversationId }: HeldTurn, seq: number, text: string): Promise<ConversationEvent[]> {
  const answer: EventPayload<'answer.completed'> = { turnId, text, citations: [], answered: false, suggestions: [], finishReason: 'stop' };
  await sql.query(`UPDATE turns SET status = 'completed', answered = false, error_code = 'limit_reached', closed_at = now() WHERE tenant_id = $1 AND id = $2`, [ctx.tenantId, turnId]);
  await sql.query('UPDATE conversations SET last_seq = $3, unanswered_count = unanswered_count + 1 WHERE tenant_id = $1 AND id = $2', [ctx.tenantId, conversationId, seq + 1]);
  return writeEvents(sql, ctx, conversationId, seq, turnId, [{ type: 'answer.delta', data: { turnId, text } }, { type: 'answer.completed', data: answer }]);
}

/** Who holds the conversation. */
export function floorOf(conversation: ConversationHead): Floor {
  return { state: conversation.state, fence: conversation.writer_fence, assigneeId: conversation.assignee_id, isAwaited: conversation.is_awaited };
}
