import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UsageService } from '@docent/billing';
import type { Channel, ConversationEvent, EventPayload, HandoverState, Rating, SendMessage, TurnInspection } from '@docent/contracts';
import { TenantDb, type TenantContext, type TenantSql } from '@docent/platform';
import { drawTopic } from './draw-topic';
import { claimAttachments } from './handover/claim-attachments';
import { handoverEvent } from './handover/handover-event';
import { moveFloor, type Floor } from './handover/move-floor';
import { relayMessage, type RelayedMessage } from './handover/relay-message';
import type { HeldTurn } from './journal';
import { previewOf } from './preview-of';
import { toEvent, type EventRow } from './to-conversation';
import { writeEvents, writtenEvent } from './write-events';

export interface NewConversation {
  botId: string;
  channel: Channel;
  visitorId: string | null;
  pageUrl: string | null;
  locale: string | null;
  /** Earlier turns that an API caller brings along. */
  history?: EventPayload<'message'>[];
}

export interface Lease {
  owner: string;
  ms: number;
}

export type OpenedTurn =
  | { outcome: 'opened'; turn: HeldTurn; seq: number; events: ConversationEvent[] }
  /** The plan's limit is reached: the owner's words are stored as the answer. */
  | { outcome: 'limited'; turn: HeldTurn; seq: number; events: ConversationEvent[] }
  /** A person holds the conversation: the message waits for them. */
  | ({ outcome: 'relayed'; botId: string } & RelayedMessage)
  | { outcome: 'known'; turnId: string; seq: number }
  | { outcome: 'busy' };

/** Where a conversation stands, to those who may see it. */
export interface ConversationAccess {
  botId: string;
  lastSeq: number;
  /** How far each side has read. */
  read: { agent: number; visitor: number };
}

/** What goes along with the opening of a turn. */
export interface Beside {
  /** Sends statements that only read, together with the transaction's first ones. */
  read(sql: TenantSql): Promise<unknown>;
  /** The question is being stored from now on. */
  begin(): void;
}

/** What the owner wants said where the plan's limit is reached. */
export type LimitText = (botId: string, sql: TenantSql) => Promise<string>;

interface ConversationHead extends Record<string, unknown> {
  id: string;
  bot_id: string;
  last_seq: number;
  state: HandoverState;
  writer_fence: number;
  assignee_id: string | null;
  is_awaited: boolean;
}

export interface ClosedTurn {
  events: ConversationEvent[];
  /** Answers in a row, this one included, that the knowledge did not hold. */
  unansweredInARow: number;
}

export type TurnOutcome = { type: 'answer.completed'; data: EventPayload<'answer.completed'> } | { type: 'answer.failed'; data: EventPayload<'answer.failed'> };

/** Conversations, their log and their turns: the only file here that writes them. */
@Injectable()
export class ChatRepository {
  constructor(
    private readonly db: TenantDb,
    private readonly usage: UsageService,
  ) {}

  /** Null where the bot is not this tenant's. */
  createConversation(ctx: TenantContext, { history = [], ...given }: NewConversation): Promise<string | null> {
    return this.db.runSql(ctx, async (sql) => {
      const [row] = await sql.query<{ id: string }>(
        `INSERT INTO conversations (tenant_id, bot_id, channel, visitor_id, page_url, locale, last_seq)
         SELECT b.tenant_id, b.id, $3::text, $4::uuid, $5::text, $6::text, $7::int FROM bots b WHERE b.tenant_id = $1 AND b.id = $2 RETURNING id`,
        [ctx.tenantId, given.botId, given.channel, given.visitorId, given.pageUrl, given.locale, history.length],
      );
      if (!row) return null;
      if (history.length > 0) await this.writeHistory(sql, ctx, row.id, history);
      return row.id;
    });
  }

  /**
   * One transaction: question, turn, lease, reservation and the first events. The same `clientMessageId` again returns the
   * same turn. Null where the conversation is not this caller's.
   */
  async openTurn(ctx: TenantContext, conversationId: string, message: SendMessage, lease: Lease, limitText: LimitText, beside?: Beside): Promise<OpenedTurn | null> {
    const opened = await this.tryToOpen(ctx, conversationId, message, (sql, conversation) => this.insertReserved(sql, ctx, conversation, message, lease), beside);
    if (opened?.outcome !== 'full') return opened;
    // The month is full, so nothing was stored: the question is, with the owner's words for an answer.
    return this.tryToOpen(ctx, conversationId, message, (sql, conversation) => this.insertLimited(sql, ctx, conversation, message, lease, limitText));
  }

  /** Holds the conversation's row, so that the same message twice at one moment still is one turn. */
  private tryToOpen<Opened>(
    ctx: TenantContext,
    conversationId: string,
    message: SendMessage,
    insert: (sql: TenantSql, conversation: ConversationHead) => Promise<Opened>,
    beside?: Beside,
  ): Promise<Opened | Extract<OpenedTurn, { outcome: 'known' | 'busy' | 'relayed' }> | null> {
    return this.db.runSql(ctx, async (sql) => {
      // Sent together, but run one after the other: the second sees what was committed while the first waited for the lock.
      const [[conversation], turns] = await Promise.all([
        sql.query<ConversationHead>(
          `SELECT id, bot_id, last_seq, state, writer_fence, assignee_id, waiting_since IS NOT NULL AS is_awaited FROM conversations
            WHERE tenant_id = $1 AND id = $2 AND ($3::uuid IS NULL OR visitor_id = $3) FOR NO KEY UPDATE`,
          [ctx.tenantId, conversationId, visitorOf(ctx)],
        ),
        sql.query<{ id: string; message_seq: number; same: boolean }>(
          `SELECT id, message_seq, client_message_id = $3 AS same FROM turns
            WHERE tenant_id = $1 AND conversation_id = $2 AND (client_message_id = $3 OR status = 'running')`,
          [ctx.tenantId, conversationId, message.clientMessageId],
        ),
        beside?.read(sql),
      ]);
      if (!conversation) return null;
      const known = turns.find((turn) => turn.same);
      if (known) return { outcome: 'known' as const, turnId: known.id, seq: known.message_seq };
      if (turns.length > 0) return { outcome: 'busy' as const };
      if (conversation.state === 'human') {
        const { id, bot_id: botId, last_seq: lastSeq } = conversation;
        return { outcome: 'relayed' as const, botId, ...(await relayMessage(sql, ctx, { ...floorOf(conversation), id, botId, lastSeq }, message)) };
      }
      const inserted = insert(sql, conversation);
      beside?.begin();
      return inserted;
    });
  }

  private async insertReserved(sql: TenantSql, ctx: TenantContext, conversation: ConversationHead, message: SendMessage, lease: Lease): Promise<OpenedTurn | { outcome: 'full' }> {
    const { turn, seq, stored } = await this.insertTurn(sql, ctx, conversation, message, lease);
    // Last, because from here until the commit the workspace's other questions wait for this one.
    const reserved = this.usage.reserve(sql, ctx, turn.turnId);
    const [events, reservation] = await sql.commitWith(Promise.all([stored, reserved]));
    return reservation === 'reserved' ? { outcome: 'opened', turn, seq, events } : { outcome: 'full' };
  }

  private async insertLimited(sql: TenantSql, ctx: TenantContext, conversation: ConversationHead, message: SendMessage, lease: Lease, limitText: LimitText): Promise<OpenedTurn> {
    const { turn, seq, stored } = await this.insertTurn(sql, ctx, conversation, message, lease);
    const events = await stored;
    const said = await this.answerWithLimit(sql, ctx, turn, seq + 2, await limitText(conversation.bot_id, sql));
    return { outcome: 'limited', turn, seq, events: [...events, ...said] };
  }

  /** Sends the statements that store question and turn; `stored` are the events. A closed conversation opens again with the question. */
  private async insertTurn(sql: TenantSql, ctx: TenantContext, conversation: ConversationHead, message: SendMessage, lease: Lease): Promise<{ turn: HeldTurn; seq: number; stored: Promise<ConversationEvent[]> }> {
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
  private async answerWithLimit(sql: TenantSql, ctx: TenantContext, { turnId, conversationId }: HeldTurn, seq: number, text: string): Promise<ConversationEvent[]> {
    const answer: EventPayload<'answer.completed'> = { turnId, text, citations: [], answered: false, suggestions: [], finishReason: 'stop' };
    await sql.query(`UPDATE turns SET status = 'completed', answered = false, error_code = 'limit_reached', closed_at = now() WHERE tenant_id = $1 AND id = $2`, [ctx.tenantId, turnId]);
    await sql.query('UPDATE conversations SET last_seq = $3, unanswered_count = unanswered_count + 1 WHERE tenant_id = $1 AND id = $2', [ctx.tenantId, conversationId, seq + 1]);
    return writeEvents(sql, ctx, conversationId, seq, turnId, [{ type: 'answer.delta', data: { turnId, text } }, { type: 'answer.completed', data: answer }]);
  }

  /**
   * The last event, the turn's state, its reservation and what the conversation is about settle together, in one way there and back.
   * Null where the turn is somebody else's by now: then the first statement fails on purpose (a division by the number of turns closed,
   * none), and nothing is stored.
   */
  async closeTurn(ctx: TenantContext, turn: HeldTurn, outcome: TurnOutcome, inspection: TurnInspection | null): Promise<ClosedTurn | null> {
    const isCompleted = outcome.type === 'answer.completed';
    // Stopped before its first word: nobody knows whether it would have answered, and it counts as nothing.
    const isSilent = isCompleted && outcome.data.finishReason === 'stopped_by_visitor' && outcome.data.text === '';
    const isSettled = isCompleted && !isSilent;
    const answered = isSettled ? outcome.data.answered : null;
    const json = JSON.stringify(outcome.data);
    const close = (sql: TenantSql) =>
      sql.query<{ seq: number; created_at: Date; unanswered_in_a_row: number }>(
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
        [ctx.tenantId, turn.turnId, turn.fence, isCompleted ? 'completed' : 'failed', answered, isCompleted ? null : outcome.data.code, inspection && JSON.stringify(inspection), inspection?.model ?? null, isCompleted ? previewOf(outcome.data.text) : '', outcome.type, json, isSettled ? 'settled' : 'failed'],
      );
    try {
      const [[row]] = await this.db.runSql(ctx, (sql) => {
        const closed = close(sql);
        const drawn = isCompleted && outcome.data.citations.length > 0 ? drawTopic(sql, ctx, turn.conversationId) : undefined;
        const settled = isSettled ? this.usage.settle(sql, ctx, turn.turnId) : this.usage.release(sql, ctx, turn.turnId);
        return sql.commitWith(Promise.all([closed, drawn, settled]));
      });
      return { events: [writtenEvent(row!.seq, row!.created_at, outcome, json)], unansweredInARow: row!.unanswered_in_a_row };
    } catch (error) {
      if (isDivisionByZero(error)) return null;
      throw error;
    }
  }

  /** One page of the log; `isCut`: there may be more. The first event comes whole, however large it is. */
  async eventsAfter(ctx: TenantContext, conversationId: string, after: number, page: { events: number; bytes: number }): Promise<{ events: ConversationEvent[]; isCut: boolean }> {
    const rows = await this.db.readSql<EventRow & { page_end: number }>(
      ctx,
      `SELECT seq, type, created_at, payload, page_end FROM (
         SELECT *, sum(octet_length(payload::text)) OVER (ORDER BY seq) AS bytes, max(seq) OVER () AS page_end
           FROM (SELECT seq, type, created_at, payload FROM conversation_events WHERE tenant_id = $1 AND conversation_id = $2 AND seq > $3 ORDER BY seq LIMIT $4) page
       ) sized WHERE bytes <= $5 OR seq = $3 + 1 ORDER BY seq`,
      [ctx.tenantId, conversationId, after, page.events, page.bytes],
    );
    const last = rows.at(-1);
    return { events: rows.map(toEvent), isCut: rows.length === page.events || (last !== undefined && last.seq < last.page_end) };
  }

  /** Whether this caller may read the conversation; null where not. */
  async access(ctx: TenantContext, conversationId: string): Promise<ConversationAccess | null> {
    const [row] = await this.db.readSql<{ bot_id: string; last_seq: number; agent_read_seq: number; visitor_read_seq: number }>(
      ctx,
      'SELECT bot_id, last_seq, agent_read_seq, visitor_read_seq FROM conversations WHERE tenant_id = $1 AND id = $2 AND ($3::uuid IS NULL OR visitor_id = $3)',
      [ctx.tenantId, conversationId, visitorOf(ctx)],
    );
    return row ? { botId: row.bot_id, lastSeq: row.last_seq, read: { agent: row.agent_read_seq, visitor: row.visitor_read_seq } } : null;
  }

  async requestStop(ctx: TenantContext, conversationId: string, turnId: string): Promise<boolean> {
    const rows = await this.db.runSql(ctx, (sql) =>
      sql.query('UPDATE turns SET stop_requested = true WHERE tenant_id = $1 AND conversation_id = $2 AND id = $3 RETURNING id', [ctx.tenantId, conversationId, turnId]),
    );
    return rows.length > 0;
  }

  async rate(ctx: TenantContext, conversationId: string, turnId: string, rating: Rating | null): Promise<boolean> {
    const rows = await this.db.runSql(ctx, (sql) =>
      sql.query('UPDATE turns SET rating = $4 WHERE tenant_id = $1 AND conversation_id = $2 AND id = $3 RETURNING id', [ctx.tenantId, conversationId, turnId, rating]),
    );
    return rows.length > 0;
  }

  private async writeHistory(sql: TenantSql, ctx: TenantContext, conversationId: string, history: EventPayload<'message'>[]): Promise<void> {
    await writeEvents(sql, ctx, conversationId, 1, null, history.map((data) => ({ type: 'message' as const, data })));
  }
}

/** Writing in any state but `human` awaits nobody, so that no waiting time counts. */
const noPatience = { waitAtMostSeconds: 0, agentAwaySeconds: 0 };

function isDivisionByZero(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '22012';
}

function floorOf(conversation: ConversationHead): Floor {
  return { state: conversation.state, fence: conversation.writer_fence, assigneeId: conversation.assignee_id, isAwaited: conversation.is_awaited };
}

/** A visitor reaches their own conversations only; members and keys reach all of their workspace. */
export function visitorOf(ctx: TenantContext): string | null {
  return ctx.caller.kind === 'visitor' ? ctx.caller.visitorId : null;
}
