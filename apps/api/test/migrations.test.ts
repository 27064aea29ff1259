import { randomBytes } from 'node:crypto';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '@docent/platform';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/embedded-postgres';
import { findProductParts } from '../src/product-parts';
import { aDataFolder } from './support/data-folder';

const slow = `CREATE TABLE cut (id int);\nSELECT pg_sleep(600) FROM slow;\nCREATE TABLE cut_too (id int);\n`;

let folder: string;
let server: EmbeddedPostgres;
let admin: pg.Client;
const key = randomBytes(32);

beforeAll(async () => {
  folder = await aDataFolder();
  await cp(findProductParts().migrations, join(folder, 'migrations'), { recursive: true });
  server = await startEmbeddedPostgres(folder);
  admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin?.end();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const open = () => openDatabase({ adminUrl: server.adminUrl, embeddedKey: key, migrationsFolder: join(folder, 'migrations') });
const add = async (name: string, sql: string) => {
  await mkdir(join(folder, 'migrations', name));
  await writeFile(join(folder, 'migrations', name, 'migration.sql'), sql);
};
const history = async (where: string) => (await admin.query<{ name: string }>(`SELECT migration_name AS name FROM _prisma_migrations WHERE ${where} ORDER BY 1`)).rows.map(({ name }) => name);

it('are applied once, and each is known to be', async () => {
  const { applied } = await open();
  expect(applied.length).toBeGreaterThan(20);
  expect(await history('finished_at IS NOT NULL')).toEqual(applied);
  expect((await open()).applied).toEqual([]);
});

it('go on after one was cut in the middle', async () => {
  // Sleeps once for each of its rows.
  await admin.query('CREATE TABLE slow AS SELECT 1; GRANT SELECT ON slow TO PUBLIC');
  await add('29990101000000_cut', slow);
  const cut = open().catch((error: unknown) => error);
  const running = () => admin.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid() AND wait_event = 'PgSleep'`);
  await expect.poll(async () => (await running()).rowCount, { timeout: 50_000 }).toBe(1);
  await admin.query('SELECT pg_terminate_backend($1)', [(await running()).rows[0]!.pid]);
  expect(await cut).toBeInstanceOf(Error);
  await admin.query('DELETE FROM slow');
  expect((await open()).applied).toEqual(['29990101000000_cut']);
  await admin.query('SELECT FROM cut_too');
  expect(await history('finished_at IS NULL AND rolled_back_at IS NULL')).toEqual([]);
  expect((await open()).applied).toEqual([]);
});

it('are waited for by processes that start together', async () => {
  await add('29990102000000_together', 'CREATE TABLE together (id int);');
  const started = await Promise.all([open(), open(), open()]);
  expect(started.flatMap(({ applied }) => applied)).toEqual(['29990102000000_together']);
});
