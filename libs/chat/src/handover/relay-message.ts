import { randomUUID } from 'node:crypto';
import { HandoverSettings, type ConversationEvent, type EventPayload, type SendMessage } from '@docent/contracts';
import type { TenantContext, TenantSql } from '@docent/platform';
import { previewOf } from '../preview-of';
import { writeEvents } from '../write-events';
import { claimAttachments } from './claim-attachments';
import { moveFloor, type Floor } from './move-floor';

export interface RelayedMessage {
  turnId: string;
  seq: number;
  events: ConversationEvent[];
}

/**
 * A visitor's message to the person who holds the conversation, whose row the caller has locked: stored, and nothing is asked of the
 * bot. Its turn only keeps the `clientMessageId`. From the first message without a reply on, the agent must be seen.
 */
export async function relayMessage(sql: TenantSql, ctx: TenantContext, conversation: Floor & { id: string; botId: string; lastSeq: number }, message: SendMessage): Promise<RelayedMessage> {
  const turnId = randomUUID();
  const seq = conversation.lastSeq + 1;
  const [bot] = await sql.query<{ handover: unknown }>('SELECT handover FROM bots WHERE tenant_id = $1 AND id = $2', [ctx.tenantId, conversation.botId]);
  const floor = moveFloor(conversation, { move: 'write' }, HandoverSettings.parse(bot!.handover));
  const attachments = await claimAttachments(sql, ctx, conversation.id, seq, message.attachmentIds, true);
  const data: EventPayload<'message'> = { turnId: null, clientMessageId: message.clientMessageId, role: 'visitor', text: message.text, ...(attachments && { attachments }) };
  const events = await writeEvents(sql, ctx, conversation.id, seq, null, [{ type: 'message', data }]);
  await sql.query(
    `WITH relayed AS (
       INSERT INTO turns (tenant_id, id, conversation_id, client_message_id, question, message_seq, status, lease_owner, lease_until, closed_at)
       VALUES ($1::uuid, $2, $3::uuid, $4, $5::text, $6::int, 'relayed', '', now(), now())
     ) UPDATE conversations SET last_seq = $6, message_count = message_count + 1, unread = unread + 1, last_message_at = now(), snoozed_until = NULL,
              preview = $7, title = CASE WHEN title = '' THEN left($9, 140) ELSE title END,
              waiting_since = coalesce(waiting_since, now()), handover_due = CASE WHEN $8::int IS NULL THEN handover_due ELSE now() + $8 * interval '1 second' END
        WHERE tenant_id = $1 AND id = $3`,
    [ctx.tenantId, turnId, conversation.id, message.clientMessageId, message.text, seq, previewOf(message.text, attachments), floor.dueSeconds === 'keep' ? null : floor.dueSeconds, message.text.trim() === '' ? previewOf('', attachments) : message.text],
  );
  return { turnId, seq, events };
}
