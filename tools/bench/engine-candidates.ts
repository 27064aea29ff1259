import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { IndexChunk } from '@docent/ports';
import { startEmbeddedPostgres } from '../../apps/api/src/embedded-postgres';
import { EmbeddedIndex } from '../../libs/adapters/src/embedded-index';
import { winkIndex } from './wink-index';

export interface Engine {
  add(chunks: IndexChunk[]): Promise<void>;
  /** Chunk ids, best first. */
  search(text: string, limit: number): Promise<string[]>;
  /** Removes a source's passages as the engine's manual says, and tells where `word` can still be read. Null: it cannot remove. */
  remove(sourceId: string, word: string): Promise<string | null>;
  /** Bytes on disk. */
  diskBytes(): number;
  close(): Promise<void>;
}

export interface EngineCandidate {
  name: string;
  /** Packages that it brings. */
  packages: string[];
  open(): Promise<Engine>;
}

const tenant = { tenantId: 'bench' };

export const engineCandidates: EngineCandidate[] = [
  { name: 'own BM25', packages: [], open: openOwn },
  {
    name: 'wink-bm25 (our analysis)',
    packages: [
      'wink-bm25-text-search',
      'wink-nlp-utils',
      'wink-nlp',
      'wink-eng-lite-web-model',
      'wink-porter2-stemmer',
      'wink-tokenizer',
      'wink-distance',
      'wink-helpers',
      'wink-jaro-distance',
    ],
    open: openWink,
  },
  { name: 'PostgreSQL full text', packages: [], open: openPostgres },
  { name: 'SQLite FTS5', packages: [], open: openSqlite },
];

async function openOwn(): Promise<Engine> {
  const index = new EmbeddedIndex();
  await index.open(tenant, 'bot');
  return {
    add: (chunks) => index.put(tenant, 'bot', chunks),
    search: async (text, limit) => (await index.search(tenant, 'bot', { text, limit })).map((match) => match.chunkId),
    async remove(sourceId, word) {
      await index.removeSource(tenant, 'bot', sourceId);
      const [left] = await index.search(tenant, 'bot', { text: word, limit: 1 });
      return left ? 'search' : 'nothing on disk; in memory until compaction (a fifth removed)';
    },
    diskBytes: () => 0,
    close: () => index.removeBot(tenant, 'bot'),
  };
}

async function openWink(): Promise<Engine> {
  const index = winkIndex();
  return {
    add: (chunks) => index.add(chunks),
    search: (text, limit) => index.search(text, limit),
    remove: async () => null,
    diskBytes: () => 0,
    close: async () => undefined,
  };
}

async function openSqlite(): Promise<Engine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-'));
  const database = new DatabaseSync(path.join(folder, 'index.db'));
  database.exec(
    `PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE passages USING fts5(chunk UNINDEXED, source UNINDEXED, title, text, tokenize = "porter unicode61 remove_diacritics 2")`,
  );
  const insert = database.prepare('INSERT INTO passages VALUES (?, ?, ?, ?)');
  const find = database.prepare('SELECT chunk FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?');
  return {
    async add(chunks) {
      database.exec('BEGIN');
      for (const { chunkId, sourceId, title, text } of chunks) insert.run(chunkId, sourceId, title, text);
      database.exec('COMMIT');
    },
    async search(text, limit) {
      const words = plainWords(text);
      return words.length
        ? find.all(words.map((word) => `"${word}"`).join(' OR '), limit).map((row) => String(row['chunk']))
        : [];
    },
    async remove(sourceId, word) {
      database.prepare('DELETE FROM passages WHERE source = ?').run(sourceId);
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return holdsWord(folder, word) ? 'the text in the file (until a rebuild and VACUUM)' : 'nothing';
    },
    diskBytes: () => folderBytes(folder),
    async close() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openPostgres(): Promise<Engine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-'));
  const server = await startEmbeddedPostgres(folder);
  const client = new pg.Client(server.adminUrl);
  await client.connect();
  await client.query(`CREATE TABLE passages (chunk text, source text, text text, words tsvector)`);
  const files = String((await client.query('SHOW data_directory')).rows[0].data_directory);
  const diskBefore = folderBytes(files);
  return {
    async add(chunks) {
      for (let at = 0; at < chunks.length; at += 500) {
        const part = chunks.slice(at, at + 500);
        const columns = [
          part.map((chunk) => chunk.chunkId),
          part.map((chunk) => chunk.sourceId),
          part.map(({ title, text }) => `${title}\n${text}`),
        ];
        await client.query(
          `INSERT INTO passages SELECT chunk, source, text, to_tsvector('english', text) FROM unnest($1::text[], $2::text[], $3::text[]) AS part (chunk, source, text)`,
          columns,
        );
      }
      await client.query('CREATE INDEX ON passages USING gin (words)');
      await client.query('ANALYZE passages');
    },
    async search(text, limit) {
      const words = plainWords(text)
        .map((word) => `'${word}'`)
        .join(' | ');
      if (!words) return [];
      const sql = `SELECT chunk FROM passages, to_tsquery('english', $1) AS query WHERE words @@ query ORDER BY ts_rank_cd(words, query, 1) DESC LIMIT $2`;
      return (await client.query(sql, [words, limit])).rows.map((row: { chunk: string }) => row.chunk);
    },
    async remove(sourceId, word) {
      await client.query('DELETE FROM passages WHERE source = $1', [sourceId]);
      await client.query('CHECKPOINT');
      return holdsWord(files, word) ? 'the text in table and log files (until they are written over)' : 'nothing';
    },
    diskBytes: () => folderBytes(files) - diskBefore,
    async close() {
      await client.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function plainWords(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])].slice(0, 48);
}

function holdsWord(folder: string, word: string): boolean {
  try {
    return execFileSync('grep', ['-rlia', word, folder]).length > 0;
  } catch {
    return false;
  }
}

function folderBytes(folder: string): number {
  return Number(execFileSync('du', ['-sb', folder]).toString().split('\t')[0]);
}
