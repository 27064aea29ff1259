import { Injectable } from '@nestjs/common';
import { inboxViews, type AgentName, type InboxCounts, type InboxView, type Note } from '@docent/contracts';
import { drawTopic, needleOf } from '@docent/chat';
import { TenantDb, type TenantContext } from '@docent/platform';
import { inboxColumns, inboxTables, type InboxRow, type Place } from './to-inbox-item';

export interface InboxQuery {
  view: InboxView;
  memberId: string;
  botId?: string;
  tag?: string;
  topic?: string;
  search?: string;
  before: Place | null;
  limit: number;
}

/** Where a conversation stands after something beside its log has changed. */
export interface Changed {
  botId: string;
  lastSeq: number;
}

const topicsMost = 100;

const isSnoozed = 'c.snoozed_until > now()';
const isAwake = '(c.snoozed_until IS NULL OR c.snoozed_until <= now())';

/** What each list holds. `$2` is the member who looks. */
const views: Record<InboxView, string> = {
  mine: `${isAwake} AND c.state = 'human' AND c.assignee_id = $2`,
  // A person was wanted at some time, and nobody has it: asked for, given back, fallen back to the bot, opened again.
  unassigned: `${isAwake} AND c.state IN ('waiting', 'bot') AND c.handover_reason <> 'visitor_cancelled'`,
  waiting: `${isAwake} AND c.state = 'waiting'`,
  bot: `${isAwake} AND c.state = 'bot'`,
  closed: `${isAwake} AND c.state = 'closed'`,
  snoozed: isSnoozed,
  all: `${isAwake}`,
};

/** Somebody has spoken, and a person can be heard there: not over the OpenAI protocol, nor where a member tries the bot. */
const isShown = `c.message_count > 0 AND (c.channel IN ('widget', 'api') OR c.state IN ('waiting', 'human'))`;

/** Lists over `conversations`, and what members write beside one. */
@Injectable()
export class InboxRepository {
  constructor(private readonly db: TenantDb) {}

  list(ctx: TenantContext, query: InboxQuery): Promise<InboxRow[]> {
    return this.db.readSql<InboxRow>(
      ctx,
      `SELECT ${inboxColumns} FROM ${inboxTables}
        WHERE c.tenant_id = $1 AND $2::uuid IS NOT NULL AND ${isShown} AND ${views[query.view]}
          AND ($3::uuid IS NULL OR c.bot_id = $3) AND ($4::text IS NULL OR $4 = ANY (c.tags)) AND ($9::text IS NULL OR c.topic = $9)
          AND ($5::text IS NULL OR strpos(lower(c.title), lower($5)) > 0 OR strpos(lower(concat_ws(' ', v.name, v.email, v.external_id)), lower($5)) > 0
               OR c.id IN (SELECT conversations_that_say($5)))
          AND ($6::timestamptz IS NULL OR (c.last_message_at, c.id) < ($6, $7::uuid))
        ORDER BY c.last_message_at DESC, c.id DESC LIMIT $8`,
      [ctx.tenantId, query.memberId, query.botId ?? null, query.tag ?? null, needleOf(query.search), query.before?.at ?? null, query.before?.id ?? null, query.limit + 1, query.topic ?? null],
    );
  }

  async count(ctx: TenantContext, memberId: string, botId: string | undefined): Promise<InboxCounts> {
    const columns = inboxViews.map((view) => `count(*) FILTER (WHERE ${views[view]})::int AS ${view === 'all' ? '"all"' : view}`);
    const [row] = await this.db.readSql<InboxCounts>(
      ctx,
      `SELECT ${columns.join(', ')} FROM conversations c WHERE c.tenant_id = $1 AND $2::uuid IS NOT NULL AND ${isShown} AND ($3::uuid IS NULL OR c.bot_id = $3)`,
      [ctx.tenantId, memberId, botId ?? null],
    );
    return row!;
  }

  snooze(ctx: TenantContext, conversationId: string, until: string | null): Promise<Changed | null> {
    return this.change(ctx, 'UPDATE conversations SET snoozed_until = $3::timestamptz WHERE tenant_id = $1 AND id = $2 RETURNING bot_id, last_seq', [conversationId, until]);
  }

  tag(ctx: TenantContext, conversationId: string, tags: string[]): Promise<Changed | null> {
    return this.change(ctx, 'UPDATE conversations SET tags = $3::text[] WHERE tenant_id = $1 AND id = $2 RETURNING bot_id, last_seq', [conversationId, tags]);
  }

  /** Null: drawn from the cited sources. */
  async setTopic(ctx: TenantContext, conversationId: string, topic: string | null): Promise<Changed | null> {
    return this.db.runSql(ctx, async (sql) => {
      const [row] = await sql.query<{ bot_id: string; last_seq: number }>(
        'UPDATE conversations SET topic = $3::text, topic_by_member = $3 IS NOT NULL WHERE tenant_id = $1 AND id = $2 RETURNING bot_id, last_seq',
        [ctx.tenantId, conversationId, topic],
      );
      if (row && topic === null) await drawTopic(sql, ctx, conversationId);
      return row ? { botId: row.bot_id, lastSeq: row.last_seq } : null;
    });
  }

  topics(ctx: TenantContext, botId: string | undefined): Promise<{ name: string; count: number }[]> {
    return this.db.readSql(
      ctx,
      `SELECT topic AS name, count(*)::int AS count FROM conversations
        WHERE tenant_id = $1 AND topic IS NOT NULL AND ($2::uuid IS NULL OR bot_id = $2) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $3`,
      [ctx.tenantId, botId ?? null, topicsMost],
    );
  }

  /** The author's name is kept with the note: it stays when they leave. */
  async addNote(ctx: TenantContext, conversationId: string, authorId: string, text: string): Promise<(Changed & { note: Note }) | null> {
    const [row] = await this.db.runSql(ctx, (sql) =>
      sql.query<{ id: string; author_name: string; created_at: Date; bot_id: string; last_seq: number }>(
        `WITH about AS (SELECT tenant_id, id, bot_id, last_seq FROM conversations WHERE tenant_id = $1 AND id = $2),
              written AS (INSERT INTO notes (tenant_id, conversation_id, author_id, author_name, text)
                SELECT about.tenant_id, about.id, $3::uuid, coalesce((SELECT name FROM people WHERE id = $3), ''), $4::text FROM about RETURNING id, author_name, created_at)
         SELECT written.*, about.bot_id, about.last_seq FROM written, about`,
        [ctx.tenantId, conversationId, authorId, text],
      ),
    );
    if (!row) return null;
    return { note: { id: row.id, author: { id: authorId, name: row.author_name }, text, at: row.created_at.toISOString() }, botId: row.bot_id, lastSeq: row.last_seq };
  }

  async whoSaves(ctx: TenantContext, conversationId: string, personId: string): Promise<{ saver: AgentName; hasPersonWritten: boolean }> {
    const [row] = await this.db.readSql<{ name: string; hasPersonWritten: boolean }>(
      ctx,
      `SELECT coalesce((SELECT name FROM people WHERE id = $3), '') AS name,
              EXISTS (SELECT FROM conversation_events WHERE tenant_id = $1 AND conversation_id = $2 AND type = 'message' AND payload ->> 'role' = 'agent') AS "hasPersonWritten"`,
      [ctx.tenantId, conversationId, personId],
    );
    return { saver: { id: personId, name: row!.name }, hasPersonWritten: row!.hasPersonWritten };
  }

  private async change(ctx: TenantContext, statement: string, values: unknown[]): Promise<Changed | null> {
    const [row] = await this.db.runSql(ctx, (sql) => sql.query<{ bot_id: string; last_seq: number }>(statement, [ctx.tenantId, ...values]));
    return row ? { botId: row.bot_id, lastSeq: row.last_seq } : null;
  }
}
