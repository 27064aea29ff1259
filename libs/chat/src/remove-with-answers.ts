import type { UsageService } from '@docent/billing';
import type { TenantContext, TenantSql } from '@docent/platform';
import { deleteAttachmentRows } from './attachment-files';

/**
 * Deletes a conversation, or a bot with all of its conversations, in this transaction, and gives back what answers that were
 * still running had reserved: with their turns nobody else would. Returns the keys of the files that visitors and agents had attached,
 * to be removed after the commit; null where there is no such row in this workspace.
 */
export async function removeWithAnswers(sql: TenantSql, ctx: TenantContext, usage: UsageService, table: 'conversations' | 'bots', id: string): Promise<string[] | null> {
  // Turns before conversations, as writers of the log do, so that neither waits for the other.
  await sql.query(
    `SELECT t.id FROM turns t JOIN conversations c ON c.tenant_id = t.tenant_id AND c.id = t.conversation_id
      WHERE t.tenant_id = $1 AND ${table === 'bots' ? 'c.bot_id' : 'c.id'} = $2 AND t.status = 'running' ORDER BY t.id FOR UPDATE OF t`,
    [ctx.tenantId, id],
  );
  const fileKeys = await deleteAttachmentRows(sql, ctx, table, id);
  if (table === 'conversations') await forgetVisitor(sql, ctx, id);
  const removed = await sql.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND id = $2 RETURNING id`, [ctx.tenantId, id]);
  const orphaned = await sql.query<{ turn_id: string }>(
    `SELECT r.turn_id FROM reservations r
      WHERE r.tenant_id = $1 AND r.state = 'reserved' AND NOT EXISTS (SELECT FROM turns t WHERE t.tenant_id = r.tenant_id AND t.id = r.turn_id)`,
    [ctx.tenantId],
  );
  for (const { turn_id: turnId } of orphaned) await usage.release(sql, ctx, turnId);
  return removed.length > 0 ? fileKeys : null;
}

/**
 * With the last that a visitor said and left, their name, address and other claims go. The row itself stays: it keeps a browser that
 * was somebody's from being taken for an anonymous visitor.
 */
async function forgetVisitor(sql: TenantSql, ctx: TenantContext, conversationId: string): Promise<void> {
  await sql.query(
    `UPDATE visitors v SET name = NULL, email = NULL, fields = '{}' FROM conversations c
      WHERE c.tenant_id = $1 AND c.id = $2 AND v.tenant_id = $1 AND v.id = c.visitor_id
        AND NOT EXISTS (SELECT FROM conversations other WHERE other.tenant_id = $1 AND other.visitor_id = v.id AND other.id <> $2)
        AND NOT EXISTS (SELECT FROM leads WHERE leads.tenant_id = $1 AND leads.visitor_id = v.id)`,
    [ctx.tenantId, conversationId],
  );
}
