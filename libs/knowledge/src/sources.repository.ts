import { Injectable } from '@nestjs/common';
import type { InputOf, routes } from '@docent/contracts';
import type { ExtractedText, PageSpan } from '@docent/ports';
import { TenantDb, type TenantClient, type TenantContext, type TenantSql } from '@docent/platform';
import type { Chunk } from './split-text';
import type { SourceRow } from './to-source';

const chunksPerStatement = 1000;

export interface SnapshotToStore {
  extracted: ExtractedText;
  hash: string;
  language: string | null;
  chunks: Chunk[];
}

export interface StoredChunk {
  id: string;
  sourceId: string;
  title: string;
  headings: string[];
  body: string;
  language: string | null;
}

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

/** The only file here that touches tables. */
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

  find(ctx: TenantContext, id: string): Promise<SourceRow | null> {
    return this.db.run(ctx, (db) => db.source.findFirst({ where: { tenantId: ctx.tenantId, id } }));
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

  snapshot(ctx: TenantContext, sourceId: string) {
    return this.db.run(ctx, async (db) => {
      const source = await db.source.findFirst({ where: { tenantId: ctx.tenantId, id: sourceId }, select: { snapshotId: true } });
      if (!source) return null;
      return source.snapshotId ? db.sourceSnapshot.findFirst({ where: { tenantId: ctx.tenantId, id: source.snapshotId } }) : 'none';
    });
  }

  /**
   * Puts the new version in the place of the old one in one step; readers see either. Says false where the source is gone. `onWritten`
   * hears of passages that are written, but not yet committed.
   */
  storeSnapshot(ctx: TenantContext, source: { id: string; botId: string }, { extracted, hash, language, chunks }: SnapshotToStore, onWritten?: (written: StoredChunk[]) => void): Promise<boolean> {
    return this.db.runSql(ctx, async (sql) => {
      const [still] = await sql.query('SELECT id FROM sources WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [ctx.tenantId, source.id]);
      if (!still) return false;
      await sql.query('DELETE FROM source_snapshots WHERE tenant_id = $1 AND source_id = $2', [ctx.tenantId, source.id]);
      const [snapshot] = await sql.query<{ id: string }>(
        'INSERT INTO source_snapshots (tenant_id, source_id, title, text, hash, pages) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id',
        [ctx.tenantId, source.id, extracted.title, extracted.text, hash, JSON.stringify(extracted.pages)],
      );
      let before: Promise<void> = Promise.resolve();
      for (let from = 0; from < chunks.length; from += chunksPerStatement) {
        const batch = chunks.slice(from, from + chunksPerStatement);
        const inserted = this.insertChunks(sql.query, ctx, source, snapshot!.id, batch, extracted.pages).then((ids) => {
          onWritten?.(batch.map(({ headings, text, ordinal }) => ({ id: ids.get(ordinal)!, sourceId: source.id, title: extracted.title, headings, body: text, language })));
        });
        inserted.catch(() => undefined);
        // The next batch is made while this one is being written.
        await before;
        before = inserted;
      }
      await before;
      await sql.query(
        `UPDATE sources SET snapshot_id = $3, chunk_count = $4, character_count = $5, page_count = $6, media_type = $7, language = $8, updated_at = now()
          WHERE tenant_id = $1 AND id = $2`,
        [ctx.tenantId, source.id, snapshot!.id, chunks.length, extracted.text.length, extracted.pages.length || null, extracted.mediaType, language],
      );
      return true;
    });
  }

  /** One statement for a thousand rows, whose ids it returns by ordinal; lists travel as array literals because arrays of arrays must be rectangular. */
  private async insertChunks(query: TenantSql['query'], ctx: TenantContext, source: { id: string; botId: string }, snapshotId: string, chunks: Chunk[], pages: PageSpan[]): Promise<Map<number, string>> {
    const rows = await query<{ id: string; ordinal: number }>(
      `INSERT INTO chunks (tenant_id, bot_id, source_id, snapshot_id, ordinal, start_offset, end_offset, page, page_breaks, headings, body)
       SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, c.ordinal, c.start_offset, c.end_offset, c.page, c.page_breaks::int[], c.headings::text[], c.body
         FROM unnest($5::int[], $6::int[], $7::int[], $8::int[], $9::text[], $10::text[], $11::text[]) AS c (ordinal, start_offset, end_offset, page, page_breaks, headings, body)
       RETURNING id, ordinal`,
      [
        ctx.tenantId,
        source.botId,
        source.id,
        snapshotId,
        chunks.map((chunk) => chunk.ordinal),
        chunks.map((chunk) => chunk.start),
        chunks.map((chunk) => chunk.end),
        chunks.map((chunk) => chunk.page),
        chunks.map((chunk) => `{${pageBreaks(chunk, pages).join(',')}}`),
        chunks.map((chunk) => `{${chunk.headings.map(arrayElement).join(',')}}`),
        chunks.map((chunk) => chunk.text),
      ],
    );
    return new Map(rows.map(({ id, ordinal }) => [ordinal, id]));
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

/** An element of an array literal (PostgreSQL manual, 8.15.6). */
function arrayElement(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** Where pages begin within a passage, after its own first one. */
function pageBreaks({ start, end, page }: Chunk, pages: PageSpan[]): number[] {
  if (page === null) return [];
  const breaks: number[] = [];
  for (let at = page; at < pages.length && pages[at]!.start < end; at++) if (pages[at]!.start > start) breaks.push(pages[at]!.start);
  return breaks;
}

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
const pageOfSource = pageWhere('(bot_id = $2) IS TRUE AND source_id = $5');
