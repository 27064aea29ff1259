import { Injectable } from '@nestjs/common';
import { UsageService } from '@docent/billing';
import { HandoverSettings, type AgentName, type Channel, type ConversationEvent, type EventPayload, type HandoverMove, type HandoverReason, type HandoverState } from '@docent/contracts';
import { detectLanguage } from '@docent/language';
import { TenantDb, type TenantContext, type TenantSql } from '@docent/platform';
import { visitorOf } from '../chat.repository';
import type { HeldTurn } from '../journal';
import type { Lease } from '../store-question';
import { writeEvents } from '../write-events';
import { endAnswer, RunningTurns, type EndedAnswer } from './end-answer';
import { handoverEvent, outOfHoursEvent } from './handover-event';
import { moveFloor, type Floor, type MovedFloor } from './move-floor';
import { assigneeName } from './read-agent';
import { openUnheard } from './unheard-message';

/** A conversation whose row is held, as a decision about it needs it. */
export interface HeldConversation extends Floor {
  id: string;
  botId: string;
  channel: Channel;
  lastSeq: number;
  /** Whoever was to come or to write did not in time. */
  isDue: boolean;
  language: string | null;
  settings: HandoverSettings;
  /** Its bot has a message form. */
  hasForm: boolean;
}

/** What is to happen. `tell`: nothing moves, but the visitor is told that nobody is there at this hour. */
export type Decision =
  | { move: HandoverMove; reason: HandoverReason; agent?: AgentName }
  | { move: 'tell'; reason: 'out_of_hours' };

/** Decides under the conversation's lock; null: nothing is to be done. May throw an AppError to refuse. */
export type Decide = (held: HeldConversation, sql: TenantSql) => Decision | null | Promise<Decision | null>;

export interface MoveOptions {
  /** A running answer ends with this move; what it has said stays. */
  endsAnswer: boolean;
  /** Of whoever answers what a person leaves unanswered. Without it nobody does. */
  lease?: Lease;
}

export interface Moved {
  botId: string;
  lastSeq: number;
  state: HandoverState;
  fence: number;
  assigneeId: string | null;
  assignee: AgentName | null;
  settings: HandoverSettings;
  events: ConversationEvent[];
  /** The bot answers what the person left unanswered: under the given lease. */
  opened: HeldTurn | null;
  /** Answers that were ended by this; whoever writes them may stop. */
  endedTurns: string[];
}

interface Outcome {
  floor: MovedFloor;
  ended: EndedAnswer[];
  reason: HandoverReason;
  told: EventPayload<'handover'>;
  agent: AgentName | null;
  lease?: Lease;
}

interface HeldRow extends Record<string, unknown> {
  id: string;
  bot_id: string;
  channel: Channel;
  locale: string | null;
  last_seq: number;
  state: HandoverState;
  writer_fence: number;
  assignee_id: string | null;
  is_awaited: boolean;
  is_due: boolean;
  handover: unknown;
  has_form: boolean;
  last_question: string | null;
}

/** Moves conversations from hand to hand: state, fence, end of a running answer and event in the log are one transaction under the conversation's lock. */
@Injectable()
export class HandoverRepository {
  constructor(
    private readonly db: TenantDb,
    private readonly usage: UsageService,
  ) {}

  /**
   * Null where the conversation is not this caller's.
   * Throws `conflict` for a move that is not possible now.
   */
  async move(ctx: TenantContext, conversationId: string, { endsAnswer, lease }: MoveOptions, decide: Decide): Promise<Moved | null> {
    for (;;) {
      const moved = await this.db.runSql(ctx, async (sql) => {
        // Turns before conversations, as the journal locks them. A turn that opens in between is seen afterwards: then all begins again.
        const turns = endsAnswer ? await RunningTurns.lock(sql, ctx, conversationId) : null;
        const held = await this.hold(sql, ctx, conversationId);
        if (!held) return null;
        if (turns && !(await turns.areAll(sql))) return 'again';
        return this.apply(sql, ctx, held, turns, await decide(held, sql), lease);
      });
      if (moved !== 'again') return moved;
    }
  }

  private async hold(sql: TenantSql, ctx: TenantContext, conversationId: string): Promise<HeldConversation | null> {
    const [row] = await sql.query<HeldRow>(
      `SELECT c.id, c.bot_id, c.channel, c.locale, c.last_seq, c.state, c.writer_fence, c.assignee_id, c.waiting_since IS NOT NULL AS is_awaited,
              coalesce(c.handover_due < now(), false) AS is_due, b.handover, coalesce(jsonb_typeof(b.engagement -> 'messageForm') = 'object', false) AS has_form,
              (SELECT t.question FROM turns t WHERE t.tenant_id = c.tenant_id AND t.conversation_id = c.id ORDER BY t.message_seq DESC LIMIT 1) AS last_question
         FROM conversations c JOIN bots b ON b.tenant_id = c.tenant_id AND b.id = c.bot_id
        WHERE c.tenant_id = $1 AND c.id = $2 AND ($3::uuid IS NULL OR c.visitor_id = $3) FOR NO KEY UPDATE OF c`,
      [ctx.tenantId, conversationId, visitorOf(ctx)],
    );
    if (!row) return null;
    return {
      id: row.id,
      botId: row.bot_id,
      channel: row.channel,
      lastSeq: row.last_seq,
      state: row.state,
      fence: row.writer_fence,
      assigneeId: row.assignee_id,
      isAwaited: row.is_awaited,
      isDue: row.is_due,
      language: detectLanguage(row.last_question ?? '') ?? row.locale,
      settings: HandoverSettings.parse(row.handover),
      hasForm: row.has_form,
    };
  }

  private async apply(sql: TenantSql, ctx: TenantContext, held: HeldConversation, turns: RunningTurns | null, decision: Decision | null, lease?: Lease): Promise<Moved> {
    if (!decision) return this.unmoved(sql, ctx, held);
    if (decision.move === 'tell') {
      const ended = await this.endAnswers(sql, ctx, held, turns);
      const unmoved: MovedFloor = { ...held, changed: false, waiting: 'goes_on', dueSeconds: 'keep' };
      return this.store(sql, ctx, held, { floor: unmoved, ended, reason: decision.reason, told: outOfHoursEvent(held), agent: null });
    }
    const step = { move: decision.move, agentId: decision.agent?.id, cutsAnswer: (turns?.ids.length ?? 0) > 0 };
    const floor = moveFloor(held, step, held.settings);
    if (!floor.changed) return this.unmoved(sql, ctx, held);
    const ended = await this.endAnswers(sql, ctx, held, turns);
    const agent = decision.agent ?? null;
    const told = handoverEvent({ move: decision.move, state: floor.state, reason: decision.reason, agent, language: held.language, settings: held.settings, hasForm: held.hasForm });
    return this.store(sql, ctx, held, { floor, ended, reason: decision.reason, told, agent, lease });
  }

  private async endAnswers(sql: TenantSql, ctx: TenantContext, held: HeldConversation, turns: RunningTurns | null): Promise<EndedAnswer[]> {
    const ended: EndedAnswer[] = [];
    for (const turnId of turns?.ids ?? []) ended.push(await endAnswer(sql, ctx, held.id, turnId));
    return ended;
  }

  private async store(sql: TenantSql, ctx: TenantContext, held: HeldConversation, { floor, ended, reason, told, agent, lease }: Outcome): Promise<Moved> {
    const events: ConversationEvent[] = [];
    for (const { turnId, event } of ended) events.push(...(await writeEvents(sql, ctx, held.id, held.lastSeq + events.length + 1, turnId, [event])));
    events.push(...(await writeEvents(sql, ctx, held.id, held.lastSeq + events.length + 1, null, [{ type: 'handover', data: told }])));
    await this.updateConversation(sql, ctx, held.id, held.lastSeq + events.length, floor, reason);
    // The month's row comes last: the workspace's questions wait for it.
    for (const { turnId, text } of ended) await (text ? this.usage.settle(sql, ctx, turnId) : this.usage.release(sql, ctx, turnId));
    const isLeft = held.state === 'human' && held.isAwaited && (floor.state === 'bot' || floor.state === 'waiting');
    const unheard = isLeft && lease ? await openUnheard(sql, ctx, held.id, held.lastSeq + events.length + 1, lease, this.usage) : null;
    events.push(...(unheard?.events ?? []));
    const { state, fence, assigneeId } = floor;
    const { botId, settings } = held;
    const endedTurns = ended.map(({ turnId }) => turnId);
    return { botId, settings, state, fence, assigneeId, assignee: agent, lastSeq: held.lastSeq + events.length, events, opened: unheard?.turn ?? null, endedTurns };
  }

  private async updateConversation(sql: TenantSql, ctx: TenantContext, conversationId: string, lastSeq: number, floor: MovedFloor, reason: HandoverReason): Promise<void> {
    await sql.query(
      `UPDATE conversations SET last_seq = $3, state = $4::text, writer_fence = $5, assignee_id = $6, handover_reason = $7, unanswered_in_a_row = 0,
              waiting_since = CASE $8::text WHEN 'begins' THEN now() WHEN 'ends' THEN NULL ELSE waiting_since END,
              handover_due = CASE WHEN $9::boolean THEN handover_due ELSE now() + $10::int * interval '1 second' END,
              closed_at = CASE WHEN $4 = 'closed' THEN now() END, snoozed_until = CASE WHEN $4 = 'waiting' THEN NULL ELSE snoozed_until END
        WHERE tenant_id = $1 AND id = $2`,
      [ctx.tenantId, conversationId, lastSeq, floor.state, floor.fence, floor.assigneeId, reason, floor.waiting, floor.dueSeconds === 'keep', floor.dueSeconds === 'keep' ? null : floor.dueSeconds],
    );
  }

  private async unmoved(sql: TenantSql, ctx: TenantContext, held: HeldConversation): Promise<Moved> {
    const assignee = await assigneeName(sql, ctx, held.assigneeId);
    const { botId, settings, lastSeq, state, fence, assigneeId } = held;
    return { botId, settings, state, fence, assigneeId, assignee, lastSeq, events: [], opened: null, endedTurns: [] };
  }
}
