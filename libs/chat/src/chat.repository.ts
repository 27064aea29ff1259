import { Injectable } from '@nestjs/common';
import { UsageService } from '@docent/billing';
import type { Channel, ConversationEvent, EventPayload, Rating, SendMessage, TurnInspection } from '@docent/contracts';
import { TenantDb, type TenantContext, type TenantSql } from '@docent/platform';
import { isOfAnother, isSettled, storeEnd, type ClosedTurn, type TurnOutcome } from './close-turn';
import { drawTopic } from './draw-topic';
import { relayMessage, type RelayedMessage } from './handover/relay-message';
import type { HeldTurn } from './journal';
import { floorOf, storeLimitAnswer, storeQuestion, type ConversationHead, type Lease } from './store-question';
import { toEvent, type EventRow } from './to-conversation';
import { writeEvents } from './write-events';

export interface NewConversation {
  botId: string;
  channel: Channel;
  visitorId: string | null;
  pageUrl: string | null;
  locale: string | null;
  /** Earlier turns that an API caller brings along. */
  history?: EventPayload<'message'>[];
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

/** Conversations, their log and their turns: each method is one transaction. */
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
    const { turn, seq, stored } = await storeQuestion(sql, ctx, conversation, message, lease);
    // Last, because from here until the commit the workspace's other questions wait for this one.
    const reserved = this.usage.reserve(sql, ctx, turn.turnId);
    const [events, reservation] = await sql.commitWith(Promise.all([stored, reserved]));
    return reservation === 'reserved' ? { outcome: 'opened', turn, seq, events } : { outcome: 'full' };
  }

  private async insertLimited(sql: TenantSql, ctx: TenantContext, conversation: ConversationHead, message: SendMessage, lease: Lease, limitText: LimitText): Promise<OpenedTurn> {
    const { turn, seq, stored } = await storeQuestion(sql, ctx, conversation, message, lease);
    const events = await stored;
    const said = await storeLimitAnswer(sql, ctx, turn, seq + 2, await limitText(conversation.bot_id, sql));
    return { outcome: 'limited', turn, seq, events: [...events, ...said] };
  }

  /**
   * The last event, the turn's state, its reservation and what the conversation is about settle together, in one way there and back.
   * Null where the turn is somebody else's by now: then nothing is stored.
   */
  async closeTurn(ctx: TenantContext, turn: HeldTurn, outcome: TurnOutcome, inspection: TurnInspection | null): Promise<ClosedTurn | null> {
    const { turnId, conversationId } = turn;
    try {
      const [closed] = await this.db.runSql(ctx, (sql) => {
        const ended = storeEnd(sql, ctx, turn, outcome, inspection);
        const drawn = outcome.type === 'answer.completed' && outcome.data.citations.length > 0 ? drawTopic(sql, ctx, conversationId) : undefined;
        const settled = isSettled(outcome) ? this.usage.settle(sql, ctx, turnId) : this.usage.release(sql, ctx, turnId);
        return sql.commitWith(Promise.all([ended, drawn, settled]));
      });
      return closed;
    } catch (error) {
      if (isOfAnother(error)) return null;
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

/** A visitor reaches their own conversations only; members and keys reach all of their workspace. */
export function visitorOf(ctx: TenantContext): string | null {
  return ctx.caller.kind === 'visitor' ? ctx.caller.visitorId : null;
}
