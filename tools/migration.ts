import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../apps/api/src/embedded-postgres';
import { loadSchemaEngine } from '../libs/platform/src/schema-engine';

const schemaFile = 'prisma/schema.prisma';
/** The schema as of the last migration: the difference to it becomes the next one. */
const migratedFile = 'prisma/migrations/schema.prisma.migrated';

/** Writes `prisma/migrations/<time>_<name>/migration.sql` from what changed in the schema; policies are added by hand. */
async function createMigration(name: string): Promise<void> {
  const script = await compareSchemas();
  if (!script || script.includes('This is an empty migration')) {
    process.stdout.write('The schema did not change.\n');
    return;
  }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join('prisma/migrations', `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), script);
  writeFileSync(migratedFile, readFileSync(schemaFile));
  process.stdout.write(`Wrote ${folder}/migration.sql. A new tenant table also needs its policies there: see the migration "policies".\n`);
}

/** The engine asks a database what it can do before it compares: a throw-away one answers. */
async function compareSchemas(): Promise<string | null> {
  const home = mkdtempSync(join(tmpdir(), 'docent-migration-'));
  // Started by root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(home, 0o755);
  const database = await startEmbeddedPostgres(home);
  try {
    const engine = await loadSchemaEngine(database.adminUrl);
    const read = (path: string) => ({ files: [{ path, content: readFileSync(path, 'utf8') }] });
    const { stdout } = await engine.diff({
      from: existsSync(migratedFile) ? { tag: 'schemaDatamodel', ...read(migratedFile) } : { tag: 'empty' },
      to: { tag: 'schemaDatamodel', ...read(schemaFile) },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout;
  } finally {
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('usage: npm run db:migration -- <name_in_lower_case>\n');
  process.exit(1);
}
await createMigration(name);
