import { Injectable } from '@nestjs/common';
import { UsageService } from '@docent/billing';
import type { ConversationEvent, HandoverState } from '@docent/contracts';
import { TenantDb, type TenantContext, type TenantSql } from '@docent/platform';
import { ConversationHub } from '../conversation-hub';
import { TurnRunner } from '../turn-runner';
import type { HeldTurn } from '../journal';
import { writeEvents } from '../write-events';

interface RelayedRow extends Record<string, unknown> {
  id: string;
  status: string;
  question: string;
  fence: number;
  isHeard: boolean;
}

interface Opened {
  turn: HeldTurn;
  events: ConversationEvent[];
}

/** The last thing that a visitor said to a person who left or gave them back, and that nobody has answered: the bot does. */
@Injectable()
export class UnheardMessages {
  constructor(
    private readonly db: TenantDb,
    private readonly usage: UsageService,
    private readonly hub: ConversationHub,
    private readonly turns: TurnRunner,
  ) {}

  /** Does nothing where there is no such message, or the month is full. */
  async answer(ctx: TenantContext, conversationId: string): Promise<void> {
    const opened = await this.open(ctx, conversationId);
    if (!opened) return;
    this.hub.publish(conversationId, opened.events);
    this.turns.start(opened.turn);
  }

  private open(ctx: TenantContext, conversationId: string): Promise<Opened | null> {
    return this.db.runSql(ctx, async (sql) => {
      const [conversation] = await sql.query<{ last_seq: number; state: HandoverState }>(
        'SELECT last_seq, state FROM conversations WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE',
        [ctx.tenantId, conversationId],
      );
      if (conversation?.state !== 'bot' && conversation?.state !== 'waiting') return null;
      const relayed = await this.lastMessage(sql, ctx, conversationId);
      if (relayed?.status !== 'relayed' || relayed.isHeard || relayed.question.trim() === '') return null;
      return this.begin(sql, ctx, { tenantId: ctx.tenantId, conversationId, turnId: relayed.id, fence: relayed.fence }, conversation.last_seq + 1);
    });
  }

  private async lastMessage(sql: TenantSql, ctx: TenantContext, conversationId: string): Promise<RelayedRow | undefined> {
    const [row] = await sql.query<RelayedRow>(
      `SELECT t.id, t.status, t.question, t.fence,
              EXISTS (SELECT FROM conversation_events e WHERE e.tenant_id = $1 AND e.conversation_id = $2 AND e.seq > t.message_seq AND e.type = 'message') AS "isHeard"
         FROM turns t WHERE t.tenant_id = $1 AND t.conversation_id = $2 ORDER BY t.message_seq DESC LIMIT 1`,
      [ctx.tenantId, conversationId],
    );
    return row;
  }

  private async begin(sql: TenantSql, ctx: TenantContext, turn: HeldTurn, seq: number): Promise<Opened | null> {
    const { turnId, conversationId } = turn;
    const stored = Promise.all([
      writeEvents(sql, ctx, conversationId, seq, turnId, [{ type: 'answer.started', data: { turnId } }]),
      sql.query(
        `WITH turn AS (
           UPDATE turns SET status = 'running', lease_owner = $4, lease_until = now() + $5 * interval '1 millisecond', closed_at = NULL WHERE tenant_id = $1 AND id = $3
         ) UPDATE conversations SET last_seq = $6 WHERE tenant_id = $1 AND id = $2`,
        [ctx.tenantId, conversationId, turnId, this.turns.lease.owner, this.turns.lease.ms, seq],
      ),
    ]);
    const [[events], reservation] = await sql.commitWith(Promise.all([stored, this.usage.reserve(sql, ctx, turnId)]));
    return reservation === 'reserved' ? { turn, events } : null;
  }
}
