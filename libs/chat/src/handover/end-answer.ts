import type { Citation, EventPayload, Unsupported } from '@docent/contracts';
import type { TenantContext, TenantSql } from '@docent/platform';
import type { EventRow } from '../to-conversation';
import type { NewEvent } from '../write-events';

export interface EndedAnswer {
  turnId: string;
  event: NewEvent;
  /** What it had said. */
  text: string;
}

/** The running answers of a conversation, locked before the conversation itself. */
export class RunningTurns {
  private constructor(
    private readonly ctx: TenantContext,
    private readonly conversationId: string,
    readonly ids: string[],
  ) {}

  static async lock(sql: TenantSql, ctx: TenantContext, conversationId: string): Promise<RunningTurns> {
    const rows = await sql.query<{ id: string }>(
      `SELECT id FROM turns WHERE tenant_id = $1 AND conversation_id = $2 AND status = 'running' ORDER BY id FOR NO KEY UPDATE`,
      [ctx.tenantId, conversationId],
    );
    return new RunningTurns(ctx, conversationId, rows.map(({ id }) => id));
  }

  /** False where another answer has begun since they were locked. Ask it while the conversation is held: then none can begin any more. */
  async areAll(sql: TenantSql): Promise<boolean> {
    const rows = await sql.query<{ id: string }>(`SELECT id FROM turns WHERE tenant_id = $1 AND conversation_id = $2 AND status = 'running'`, [this.ctx.tenantId, this.conversationId]);
    return rows.every(({ id }) => this.ids.includes(id));
  }
}

/** Closes a running turn with what it has said so far; nothing that its process still writes is taken from then on. */
export async function endAnswer(sql: TenantSql, ctx: TenantContext, conversationId: string, turnId: string): Promise<EndedAnswer> {
  const rows = await sql.query<EventRow>(
    `SELECT seq, type, created_at, payload FROM conversation_events
      WHERE tenant_id = $1 AND conversation_id = $2 AND turn_id = $3 AND type IN ('answer.delta', 'answer.restarted') ORDER BY seq`,
    [ctx.tenantId, conversationId, turnId],
  );
  const { text, citations, unsupported } = saidSoFar(rows);
  await sql.query(
    `WITH ended AS (
       UPDATE turns SET status = 'completed', answered = $3::boolean, closed_at = now() WHERE tenant_id = $1 AND id = $2 AND status = 'running' RETURNING fence
     ) INSERT INTO turn_attempts (tenant_id, turn_id, fence, outcome) SELECT $1, $2, fence, CASE WHEN $3 THEN 'settled' ELSE 'failed' END FROM ended`,
    [ctx.tenantId, turnId, text ? true : null],
  );
  const data: EventPayload<'answer.completed'> = { turnId, text, citations, ...(unsupported ? { unsupported } : {}), answered: text !== '', suggestions: [], finishReason: 'handed_over' };
  return { turnId, text, event: { type: 'answer.completed', data } };
}

/** What stands of an answer after its restarts. */
export function saidSoFar(rows: EventRow[]): { text: string; citations: Citation[]; unsupported?: Unsupported[] } {
  let kept: EventRow[] = [];
  for (const row of rows) {
    if (row.type === 'answer.restarted') {
      const { fromSeq } = row.payload as EventPayload<'answer.restarted'>;
      kept = kept.filter(({ seq }) => seq < fromSeq);
    } else kept.push(row);
  }
  const deltas = kept.map(({ payload }) => payload as EventPayload<'answer.delta'>);
  const unsupported = deltas.flatMap((delta) => delta.unsupported ?? []);
  return {
    text: deltas.map((delta) => delta.text).join(''),
    citations: deltas.flatMap((delta) => delta.citations ?? []),
    ...(unsupported.length > 0 ? { unsupported } : {}),
  };
}
