import type { Attachment } from '@docent/contracts';
import { AppError, type TenantContext, type TenantSql } from '@docent/platform';

interface AttachmentRow extends Record<string, unknown> {
  id: string;
  name: string;
  media_type: string;
  size_bytes: string;
}

/**
 * Gives attachments to the message `seq` that names them, in the transaction that stores it. Throws `invalid_request` where one is
 * unknown, of another conversation, from the other side, or of another message already.
 */
export async function claimAttachments(sql: TenantSql, ctx: TenantContext, conversationId: string, seq: number, ids: string[] | undefined, fromVisitor: boolean): Promise<Attachment[] | undefined> {
  if (!ids?.length) return undefined;
  const rows = await sql.query<AttachmentRow>(
    `UPDATE attachments SET seq = $4 WHERE tenant_id = $1 AND conversation_id = $2 AND id = ANY ($3) AND seq IS NULL AND from_visitor = $5
     RETURNING id, name, media_type, size_bytes`,
    [ctx.tenantId, conversationId, ids, seq, fromVisitor],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].map((id) => {
    const row = byId.get(id);
    if (!row) throw new AppError('invalid_request', { fields: [{ in: 'body', field: 'attachmentIds', problem: `there is no unsent attachment ${id}` }] });
    return { id, name: row.name, mediaType: row.media_type, sizeBytes: Number(row.size_bytes) };
  });
}
