import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/embedded-postgres';
import type { StartedApp } from './start-app';

/** A superuser's connection to the running product's database: it sees past every policy. */
export async function adminOf(app: StartedApp): Promise<pg.Client> {
  // The server is running, so that this adopts it and starts nothing.
  const { adminUrl } = await startEmbeddedPostgres(app.dataDir);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  return client;
}

/** Every row of a tenant in every table that has a tenant, as text, and the accounts of the given people. */
export async function everythingOf(admin: pg.Client, tenantId: string, personIds: string[]): Promise<Record<string, string[]>> {
  const everything: Record<string, string[]> = {};
  for (const table of await tenantTables(admin)) {
    const { rows } = await admin.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} t WHERE tenant_id = $1 ORDER BY 1`, [tenantId]);
    everything[table] = rows.map(({ row }) => row);
  }
  const people = await admin.query<{ row: string }>('SELECT to_jsonb(p)::text AS row FROM people p WHERE id = ANY ($1) ORDER BY 1', [personIds]);
  return { ...everything, people: people.rows.map(({ row }) => row) };
}

async function tenantTables(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}
