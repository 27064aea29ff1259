import type { TenantContext, TenantSql } from '@docent/platform';

/**
 * Where no member has said what a conversation is about: the title of the source that its answers cite most, and of several the one that
 * was cited last; nothing where none is cited.
 */
export async function drawTopic(sql: TenantSql, ctx: TenantContext, conversationId: string): Promise<void> {
  await sql.query(
    `WITH drawn AS (
       SELECT (SELECT left(cited ->> 'title', 80) FROM conversation_events e, jsonb_array_elements(e.payload -> 'citations') cited
                WHERE e.tenant_id = $1 AND e.conversation_id = $2 AND e.type = 'answer.completed' AND btrim(cited ->> 'title') <> ''
                GROUP BY cited ->> 'sourceId', cited ->> 'title' ORDER BY count(*) DESC, max(e.seq) DESC LIMIT 1) AS topic
     ) UPDATE conversations c SET topic = drawn.topic FROM drawn
        WHERE c.tenant_id = $1 AND c.id = $2 AND NOT c.topic_by_member AND c.topic IS DISTINCT FROM drawn.topic`,
    [ctx.tenantId, conversationId],
  );
}
