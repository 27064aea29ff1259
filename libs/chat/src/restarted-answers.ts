import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantContext } from '@docent/platform';
import { ConversationHub } from './conversation-hub';
import type { HeldTurn } from './journal';
import { toEvent, type EventRow } from './to-conversation';

/** Begins an answer anew whose earlier process is gone: the stream of a model can't be continued by another. */
@Injectable()
export class RestartedAnswers {
  constructor(
    private readonly db: TenantDb,
    private readonly hub: ConversationHub,
  ) {}

  /**
   * Tells all readers to forget what this turn has said so far; nothing where it has said nothing since the last time. One statement
   * under the turn's fence, so that nobody who was late can add to what is forgotten; nothing where the turn is somebody else's by now.
   */
  async restart(ctx: TenantContext, turn: HeldTurn): Promise<void> {
    const rows = await this.db.runSql(ctx, (sql) =>
      sql.query<EventRow>(
        `WITH held AS (
           SELECT t.id, t.conversation_id, t.message_seq FROM turns t WHERE t.tenant_id = $1 AND t.id = $2 AND t.fence = $3 AND t.status = 'running' FOR NO KEY UPDATE
         ), said AS (
           SELECT min(e.seq) FILTER (WHERE e.type = 'answer.delta') AS from_seq,
                  max(e.seq) FILTER (WHERE e.type = 'answer.delta') > coalesce(max(e.seq) FILTER (WHERE e.type = 'answer.restarted'), 0) AS is_unforgotten
             FROM held h JOIN conversation_events e ON e.tenant_id = $1 AND e.conversation_id = h.conversation_id AND e.seq > h.message_seq AND e.turn_id = h.id
         ), counted AS (
           UPDATE conversations c SET last_seq = c.last_seq + 1 FROM held h, said WHERE said.is_unforgotten AND c.tenant_id = $1 AND c.id = h.conversation_id RETURNING c.id, c.last_seq, said.from_seq
         ), written AS (
           INSERT INTO conversation_events (tenant_id, conversation_id, seq, type, turn_id, payload)
             SELECT $1, c.id, c.last_seq, 'answer.restarted', $2, jsonb_build_object('turnId', $2::uuid, 'fromSeq', c.from_seq) FROM counted c
             RETURNING seq, type, created_at, payload
         ) SELECT w.seq, w.type, w.created_at, w.payload FROM written w`,
        [ctx.tenantId, turn.turnId, turn.fence],
      ),
    );
    this.hub.publish(turn.conversationId, rows.map(toEvent));
  }
}
