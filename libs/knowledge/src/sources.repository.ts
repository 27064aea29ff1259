import { Injectable } from '@nestjs/common';
import type { InputOf, routes } from '@docent/contracts';
import { TenantDb, type TenantClient, type TenantContext } from '@docent/platform';
import { storeSnapshot, type SnapshotToStore, type StoredChunk, type StoredSource, type StoreWatcher } from './store-snapshot';
import type { SourceRow } from './to-source';

export type { StoredChunk } from './store-snapshot';

export interface PassageRow {
  id: string;
  source_id: string;
  start_offset: number;
  end_offset: number;
  page: number | null;
  page_breaks: number[];
  headings: string[];
  body: string;
  title: string;
  hash: string;
  name: string;
  type: string;
  url: string | null;
  language: string | null;
}

/** The only file here that touches tables, with `store-snapshot.ts`. */
@Injectable()
export class SourcesRepository {
  constructor(private readonly db: TenantDb) {}

  botExists(ctx: TenantContext, botId: string): Promise<boolean> {
    return this.db.run(ctx, async (db) => (await db.bot.count({ where: { tenantId: ctx.tenantId, id: botId } })) > 0);
  }

  /** `before` runs in the same transaction: limits, the job. */
  create(ctx: TenantContext, row: Partial<SourceRow> & { id: string; botId: string; type: string; name: string }, around: (db: TenantClient) => Promise<void>): Promise<SourceRow | null> {
    return this.db.run(ctx, async (db) => {
      const bot = await db.bot.count({ where: { tenantId: ctx.tenantId, id: row.botId } });
      if (!bot) return null;
      await around(db);
      return db.source.create({ data: { ...row, input: row.input ?? undefined, savedFrom: row.savedFrom ?? undefined, tenantId: ctx.tenantId } });
    });
  }

  /** One way to the database and back: programs ask for a source again and again while it is being read. */
  async find(ctx: TenantContext, id: string): Promise<SourceRow | null> {
    const [row] = await this.db.readSql<Omit<SourceRow, 'sizeBytes'> & { sizeBytes: string }>(ctx, sourceById, [ctx.tenantId, id]);
    return row ? { ...row, sizeBytes: BigInt(row.sizeBytes) } : null;
  }

  list(ctx: TenantContext, botId: string, query: InputOf<typeof routes.listSources>['query']): Promise<SourceRow[]> {
    const { cursor, limit, status, type, search, unreviewed } = query;
    return this.db.run(ctx, (db) =>
      db.source.findMany({
        where: { tenantId: ctx.tenantId, botId, status, type, id: cursor ? { lt: cursor } : undefined, name: search ? { contains: search, mode: 'insensitive' } : undefined, needsReview: unreviewed },
        orderBy: { id: 'desc' },
        take: limit + 1,
      }),
    );
  }

  /** Null where the source is gone meanwhile. */
  update(ctx: TenantContext, id: string, data: Partial<Omit<SourceRow, 'input' | 'savedFrom'>>, around?: (db: TenantClient) => Promise<void>): Promise<SourceRow | null> {
    return this.db.run(ctx, async (db) => {
      const [row] = await db.source.updateManyAndReturn({ where: { tenantId: ctx.tenantId, id }, data });
      if (row && around) await around(db);
      return row ?? null;
    });
  }

  /** How far a source has come. Says false where it is gone meanwhile. */
  async report(ctx: TenantContext, id: string, { status, stage, progress }: Pick<SourceRow, 'status' | 'stage' | 'progress'>): Promise<boolean> {
    const rows = await this.db.runSql(ctx, (sql) => sql.commitWith(sql.query(progressOf, [ctx.tenantId, id, status, stage, progress])));
    return rows.length > 0;
  }

  snapshot(ctx: TenantContext, sourceId: string) {
    return this.db.run(ctx, async (db) => {
      const source = await db.source.findFirst({ where: { tenantId: ctx.tenantId, id: sourceId }, select: { snapshotId: true } });
      if (!source) return null;
      return source.snapshotId ? db.sourceSnapshot.findFirst({ where: { tenantId: ctx.tenantId, id: source.snapshotId } }) : 'none';
    });
  }

  /** Puts the new version in the place of the old one in one step; readers see either. See {@link storeSnapshot}. */
  storeSnapshot(ctx: TenantContext, source: { id: string; botId: string }, snapshot: SnapshotToStore, watcher?: StoreWatcher): Promise<StoredSource> {
    return this.db.runSql(ctx, (sql) => storeSnapshot(sql, ctx, source, snapshot, watcher));
  }

  /** A page of a bot's passages in order of id, for feeding the index; of one source only where it is given. */
  async chunksAfter(ctx: TenantContext, botId: string, after: string, limit: number, sourceId?: string): Promise<StoredChunk[]> {
    const rows = await this.db.readSql<{ id: string; source_id: string; title: string; headings: string[]; body: string; language: string | null }>(
      ctx,
      sourceId ? pageOfSource : pageOfBot,
      [ctx.tenantId, botId, after, limit, ...(sourceId ? [sourceId] : [])],
    );
    return rows.map((row) => ({ id: row.id, sourceId: row.source_id, title: row.title, headings: row.headings, body: row.body, language: row.language }));
  }

  passages(ctx: TenantContext, botId: string, chunkIds: string[]): Promise<PassageRow[]> {
    return this.db.readSql<PassageRow>(ctx, passagesByKey, [ctx.tenantId, botId, chunkIds]);
  }

  /** What the removal took away, or null where there was nothing. */
  remove(ctx: TenantContext, id: string): Promise<{ row: SourceRow; chunks: number; snapshots: number } | null> {
    return this.db.run(ctx, async (db) => {
      const where = { tenantId: ctx.tenantId, sourceId: id };
      const row = await db.source.findFirst({ where: { tenantId: ctx.tenantId, id } });
      if (!row) return null;
      const [chunks, snapshots] = [await db.chunk.count({ where }), await db.sourceSnapshot.count({ where })];
      await db.source.deleteMany({ where: { tenantId: ctx.tenantId, id } });
      return { row, chunks, snapshots };
    });
  }

  remainingRows(ctx: TenantContext, id: string): Promise<number> {
    return this.db.run(ctx, async (db) => {
      const where = { tenantId: ctx.tenantId, sourceId: id };
      return (await db.source.count({ where: { tenantId: ctx.tenantId, id } })) + (await db.chunk.count({ where })) + (await db.sourceSnapshot.count({ where }));
    });
  }

  fileKeysOfBot(ctx: TenantContext, botId: string): Promise<string[]> {
    return this.db.run(ctx, async (db) => {
      const rows = await db.source.findMany({ where: { tenantId: ctx.tenantId, botId, fileKey: { not: null } }, select: { fileKey: true } });
      return rows.map((row) => row.fileKey!);
    });
  }
}

const sourceById = `
  SELECT id, bot_id AS "botId", type, name, url, status, stage, progress, error_code AS "errorCode", error_message AS "errorMessage",
         media_type AS "mediaType", file_key AS "fileKey", size_bytes AS "sizeBytes", page_count AS "pageCount", chunk_count AS "chunkCount",
         character_count AS "characterCount", language, input, saved_from AS "savedFrom", needs_review AS "needsReview",
         snapshot_id AS "snapshotId", created_at AS "createdAt", updated_at AS "updatedAt"
    FROM sources WHERE tenant_id = $1 AND id = $2`;

const progressOf = `
  UPDATE sources SET status = $3, stage = $4, progress = $5, error_code = NULL, error_message = NULL, updated_at = now()
   WHERE tenant_id = $1 AND id = $2 RETURNING id`;

// Fresh tables have no statistics, and then walking over all of a bot's passages for ten of them looks cheap to the planner. So passages are
// picked first and joined afterwards, and what must not be searched by stands behind IS TRUE, where it is only checked.
const passagesByKey = `
  WITH c AS MATERIALIZED (SELECT * FROM chunks WHERE tenant_id = $1 AND (bot_id = $2) IS TRUE AND id = ANY ($3::uuid[]))
  SELECT c.id, c.source_id, c.start_offset, c.end_offset, c.page, c.page_breaks, c.headings, c.body, s.title, s.hash, o.name, o.type, o.url, o.language
    FROM c JOIN source_snapshots s ON s.tenant_id = c.tenant_id AND s.id = c.snapshot_id
           JOIN sources o ON o.tenant_id = c.tenant_id AND o.id = c.source_id`;

const pageWhere = (condition: string) => `
  WITH c AS MATERIALIZED (SELECT * FROM chunks WHERE tenant_id = $1 AND ${condition} AND id > $3 ORDER BY id LIMIT $4)
  SELECT c.id, c.source_id, s.title, c.headings, c.body, o.language
    FROM c JOIN source_snapshots s ON s.tenant_id = c.tenant_id AND s.id = c.snapshot_id
           JOIN sources o ON o.tenant_id = c.tenant_id AND o.id = c.source_id
   ORDER BY c.id`;
const pageOfBot = pageWhere('(bot_id = $2) IS TRUE');
const pageOfSource = pageWhere(
  '(bot_id = $2) IS TRUE AND source_id = $5 AND snapshot_id = (SELECT snapshot_id FROM sources WHERE tenant_id = $1 AND id = $5)',
);
