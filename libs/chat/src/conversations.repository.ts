import { Injectable } from '@nestjs/common';
import { UsageService } from '@docent/billing';
import type { Citation, ConversationEvent, InputOf, Overview, Rating, routes, TurnInspection } from '@docent/contracts';
import { TenantDb, type TenantContext } from '@docent/platform';
import { visitorOf } from './chat.repository';
import { needleOf } from './needle-of';
import { removeWithAnswers } from './remove-with-answers';
import { summaryColumns, toEvent, type ConversationRow, type EventRow } from './to-conversation';

/** Reading and removing conversations, for the console and for transcripts. */
@Injectable()
export class ConversationsRepository {
  constructor(
    private readonly db: TenantDb,
    private readonly usage: UsageService,
  ) {}

  list(ctx: TenantContext, query: InputOf<typeof routes.listConversations>['query']): Promise<ConversationRow[]> {
    const { cursor, limit, botId, channel, unanswered, rating, topic, search } = query;
    return this.db.runSql(ctx, (sql) =>
      sql.query<ConversationRow>(
        `SELECT ${summaryColumns} FROM conversations c
          WHERE c.tenant_id = $1 AND c.message_count > 0
            AND ($2::uuid IS NULL OR c.id < $2) AND ($3::uuid IS NULL OR c.bot_id = $3) AND ($4::text IS NULL OR c.channel = $4)
            AND ($5::boolean IS NULL OR (c.unanswered_count > 0) = $5)
            AND ($6::text IS NULL OR EXISTS (SELECT FROM turns t WHERE t.tenant_id = c.tenant_id AND t.conversation_id = c.id AND t.rating = $6))
            AND ($7::text IS NULL OR c.id IN (SELECT conversations_that_say($7)))
            AND ($8::uuid IS NULL OR c.visitor_id = $8) AND ($10::text IS NULL OR c.topic = $10)
          ORDER BY c.id DESC LIMIT $9`,
        [ctx.tenantId, cursor ?? null, botId ?? null, channel ?? null, unanswered ?? null, rating ?? null, needleOf(search), visitorOf(ctx), limit + 1, topic ?? null],
      ),
    );
  }

  /** The conversation in which this visitor was told or said something last; null where there is none. */
  async latest(ctx: TenantContext): Promise<string | null> {
    const [row] = await this.db.readSql<{ id: string }>(
      ctx,
      'SELECT id FROM conversations WHERE tenant_id = $1 AND visitor_id = $2 AND bot_id = $3 AND message_count > 0 ORDER BY last_message_at DESC, id DESC LIMIT 1',
      [ctx.tenantId, visitorOf(ctx), botOf(ctx)],
    );
    return row?.id ?? null;
  }

  /** Row, log and ratings of one moment; null where the conversation is not this caller's. */
  read(ctx: TenantContext, conversationId: string): Promise<{ row: ConversationRow; events: ConversationEvent[]; ratings: Map<string, Rating> } | null> {
    return this.db.runSql(ctx, async (sql) => {
      const [row] = await sql.query<ConversationRow>(
        `SELECT ${summaryColumns} FROM conversations c WHERE c.tenant_id = $1 AND c.id = $2 AND ($3::uuid IS NULL OR c.visitor_id = $3)`,
        [ctx.tenantId, conversationId, visitorOf(ctx)],
      );
      if (!row) return null;
      const events = await sql.query<EventRow>('SELECT seq, type, created_at, payload FROM conversation_events WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY seq', [
        ctx.tenantId,
        conversationId,
      ]);
      const rated = await sql.query<{ id: string; rating: Rating }>('SELECT id, rating FROM turns WHERE tenant_id = $1 AND conversation_id = $2 AND rating IS NOT NULL', [
        ctx.tenantId,
        conversationId,
      ]);
      return { row, events: events.map(toEvent), ratings: new Map(rated.map((turn) => [turn.id, turn.rating])) };
    });
  }

  /** The keys of the files that were attached; null where there is no such conversation. */
  remove(ctx: TenantContext, conversationId: string): Promise<string[] | null> {
    return this.db.runSql(ctx, (sql) => removeWithAnswers(sql, ctx, this.usage, 'conversations', conversationId));
  }

  async inspection(ctx: TenantContext, conversationId: string, turnId: string): Promise<TurnInspection | null> {
    const row = await this.db.run(ctx, (db) => db.turn.findFirst({ where: { tenantId: ctx.tenantId, conversationId, id: turnId }, select: { inspection: true } }));
    return (row?.inspection as TurnInspection | null | undefined) ?? null;
  }

  /** A citation as it was stored with the answer, by its number. */
  async citation(ctx: TenantContext, conversationId: string, turnId: string, n: number): Promise<Citation | null> {
    const [row] = await this.db.runSql(ctx, (sql) =>
      sql.query<{ citation: Citation }>(
        `SELECT cited AS citation FROM conversation_events e JOIN conversations c ON c.tenant_id = e.tenant_id AND c.id = e.conversation_id,
                jsonb_array_elements(e.payload -> 'citations') cited
          WHERE e.tenant_id = $1 AND e.conversation_id = $2 AND e.turn_id = $3 AND (cited ->> 'n')::int = $4 AND ($5::uuid IS NULL OR c.visitor_id = $5)
            AND NOT EXISTS (SELECT FROM conversation_events r WHERE r.tenant_id = $1 AND r.conversation_id = $2 AND r.turn_id = $3 AND r.type = 'answer.restarted' AND r.seq > e.seq) LIMIT 1`,
        [ctx.tenantId, conversationId, turnId, n, visitorOf(ctx)],
      ),
    );
    return row?.citation ?? null;
  }

  /** Text around a span, if the snapshot that was cited is still the stored one. Offsets are UTF-16, so the cut is made outside SQL. */
  async snapshotText(ctx: TenantContext, citation: Citation): Promise<string | null> {
    const [row] = await this.db.runSql(ctx, (sql) =>
      sql.query<{ text: string }>('SELECT text FROM source_snapshots WHERE tenant_id = $1 AND source_id = $2 AND hash = $3 LIMIT 1', [ctx.tenantId, citation.sourceId, citation.snapshotHash]),
    );
    return row?.text ?? null;
  }

  overview(ctx: TenantContext, days: number, botId: string | undefined): Promise<Overview> {
    const scope = [ctx.tenantId, days, botId ?? null];
    const recent = `FROM turns t JOIN conversations c ON c.tenant_id = t.tenant_id AND c.id = t.conversation_id
      WHERE t.tenant_id = $1 AND t.created_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - ($2::int - 1) * interval '1 day' AND ($3::uuid IS NULL OR c.bot_id = $3) AND c.channel <> 'playground' AND t.status <> 'relayed'`;
    return this.db.runSql(ctx, async (sql) => {
      const perDay = await sql.query<Overview['days'][number]>(
        `SELECT to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, count(DISTINCT t.conversation_id)::int AS conversations,
                count(*) FILTER (WHERE t.answered)::int AS answered, count(*) FILTER (WHERE NOT t.answered)::int AS unanswered ${recent} GROUP BY 1 ORDER BY 1`,
        scope,
      );
      const [totals] = await sql.query<Overview['totals']>(
        `SELECT count(DISTINCT t.conversation_id)::int AS conversations, count(*) FILTER (WHERE t.answered)::int AS answered, count(*) FILTER (WHERE NOT t.answered)::int AS unanswered,
                count(*) FILTER (WHERE t.status = 'failed')::int AS failed, count(*) FILTER (WHERE t.rating = 'up')::int AS "ratedUp", count(*) FILTER (WHERE t.rating = 'down')::int AS "ratedDown" ${recent}`,
        scope,
      );
      const topQuestions = await sql.query<Overview['topQuestions'][number]>(
        `SELECT min(t.question) AS question, count(*)::int AS count, bool_and(coalesce(t.answered, false)) AS answered ${recent} AND btrim(t.question) <> '' GROUP BY lower(btrim(t.question)) ORDER BY 2 DESC, 1 LIMIT 10`,
        scope,
      );
      const unansweredQuestions = await sql.query<Overview['unansweredQuestions'][number]>(
        `SELECT min(t.question) AS question, count(*)::int AS count ${recent} AND t.answered = false AND btrim(t.question) <> '' GROUP BY lower(btrim(t.question)) ORDER BY 2 DESC, 1 LIMIT 10`,
        scope,
      );
      return { days: fillDays(perDay, days), totals: totals!, topQuestions, unansweredQuestions };
    });
  }
}

/** The bot that a visitor is with; members and keys have all bots of their workspace. */
export function botOf(ctx: TenantContext): string | null {
  return ctx.caller.kind === 'visitor' ? ctx.caller.botId : null;
}

/** Days without a conversation count as zero, so that a chart has no holes. */
function fillDays(rows: Overview['days'], days: number): Overview['days'] {
  const known = new Map(rows.map((row) => [row.date, row]));
  return Array.from({ length: days }, (_, index) => {
    const date = new Date(Date.now() - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    return known.get(date) ?? { date, conversations: 0, answered: 0, unanswered: 0 };
  });
}
