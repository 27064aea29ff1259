import { Injectable } from '@nestjs/common';
import { UsageService } from '@docent/billing';
import { AppError, enqueueJobAt, found, TenantDb, type TenantContext } from '@docent/platform';
import { visitorOf } from '@docent/chat';
import { unclaimedTask } from './unclaimed-attachments.task';

/** Uploads that no message names yet; more at once would be a store of files. */
const mostUnclaimed = 20;
const mostOfConversation = 200;
export const unclaimedAfterMs = 24 * 3600 * 1000;

export interface NewAttachment {
  id: string;
  conversationId: string;
  name: string;
  mediaType: string;
  sizeBytes: number;
  fileKey: string;
  fromVisitor: boolean;
}

/** Files of conversations, before and after a message names them. */
@Injectable()
export class AttachmentsRepository {
  constructor(
    private readonly db: TenantDb,
    private readonly usage: UsageService,
  ) {}

  /** Throws limit_reached with {what, limit, used} and not_found where the conversation is gone. */
  async create(ctx: TenantContext, attachment: NewAttachment): Promise<void> {
    const { id, conversationId, fileKey } = attachment;
    await this.db.run(ctx, async (db) => {
      // Uploads of a workspace come one after the other from here to the commit, so that no two of them take the same room.
      await this.usage.assertRoom(db, ctx, 'storageBytes', attachment.sizeBytes);
      const rows = await db.$queryRaw<
        unknown[]
      >`SELECT 1 FROM conversations WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${conversationId}::uuid FOR KEY SHARE`;
      found(rows[0]);
      const unclaimed = await db.attachment.count({ where: { tenantId: ctx.tenantId, conversationId, seq: null } });
      if (unclaimed >= mostUnclaimed)
        throw new AppError('limit_reached', { what: 'unsentAttachments', limit: mostUnclaimed, used: unclaimed });
      const all = await db.attachment.count({ where: { tenantId: ctx.tenantId, conversationId } });
      if (all >= mostOfConversation)
        throw new AppError('limit_reached', { what: 'attachments', limit: mostOfConversation, used: all });
      await db.attachment.create({ data: { ...attachment, tenantId: ctx.tenantId, sizeBytes: BigInt(attachment.sizeBytes) } });
      await enqueueJobAt(
        db,
        ctx,
        unclaimedTask,
        { attachmentId: id, fileKey },
        `${unclaimedTask} ${id}`,
        new Date(Date.now() + unclaimedAfterMs),
      );
    });
  }

  /** Null where it is not this caller's. A visitor does not see what an agent has not sent yet. */
  async find(ctx: TenantContext, conversationId: string, id: string): Promise<{ name: string; fileKey: string } | null> {
    const [row] = await this.db.readSql<{ name: string; file_key: string }>(
      ctx,
      `SELECT a.name, a.file_key FROM attachments a JOIN conversations c ON c.tenant_id = a.tenant_id AND c.id = a.conversation_id
        WHERE a.tenant_id = $1 AND a.conversation_id = $2 AND a.id = $3 AND ($4::uuid IS NULL OR (c.visitor_id = $4 AND (a.from_visitor OR a.seq IS NOT NULL)))`,
      [ctx.tenantId, conversationId, id, visitorOf(ctx)],
    );
    return row ? { name: row.name, fileKey: row.file_key } : null;
  }

  /** Whether the file may go: its row was still without a message and is gone now, or was gone before. */
  async release(ctx: TenantContext, id: string): Promise<boolean> {
    return this.db.run(ctx, async (db) => {
      await db.attachment.deleteMany({ where: { tenantId: ctx.tenantId, id, seq: null } });
      return (await db.attachment.count({ where: { tenantId: ctx.tenantId, id } })) === 0;
    });
  }
}
