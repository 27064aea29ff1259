import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { loadSchemaEngine } from './schema-engine';

interface Migration {
  path: string;
  sql: string;
}

/**
 * Brings the database to the newest migration and returns the names that were applied. Keeps Prisma's own history
 * (`_prisma_migrations`), so that its command line can take over. The engine is loaded only when something is to be done. What a process that
 * was killed has begun is done anew; processes that start together wait for the first.
 */
export async function migrate(ownerUrl: string, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('docent migrations'))`);
    if (await isCurrent(client, migrations)) return [];
    await forgetUnfinished(client);
    return await apply(ownerUrl, folder, migrations);
  } finally {
    await client.end();
  }
}

async function apply(ownerUrl: string, folder: string, migrations: Migration[]): Promise<string[]> {
  const scripts = new Set(migrations.map(({ sql }) => sql));
  const engine = await loadSchemaEngine(ownerUrl, (script) => (scripts.has(script) ? script + receipt : script));
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: {
      baseDir: folder,
      lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
      migrationDirectories: migrations.map(({ path, sql }) => ({ path, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } } })),
      shadowDbInitScript: '',
    },
    filters: { externalTables: [], externalEnums: [] },
  });
  return appliedMigrationNames;
}

const unfinished = 'finished_at IS NULL AND rolled_back_at IS NULL';

/**
 * Behind each script, and so within its transaction: it is applied and known to be, or neither. Fails on purpose (a division by zero) where
 * somebody has given the migration up meanwhile, because its process had died.
 */
const receipt = `
;WITH done AS (UPDATE public._prisma_migrations SET finished_at = clock_timestamp() WHERE ${unfinished} RETURNING 1) SELECT 1 / count(*) FROM done;
`;

/** Nobody else migrates now: what has no end yet will never have one. Prisma itself would refuse to go on. */
async function forgetUnfinished(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ history: string | null }>(`SELECT to_regclass('public._prisma_migrations') AS history`);
  if (rows[0]!.history) await client.query(`UPDATE public._prisma_migrations SET rolled_back_at = clock_timestamp() WHERE ${unfinished}`);
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map(async (path) => ({ path, sql: await readFile(join(folder, path, 'migration.sql'), 'utf8') })));
}

async function isCurrent(client: pg.Client, migrations: Migration[]): Promise<boolean> {
  try {
    const { rows } = await client.query<{ checksum: string }>('SELECT checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL');
    const applied = new Set(rows.map((row) => row.checksum));
    return migrations.every(({ sql }) => applied.has(createHash('sha256').update(sql).digest('hex')));
  } catch {
    return false;
  }
}
