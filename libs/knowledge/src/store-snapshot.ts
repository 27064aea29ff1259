import type { TenantContext, TenantSql } from '@docent/platform';
import type { ExtractedText } from '@docent/ports';
import { uuidArray } from './binary-arrays';
import { newIds } from './new-ids';
import { passageColumns, type PassageBatch } from './preparing/prepare-source';
import type { PreparedSource } from './preparing/source-preparer';

export interface SnapshotToStore {
  extracted: ExtractedText;
  prepared: PreparedSource;
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
  sent(ids: string[], batch: PassageBatch): Promise<void>;
  /** Asked when all of them were sent: whether the source is ready as soon as they are committed. */
  isReady(passages: number): Promise<boolean>;
}

/** How a source was left: `ready` where the transaction itself said so in the source's row. */
export type StoredSource = { state: 'gone' } | { state: 'stored' | 'ready'; passages: number };

interface SourceKey {
  id: string;
  botId: string;
}

/**
 * Puts the new version of a source in the place of the old one, within the transaction of `sql`; where the watcher finds it ready, the
 * same transaction says so in the source's row. Says `gone` where the source is. The snapshot is stored while its passages are still being cut.
 */
export async function storeSnapshot(
  sql: TenantSql,
  ctx: TenantContext,
  source: SourceKey,
  snapshot: SnapshotToStore,
  watcher?: StoreWatcher,
): Promise<StoredSource> {
  const [still] = await sql.query('SELECT id FROM sources WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
    ctx.tenantId,
    source.id,
  ]);
  if (!still) return { state: 'gone' };
  const snapshotId = newIds(1)[0]!;
  const sending = new Sending();
  await sending.add(sql.query('DELETE FROM source_snapshots WHERE tenant_id = $1 AND source_id = $2', [ctx.tenantId, source.id]));
  await sending.add(insertSnapshot(sql, ctx, source, snapshotId, snapshot));
  let passages = 0;
  for await (const batch of snapshot.prepared.batches) {
    if (batch.count === 0) continue;
    passages += batch.count;
    const ids = newIds(batch.count);
    await sending.add(insertChunks(sql, ctx, source, snapshotId, ids, batch));
    await watcher?.sent(ids, batch);
  }
  const isReady = (await watcher?.isReady(passages)) ?? false;
  await sending.add(updateSource(sql, ctx, source, snapshotId, snapshot, passages, isReady));
  await sending.end();
  return { state: isReady ? 'ready' : 'stored', passages };
}

function insertSnapshot(
  sql: TenantSql,
  ctx: TenantContext,
  source: SourceKey,
  snapshotId: string,
  { extracted, prepared }: SnapshotToStore,
): Promise<unknown> {
  return sql.query(
    'INSERT INTO source_snapshots (tenant_id, id, source_id, title, text, hash, pages) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [ctx.tenantId, snapshotId, source.id, extracted.title, asParameter(prepared.text), prepared.hash, JSON.stringify(extracted.pages)],
  );
}

function updateSource(
  sql: TenantSql,
  ctx: TenantContext,
  source: SourceKey,
  snapshotId: string,
  { extracted, prepared }: SnapshotToStore,
  passages: number,
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
      passages,
      extracted.text.length,
      extracted.pages.length || null,
      extracted.mediaType,
      prepared.language,
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

/** One statement for a thousand rows. */
function insertChunks(
  sql: TenantSql,
  ctx: TenantContext,
  source: SourceKey,
  snapshotId: string,
  ids: string[],
  { columns }: PassageBatch,
): Promise<unknown> {
  return sql.query(insertOfChunks, [
    ctx.tenantId,
    source.botId,
    source.id,
    snapshotId,
    uuidArray(ids),
    ...columns.map(asParameter),
  ]);
}

const names = passageColumns.map(({ name }) => name).join(', ');
const insertOfChunks = `
  INSERT INTO chunks (tenant_id, bot_id, source_id, snapshot_id, id, ${names})
  SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, c.id, ${passageColumns.map(({ name, cast }) => `c.${name}${cast ? `::${cast}` : ''}`).join(', ')}
    FROM unnest($5::uuid[], ${passageColumns.map(({ type }, at) => `$${at + 6}::${type}`).join(', ')}) AS c (id, ${names})`;

/** The client sends a `Buffer` as it is, in binary form. */
function asParameter({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
