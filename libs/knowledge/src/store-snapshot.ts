import type { TenantContext, TenantSql } from '@docent/platform';
import type { ExtractedText, PageSpan } from '@docent/ports';
import { integerArray, textArray, uuidArray } from './binary-arrays';
import { newIds } from './new-ids';
import type { Chunk } from './split-text';

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

/** Who takes the passages in while they are being stored. */
export interface StoreWatcher {
  /** Passages that were just sent, none of them committed yet. The next ones are sent when it returns, while the database works at these. */
  sent(chunks: StoredChunk[]): Promise<void>;
  /** Asked when all of them were sent: whether the source is ready as soon as they are committed. */
  isReady(): Promise<boolean>;
}

interface SourceKey {
  id: string;
  botId: string;
}

/**
 * Puts the new version of a source in the place of the old one, within the transaction of `sql`; where the watcher finds it ready, the
 * same transaction says so in the source's row. Says `gone` where the source is.
 */
export async function storeSnapshot(
  sql: TenantSql,
  ctx: TenantContext,
  source: SourceKey,
  snapshot: SnapshotToStore,
  watcher?: StoreWatcher,
): Promise<'gone' | 'stored' | 'ready'> {
  const { extracted, chunks } = snapshot;
  const [still] = await sql.query('SELECT id FROM sources WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
    ctx.tenantId,
    source.id,
  ]);
  if (!still) return 'gone';
  const snapshotId = newIds(1)[0]!;
  const sending = new Sending();
  await sending.add(sql.query('DELETE FROM source_snapshots WHERE tenant_id = $1 AND source_id = $2', [ctx.tenantId, source.id]));
  await sending.add(insertSnapshot(sql, ctx, source, snapshotId, snapshot));
  for (let from = 0; from < chunks.length; from += chunksPerStatement) {
    const batch = chunks.slice(from, from + chunksPerStatement);
    const ids = newIds(batch.length);
    await sending.add(insertChunks(sql, ctx, source, snapshotId, ids, batch, extracted.pages));
    await watcher?.sent(toStored(source, snapshot, ids, batch));
  }
  const isReady = (await watcher?.isReady()) ?? false;
  await sending.add(updateSource(sql, ctx, source, snapshotId, snapshot, isReady));
  await sending.end();
  return isReady ? 'ready' : 'stored';
}

function toStored(source: SourceKey, { extracted, language }: SnapshotToStore, ids: string[], chunks: Chunk[]): StoredChunk[] {
  return chunks.map(({ headings, text }, at) => ({
    id: ids[at]!,
    sourceId: source.id,
    title: extracted.title,
    headings,
    body: text,
    language,
  }));
}

function insertSnapshot(
  sql: TenantSql,
  ctx: TenantContext,
  source: SourceKey,
  snapshotId: string,
  { extracted, hash }: SnapshotToStore,
): Promise<unknown> {
  // As bytes it is encoded once; a string would be measured first, and copied while the message grows.
  const text = Buffer.from(extracted.text);
  return sql.query(
    'INSERT INTO source_snapshots (tenant_id, id, source_id, title, text, hash, pages) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [ctx.tenantId, snapshotId, source.id, extracted.title, text, hash, JSON.stringify(extracted.pages)],
  );
}

function updateSource(
  sql: TenantSql,
  ctx: TenantContext,
  source: SourceKey,
  snapshotId: string,
  { extracted, language, chunks }: SnapshotToStore,
  isReady: boolean,
): Promise<unknown> {
  const ready = isReady ? `, status = 'ready', stage = 'ready', progress = 100, error_code = NULL, error_message = NULL` : '';
  return sql.query(
    `UPDATE sources SET snapshot_id = $3, chunk_count = $4, character_count = $5, page_count = $6, media_type = $7, language = $8, updated_at = now()${ready}
      WHERE tenant_id = $1 AND id = $2`,
    [
      ctx.tenantId,
      source.id,
      snapshotId,
      chunks.length,
      extracted.text.length,
      extracted.pages.length || null,
      extracted.mediaType,
      language,
    ],
  );
}

/** Statements on their way: the next one is made while the one before is being executed, and no more than that waits in memory. */
class Sending {
  private before: Promise<unknown> = Promise.resolve();

  /** Waits for the statement before this one, and throws what that one threw. */
  async add(statement: Promise<unknown>): Promise<void> {
    // Heard at the next step; where that one is never reached, the transaction has failed already.
    statement.catch(() => undefined);
    const { before } = this;
    this.before = statement;
    await before;
  }

  async end(): Promise<void> {
    await this.before;
  }
}

/** One statement for a thousand rows. Lists of each row travel as array literals, because an array of arrays must be rectangular. */
function insertChunks(
  sql: TenantSql,
  ctx: TenantContext,
  source: SourceKey,
  snapshotId: string,
  ids: string[],
  chunks: Chunk[],
  pages: PageSpan[],
): Promise<unknown> {
  return sql.query(
    `INSERT INTO chunks (tenant_id, bot_id, source_id, snapshot_id, id, ordinal, start_offset, end_offset, page, page_breaks, headings, body)
     SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, c.id, c.ordinal, c.start_offset, c.end_offset, c.page, c.page_breaks::int[], c.headings::text[], c.body
       FROM unnest($5::uuid[], $6::int[], $7::int[], $8::int[], $9::int[], $10::text[], $11::text[], $12::text[])
         AS c (id, ordinal, start_offset, end_offset, page, page_breaks, headings, body)`,
    [
      ctx.tenantId,
      source.botId,
      source.id,
      snapshotId,
      uuidArray(ids),
      integerArray(chunks.map((chunk) => chunk.ordinal)),
      integerArray(chunks.map((chunk) => chunk.start)),
      integerArray(chunks.map((chunk) => chunk.end)),
      integerArray(chunks.map((chunk) => chunk.page)),
      textArray(chunks.map((chunk) => `{${pageBreaks(chunk, pages).join(',')}}`)),
      textArray(chunks.map((chunk) => `{${chunk.headings.map(arrayElement).join(',')}}`)),
      textArray(chunks.map((chunk) => chunk.text)),
    ],
  );
}

/** An element of an array literal (PostgreSQL manual, 8.15.6). */
function arrayElement(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** Where pages begin within a passage, after its own first one. */
function pageBreaks({ start, end, page }: Chunk, pages: PageSpan[]): number[] {
  if (page === null) return [];
  const breaks: number[] = [];
  for (let at = page; at < pages.length && pages[at]!.start < end; at++)
    if (pages[at]!.start > start) breaks.push(pages[at]!.start);
  return breaks;
}
