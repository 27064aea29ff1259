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
 * (`_prisma_migrations`), so that its command line can take over. The engine is loaded only when something is to be done.
 */
export async function migrate(ownerUrl: string, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  if (await isCurrent(ownerUrl, migrations)) return [];
  const engine = await loadSchemaEngine(ownerUrl);
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

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map(async (path) => ({ path, sql: await readFile(join(folder, path, 'migration.sql'), 'utf8') })));
}

async function isCurrent(ownerUrl: string, migrations: Migration[]): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ checksum: string }>('SELECT checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL');
    const applied = new Set(rows.map((row) => row.checksum));
    return migrations.every(({ sql }) => applied.has(createHash('sha256').update(sql).digest('hex')));
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
