import { Injectable } from '@nestjs/common';
import { HandoverSettings, type AgentName, type ConversationEvent, type EventPayload, type Floor, type HandoverState } from '@docent/contracts';
import { AppError, found, Signals, TenantDb, type TenantContext, type TenantSql } from '@docent/platform';
import { ConversationHub } from '../conversation-hub';
import { previewOf } from '../preview-of';
import { writeEvents } from '../write-events';
import { claimAttachments } from './claim-attachments';
import { assigneeName, readAgent } from './read-agent';

export interface AgentMessage {
  clientMessageId: string;
  text: string;
  /** Of the floor as the writer knows it. */
  fence: number;
  attachmentIds?: string[];
}

export interface Sighting {
  readSeq?: number;
  typing?: boolean;
}

interface HeldRow extends Record<string, unknown> {
  bot_id: string;
  last_seq: number;
  state: HandoverState;
  writer_fence: number;
  assignee_id: string | null;
}

interface SightedRow extends HeldRow {
  read: number;
  was_unread: boolean;
}

interface SeenRow extends Record<string, unknown> {
  seq: number;
  agent_id: string | null;
}

/** What a person writes into a conversation that they hold, and that they are there. */
@Injectable()
export class AgentMessages {
  constructor(
    private readonly db: TenantDb,
    private readonly hub: ConversationHub,
    private readonly signals: Signals,
  ) {}

  /**
   * Stores a person's message. The same `clientMessageId` again returns the same number, also after the conversation has moved on.
   * Throws `not_the_writer` where the caller does not hold it, or holds it anew since the fence that they name.
   */
  async reply(ctx: TenantContext, conversationId: string, message: AgentMessage): Promise<{ seq: number }> {
    const personId = callerId(ctx);
    const written = await this.db.runSql(ctx, async (sql) => {
      const held = found(await this.hold(sql, ctx, conversationId));
      const known = await this.known(sql, ctx, conversationId, message.clientMessageId);
      if (known && known.agent_id !== personId) throw new AppError('conflict', { clientMessageId: message.clientMessageId });
      if (known) return { seq: known.seq, events: [] as ConversationEvent[], botId: held.bot_id };
      const agent = await readAgent(sql, ctx, personId);
      if (!agent || held.state !== 'human' || held.assignee_id !== personId || held.writer_fence !== message.fence) throw new AppError('not_the_writer', { fence: held.writer_fence });
      const seq = held.last_seq + 1;
      return { seq, events: await this.store(sql, ctx, conversationId, seq, agent, message), botId: held.bot_id };
    });
    this.hub.publish(conversationId, written.events);
    if (written.events.length > 0) await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id: conversationId, botId: written.botId, lastSeq: written.seq });
    return { seq: written.seq };
  }

  /** The caller looks at the conversation: where they hold it, that keeps it theirs; what they have read counts as read. */
  async here(ctx: TenantContext, conversationId: string, { readSeq, typing }: Sighting): Promise<Floor> {
    const personId = callerId(ctx);
    const seen = await this.db.runSql(ctx, async (sql) => {
      const [row] = await sql.query<SightedRow>(
        `UPDATE conversations c SET
                handover_due = CASE WHEN c.assignee_id = $3 AND c.state = 'human' AND c.waiting_since IS NOT NULL
                                    THEN now() + coalesce((b.handover ->> 'agentAwaySeconds')::int, $5) * interval '1 second' ELSE c.handover_due END,
                agent_read_seq = greatest(c.agent_read_seq, least($4::int, c.last_seq)), unread = CASE WHEN $4 >= c.last_seq THEN 0 ELSE c.unread END
           FROM bots b, (SELECT id, unread, agent_read_seq FROM conversations WHERE tenant_id = $1 AND id = $2) before
          WHERE c.tenant_id = $1 AND c.id = $2 AND b.tenant_id = c.tenant_id AND b.id = c.bot_id
         RETURNING c.state, c.writer_fence, c.assignee_id, c.agent_read_seq AS read, before.unread > 0 AND c.unread = 0 AS was_unread, c.bot_id, c.last_seq`,
        [ctx.tenantId, conversationId, personId, readSeq ?? 0, HandoverSettings.parse({}).agentAwaySeconds],
      );
      return row && { row, assignee: await assigneeName(sql, ctx, row.assignee_id) };
    });
    const { row, assignee } = found(seen);
    const { read, was_unread: wasUnread, bot_id: botId, last_seq: lastSeq } = row;
    const floor = { state: row.state, fence: row.writer_fence, assignee };
    if (wasUnread) await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id: conversationId, botId, lastSeq });
    // Visitors hear of the person who speaks with them, and of nobody who merely looks.
    if (assignee?.id !== personId) return floor;
    if (readSeq !== undefined) await this.signals.send('presence', { conversationId, kind: 'read', by: 'agent', seq: read });
    if (typing !== undefined) await this.signals.send('presence', { conversationId, kind: 'typing', by: 'agent', name: assignee.name, on: typing });
    return floor;
  }

  private async hold(sql: TenantSql, ctx: TenantContext, conversationId: string): Promise<HeldRow | undefined> {
    const [row] = await sql.query<HeldRow>('SELECT bot_id, last_seq, state, writer_fence, assignee_id FROM conversations WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE', [
      ctx.tenantId,
      conversationId,
    ]);
    return row;
  }

  private async known(sql: TenantSql, ctx: TenantContext, conversationId: string, clientMessageId: string): Promise<SeenRow | undefined> {
    const [row] = await sql.query<SeenRow>(
      `SELECT seq, payload #>> '{agent,id}' AS agent_id FROM conversation_events
        WHERE tenant_id = $1 AND conversation_id = $2 AND type = 'message' AND payload ->> 'role' = 'agent' AND payload ->> 'clientMessageId' = $3`,
      [ctx.tenantId, conversationId, clientMessageId],
    );
    return row;
  }

  private async store(sql: TenantSql, ctx: TenantContext, conversationId: string, seq: number, agent: AgentName, message: AgentMessage): Promise<ConversationEvent[]> {
    const attachments = await claimAttachments(sql, ctx, conversationId, seq, message.attachmentIds, false);
    const data: EventPayload<'message'> = { turnId: null, clientMessageId: message.clientMessageId, role: 'agent', text: message.text, agent, ...(attachments && { attachments }) };
    const events = await writeEvents(sql, ctx, conversationId, seq, null, [{ type: 'message', data }]);
    // Whoever has written waits for nobody to write, and has read what they answer.
    await sql.query(
      `UPDATE conversations SET last_seq = $3, message_count = message_count + 1, last_message_at = now(), preview = $4, unread = 0, agent_read_seq = $3,
              waiting_since = NULL, handover_due = NULL, snoozed_until = NULL
        WHERE tenant_id = $1 AND id = $2`,
      [ctx.tenantId, conversationId, seq, previewOf(message.text, attachments)],
    );
    return events;
  }
}

function callerId({ caller }: TenantContext): string {
  if (caller.kind !== 'member') throw new AppError('forbidden');
  return caller.personId;
}
