import { Injectable } from '@nestjs/common';
import { JobHandler, type JobPayload, type TenantContext, type TenantSql } from '@docent/platform';
import { FileStorage } from '@docent/ports';

const task = 'remove-attachment-files';
const keysPerJob = 200;

/**
 * Files of attachments whose rows are gone. They are removed as soon as the rows are, and once more by a job of the same transaction, so
 * that a process that dies in between leaves no file.
 */
@Injectable()
export class AttachmentFiles extends JobHandler {
  readonly task = task;

  constructor(private readonly files: FileStorage) {
    super();
  }

  async remove(ctx: TenantContext, keys: string[]): Promise<void> {
    for (const key of keys) await this.files.remove(ctx, key);
  }

  run(ctx: TenantContext, { keys = '' }: JobPayload): Promise<void> {
    return this.remove(
      ctx,
      keys.split(' ').filter((key) => key !== ''),
    );
  }
}

/** Deletes the rows of all attachments of a conversation or bot and gives back the keys of their files. */
export async function deleteAttachmentRows(
  sql: TenantSql,
  ctx: TenantContext,
  table: 'conversations' | 'bots',
  id: string,
): Promise<string[]> {
  const ofConversation = table === 'bots' ? 'c.bot_id' : 'c.id';
  // Whoever uploads at this moment waits for the end of this transaction, and finds no conversation then.
  await sql.query(`SELECT c.id FROM conversations c WHERE c.tenant_id = $1 AND ${ofConversation} = $2 ORDER BY c.id FOR UPDATE`, [
    ctx.tenantId,
    id,
  ]);
  const rows = await sql.query<{ file_key: string }>(
    `DELETE FROM attachments a USING conversations c WHERE a.tenant_id = $1 AND c.tenant_id = a.tenant_id AND c.id = a.conversation_id AND ${ofConversation} = $2 RETURNING a.file_key`,
    [ctx.tenantId, id],
  );
  const keys = rows.map((row) => row.file_key);
  for (let at = 0; at < keys.length; at += keysPerJob) {
    const payload = { keys: keys.slice(at, at + keysPerJob).join(' '), tenantId: ctx.tenantId };
    await sql.query('SELECT enqueue_job($1, $2::jsonb, $3)', [task, JSON.stringify(payload), `${task} ${id} ${at}`]);
  }
  return keys;
}
