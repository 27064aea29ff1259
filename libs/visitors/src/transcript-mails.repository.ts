import { Injectable } from '@nestjs/common';
import { AppError, enqueueJob, found, TenantDb, type TenantContext } from '@docent/platform';

/** The job that sends a transcript. */
export const transcriptMailTask = 'mail-transcript';

const mostPerHour = 3;

/** Transcripts on their way. */
@Injectable()
export class TranscriptMailsRepository {
  constructor(private readonly db: TenantDb) {}

  /** Request and job in one. Throws rate_limited with {retryAfterSeconds} after three of one conversation in an hour, and conflict where nobody has said anything yet. */
  create(ctx: TenantContext, conversationId: string, email: string): Promise<void> {
    return this.db.run(ctx, async (db) => {
      const [conversation] = await db.$queryRaw<{ message_count: number }[]>`
        SELECT message_count FROM conversations WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${conversationId}::uuid FOR NO KEY UPDATE`;
      if (found(conversation).message_count === 0)
        throw new AppError('conflict', { reason: 'empty' }, { message: 'There is nothing to send yet.' });
      const hourAgo = new Date(Date.now() - 3600_000);
      const recent = await db.transcriptMail.findMany({
        where: { tenantId: ctx.tenantId, conversationId, createdAt: { gt: hourAgo } },
        orderBy: { createdAt: 'asc' },
      });
      if (recent.length >= mostPerHour)
        throw new AppError('rate_limited', {
          retryAfterSeconds: Math.max(1, Math.ceil((recent[0]!.createdAt.getTime() - hourAgo.getTime()) / 1000)),
        });
      const { id } = await db.transcriptMail.create({ data: { tenantId: ctx.tenantId, conversationId, email } });
      await enqueueJob(db, ctx, transcriptMailTask, { mailId: id }, `${transcriptMailTask} ${id}`);
    });
  }

  /** Whether the visitor of this conversation has given this address: in a form, or with a signed identity. */
  async isGiven(ctx: TenantContext, conversationId: string, visitorId: string | null, email: string): Promise<boolean> {
    const rows = await this.db.readSql(
      ctx,
      `SELECT 1 FROM visitors WHERE tenant_id = $1 AND id = $3::uuid AND lower(email) = lower($4)
       UNION ALL SELECT 1 FROM leads, jsonb_each_text(fields) AS field
         WHERE tenant_id = $1 AND (conversation_id = $2 OR visitor_id = $3) AND lower(field.value) = lower($4) LIMIT 1`,
      [ctx.tenantId, conversationId, visitorId, email],
    );
    return rows.length > 0;
  }

  /** Null where it was sent, or its conversation is gone. */
  async find(ctx: TenantContext, id: string): Promise<{ conversationId: string; email: string } | null> {
    const row = await this.db.run(ctx, (db) => db.transcriptMail.findFirst({ where: { tenantId: ctx.tenantId, id } }));
    return row?.email ? { conversationId: row.conversationId, email: row.email } : null;
  }

  /** The address is not needed any more; that a mail went out still counts. */
  async forgetAddress(ctx: TenantContext, id: string): Promise<void> {
    await this.db.run(ctx, (db) =>
      db.transcriptMail.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { email: null } }),
    );
  }
}
