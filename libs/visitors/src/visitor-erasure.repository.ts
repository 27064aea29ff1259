import { Injectable } from '@nestjs/common';
import { deleteAttachmentRows } from '@docent/chat';
import type { VisitorErasure } from '@docent/contracts';
import { AppError, TenantDb, type TenantContext, type TenantSql } from '@docent/platform';
import { forgetInLog, type StoredEvent } from './forget-in-log';
import { namesOf, withoutNames } from './without-names';

export interface KnownVisitor {
  /** Theirs, and those of the browsers that became them. */
  ids: string[];
  conversations: { id: string; botId: string; lastSeq: number }[];
}

interface PersonRow extends Record<string, unknown> {
  name: string | null;
  email: string | null;
  external_id: string | null;
  fields: Record<string, string>;
}

/** What is stored of a visitor, and taking it away. */
@Injectable()
export class VisitorErasureRepository {
  constructor(private readonly db: TenantDb) {}

  /** Null where nothing is stored of them in this workspace. */
  async find(ctx: TenantContext, visitorId: string): Promise<KnownVisitor | null> {
    return this.db.runSql(ctx, async (sql) => {
      const rows = await sql.query<{ id: string }>('SELECT id FROM visitors WHERE tenant_id = $1 AND (id = $2 OR became = $2)', [ctx.tenantId, visitorId]);
      const ids = [...new Set([visitorId, ...rows.map(({ id }) => id)])];
      const conversations = await sql.query<{ id: string; botId: string; lastSeq: number }>(
        `SELECT id, bot_id AS "botId", last_seq AS "lastSeq" FROM conversations
          WHERE tenant_id = $1 AND (visitor_id = ANY ($2::uuid[]) OR id IN (SELECT conversation_id FROM leads WHERE tenant_id = $1 AND visitor_id = ANY ($2::uuid[])))
          ORDER BY id`,
        [ctx.tenantId, ids],
      );
      const leads = await sql.query('SELECT 1 FROM leads WHERE tenant_id = $1 AND visitor_id = ANY ($2::uuid[]) LIMIT 1', [ctx.tenantId, ids]);
      return rows.length + conversations.length + leads.length > 0 ? { ids, conversations } : null;
    });
  }

  /**
   * In one transaction: the leads, what hangs on conversations that are still there, their names in what was said, and the visitor. Throws
   * `conflict` while one of these is being answered. Returns the keys of files to be removed after the commit.
   */
  erase(ctx: TenantContext, { ids, conversations }: KnownVisitor): Promise<{ leads: number; fileKeys: string[] }> {
    return this.db.runSql(ctx, async (sql) => {
      const people = await sql.query<PersonRow>(
        `SELECT name, email, external_id, fields FROM visitors WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
         UNION ALL SELECT NULL, NULL, NULL, fields FROM leads WHERE tenant_id = $1 AND visitor_id = ANY ($2::uuid[])`,
        [ctx.tenantId, ids],
      );
      const names = namesOf(people.map(({ external_id: externalId, ...said }) => ({ ...said, externalId })));
      const fileKeys: string[] = [];
      for (const { id } of conversations) fileKeys.push(...(await this.makeNobodys(sql, ctx, id, names)));
      const leads = await sql.query(
        'DELETE FROM leads WHERE tenant_id = $1 AND (visitor_id = ANY ($2::uuid[]) OR conversation_id = ANY ($3::uuid[])) RETURNING id',
        [ctx.tenantId, ids, conversations.map(({ id }) => id)],
      );
      await sql.query('DELETE FROM visitors WHERE tenant_id = $1 AND id = ANY ($2::uuid[])', [ctx.tenantId, ids]);
      return { leads: leads.length, fileKeys };
    });
  }

  async remaining(ctx: TenantContext, ids: string[]): Promise<VisitorErasure['remaining']> {
    const [row] = await this.db.readSql<VisitorErasure['remaining'] & Record<string, unknown>>(
      ctx,
      `SELECT (SELECT count(*)::int FROM visitors WHERE tenant_id = $1 AND (id = ANY ($2::uuid[]) OR became = ANY ($2::uuid[]))) AS visitors,
              (SELECT count(*)::int FROM conversations WHERE tenant_id = $1 AND visitor_id = ANY ($2::uuid[])) AS conversations,
              (SELECT count(*)::int FROM leads WHERE tenant_id = $1 AND visitor_id = ANY ($2::uuid[])) AS leads`,
      [ctx.tenantId, ids],
    );
    return row!;
  }

  /** Turns before conversations, as writers of the log do. A conversation that is gone by now is nobody's already. */
  private async makeNobodys(sql: TenantSql, ctx: TenantContext, id: string, names: string[]): Promise<string[]> {
    const running = await sql.query(
      `SELECT id FROM turns WHERE tenant_id = $1 AND conversation_id = $2 AND status = 'running' FOR UPDATE`,
      [ctx.tenantId, id],
    );
    if (running.length > 0) throw new AppError('conflict', { reason: 'answer_running', conversationId: id });
    const fileKeys = await deleteAttachmentRows(sql, ctx, 'conversations', id);
    await sql.query('DELETE FROM notes WHERE tenant_id = $1 AND conversation_id = $2', [ctx.tenantId, id]);
    await sql.query('DELETE FROM transcript_mails WHERE tenant_id = $1 AND conversation_id = $2', [ctx.tenantId, id]);
    const [row] = await sql.query<{ title: string; preview: string }>(
      `UPDATE conversations SET visitor_id = NULL, page_url = NULL, brief = NULL, satisfaction_comment = '' WHERE tenant_id = $1 AND id = $2 RETURNING title, preview`,
      [ctx.tenantId, id],
    );
    if (!row) return fileKeys;
    await sql.query('UPDATE conversations SET title = $3, preview = $4 WHERE tenant_id = $1 AND id = $2', [
      ctx.tenantId,
      id,
      withoutNames(row.title, names),
      withoutNames(row.preview, names),
    ]);
    await this.takeOutNames(sql, ctx, id, names);
    return fileKeys;
  }

  private async takeOutNames(sql: TenantSql, ctx: TenantContext, id: string, names: string[]): Promise<void> {
    const events = await sql.query<StoredEvent>('SELECT seq, type, payload FROM conversation_events WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY seq', [ctx.tenantId, id]);
    // The application may change no event; the function takes away, and nothing else.
    for (const { seq, payload } of forgetInLog(events, names)) await sql.query('SELECT forget_in_event($1, $2, $3)', [id, seq, JSON.stringify(payload)]);
    const turns = await sql.query<{ id: string; question: string; inspection: unknown }>(
      'SELECT id, question, inspection FROM turns WHERE tenant_id = $1 AND conversation_id = $2',
      [ctx.tenantId, id],
    );
    for (const turn of turns)
      await sql.query('UPDATE turns SET question = $3, inspection = $4 WHERE tenant_id = $1 AND id = $2', [
        ctx.tenantId,
        turn.id,
        withoutNames(turn.question, names),
        turn.inspection === null ? null : JSON.stringify(withoutNames(turn.inspection, names)),
      ]);
  }
}
