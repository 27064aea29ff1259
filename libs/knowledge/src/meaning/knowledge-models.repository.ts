import { Injectable } from '@nestjs/common';
import { enqueueQuietJob, TenantDb, type JobPayload, type TenantContext } from '@docent/platform';
import type { KnowledgeModel } from '@docent/ports';

export const settleTask = 'settle';
/** After the last change of a bot's knowledge; a change meanwhile begins anew. */
const settleAfterMs = 2_000;

/** What is stored of a model beside its bytes. */
export interface ModelNote {
  version: number;
  /** Name of the embedder that it belongs to; with another one it means nothing. */
  embedder: string;
  passages: number;
  learned: unknown;
  createdAt: Date;
}

export interface ModelToStore extends Omit<ModelNote, 'version' | 'createdAt'> {
  weights: Uint8Array;
  rows: Uint8Array | null;
}

/** The models of bots' knowledge, erased with the bot. */
@Injectable()
export class KnowledgeModelsRepository {
  constructor(private readonly db: TenantDb) {}

  find(ctx: TenantContext, botId: string): Promise<(ModelNote & KnowledgeModel) | null> {
    return this.db.run(ctx, (db) => db.knowledgeModel.findUnique({ where: { tenantId_botId: { tenantId: ctx.tenantId, botId } } }));
  }

  note(ctx: TenantContext, botId: string): Promise<ModelNote | null> {
    const select = { version: true, embedder: true, passages: true, learned: true, createdAt: true };
    return this.db.run(ctx, (db) => db.knowledgeModel.findUnique({ where: { tenantId_botId: { tenantId: ctx.tenantId, botId } }, select }));
  }

  /** Returns the new version, or null where the bot is gone. */
  async store(ctx: TenantContext, botId: string, { embedder, passages, weights, rows, learned }: ModelToStore): Promise<number | null> {
    const [row] = await this.db.runSql(ctx, (sql) =>
      sql.query<{ version: number }>(
        `INSERT INTO knowledge_models (tenant_id, bot_id, version, embedder, passages, weights, rows, learned)
         SELECT tenant_id, id, 1, $3, $4, $5, $6, $7 FROM bots WHERE tenant_id = $1 AND id = $2
         ON CONFLICT (tenant_id, bot_id) DO UPDATE SET version = knowledge_models.version + 1, embedder = excluded.embedder,
           passages = excluded.passages, weights = excluded.weights, rows = excluded.rows, learned = excluded.learned, created_at = now()
         RETURNING version`,
        [ctx.tenantId, botId, embedder, passages, Buffer.from(weights), rows && Buffer.from(rows), learned === null ? null : JSON.stringify(learned)],
      ),
    );
    return row?.version ?? null;
  }

  /** What was learned last, where the model itself stays. */
  async storeNote(ctx: TenantContext, botId: string, learned: unknown): Promise<void> {
    await this.db.runSql(ctx, (sql) =>
      sql.query('UPDATE knowledge_models SET learned = $3 WHERE tenant_id = $1 AND bot_id = $2', [ctx.tenantId, botId, learned === null ? null : JSON.stringify(learned)]),
    );
  }

  async countPassages(ctx: TenantContext, botId: string): Promise<number> {
    const { _sum } = await this.db.run(ctx, (db) => db.source.aggregate({ where: { tenantId: ctx.tenantId, botId }, _sum: { chunkCount: true } }));
    return _sum.chunkCount ?? 0;
  }

  /** Asks for a look at the bot's knowledge once nothing has changed for a while. `isWanted`: it learns anew even where little has changed. */
  requestSettling(ctx: TenantContext, botId: string, { isWanted = false } = {}): Promise<void> {
    const payload: JobPayload = isWanted ? { botId, isWanted: 'yes' } : { botId };
    return this.db.run(ctx, (db) => enqueueQuietJob(db, ctx, settleTask, payload, `${settleTask} ${botId}`, new Date(Date.now() + settleAfterMs)));
  }
}

/** Words count much the same while the knowledge stays within so much of what was counted. */
const driftToNotice = 0.1;

/** Whether a model no longer says what words count: there is none, it is another embedder's, or the knowledge has grown or shrunk. */
export function hasDrifted(model: Pick<ModelNote, 'embedder' | 'passages'> | null, embedder: string, passages: number): boolean {
  if (model?.embedder !== embedder) return passages > 0;
  return Math.abs(passages - model.passages) > driftToNotice * model.passages;
}
