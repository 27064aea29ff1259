import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTenantBreaches, tenantTables } from '../../../tools/tenant-tables';
import { findProductParts } from '../src/product-parts';
import { adminOf } from './support/admin-database';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let admin: pg.Client;

beforeAll(async () => {
  app = await startApp();
  admin = await adminOf(app);
});
afterAll(async () => {
  await admin?.end();
  await app?.close();
});

/** Runs `change` in a transaction that never ends well, and tells what the check says meanwhile. */
async function breachesAfter(change: string): Promise<string[]> {
  await admin.query('BEGIN');
  try {
    await admin.query(change);
    return await findTenantBreaches(admin);
  } finally {
    await admin.query('ROLLBACK');
  }
}

describe('the catalogue', () => {
  it('says nothing against the separation of tenants', async () => {
    expect(await findTenantBreaches(admin)).toEqual([]);
    expect((await tenantTables(admin)).length).toBeGreaterThan(12);
  });

  it.each([
    ['a new table of tenants', 'CREATE TABLE breached_notes (tenant_id uuid PRIMARY KEY)'],
    ['a table whose policies are off', 'ALTER TABLE bots DISABLE ROW LEVEL SECURITY'],
    ['a table whose owner passes by its policies', 'ALTER TABLE bots NO FORCE ROW LEVEL SECURITY'],
    ['a policy that lets everything be read', 'CREATE POLICY all_of_it ON bots FOR SELECT TO docent_app USING (true)'],
    ['a policy without WITH CHECK', `DROP POLICY own_tenant ON bots; CREATE POLICY own_tenant ON bots TO docent_app USING (tenant_id = (SELECT current_setting('app.tenant_id')::uuid))`],
    ['a reference by id alone', 'ALTER TABLE sources ADD CONSTRAINT sources_bot FOREIGN KEY (bot_id) REFERENCES bots (id)'],
    ['an index that leads with something else', 'CREATE INDEX sources_by_name ON sources (name)'],
    ['an application that passes by policies', 'ALTER ROLE docent_app BYPASSRLS'],
    ['an application that puts on another role', 'GRANT docent_system TO docent_app'],
    ['an application that owns a table', 'ALTER TABLE bots OWNER TO docent_app'],
    ['an application that reads password hashes', 'GRANT SELECT ON people TO docent_app'],
    ['an unreviewed function', 'CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$ SELECT count(*) FROM bots $$'],
    ['a view', 'CREATE VIEW all_bots AS SELECT * FROM bots'],
  ])('would notice %s', async (_, change) => {
    expect(await breachesAfter(change)).not.toEqual([]);
  });

  it('has a table with the same columns for every model of the schema, and no other', async () => {
    const schema = await readFile(join(findProductParts().root, 'prisma/schema.prisma'), 'utf8');
    const { rows } = await admin.query<{ table: string; columns: string[] }>(
      `SELECT table_name AS table, array_agg(column_name::text ORDER BY column_name::text COLLATE "C") AS columns FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' GROUP BY 1 ORDER BY 1`,
    );
    expect(Object.fromEntries(rows.map(({ table, columns }) => [table, columns]))).toEqual(tablesOf(schema));
  });
});

/** Table and column names of each model, as its `@map`s give them; fields that are other models are relations, not columns. */
function tablesOf(schema: string): Record<string, string[]> {
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => ({ name: name!, body: body! }));
  const names = new Set(models.map(({ name }) => name));
  return Object.fromEntries(
    models.map(({ name, body }) => {
      const fields = [...body.matchAll(/^ {2}(\w+) +(\w+)(?:\[\]|\?)?(.*)$/gm)].filter(([, , type]) => !names.has(type!));
      const columns = fields.map(([, field, , rest]) => /@map\("(\w+)"\)/.exec(rest!)?.[1] ?? field!);
      return [/@@map\("(\w+)"\)/.exec(body)?.[1] ?? name, columns.sort()];
    }),
  );
}

describe("the application's role", () => {
  it('sees nothing and writes nothing without naming a tenant, and nothing of others when it names one', async () => {
    const [owner] = (await admin.query<{ id: string }>(`INSERT INTO tenants (name, plan_id) VALUES ('One', 'free'), ('Two', 'free') RETURNING tenant_id AS id`)).rows;
    await admin.query('BEGIN');
    await admin.query('SET LOCAL ROLE docent_app');
    await expect(admin.query('SELECT * FROM tenants')).rejects.toThrow(/app\.tenant_id|uuid/);
    await admin.query('ROLLBACK');
    await admin.query('BEGIN');
    await admin.query('SET LOCAL ROLE docent_app');
    await admin.query(`SELECT set_config('app.tenant_id', $1, true)`, [owner!.id]);
    expect((await admin.query<{ name: string }>('SELECT name FROM tenants')).rows).toEqual([{ name: 'One' }]);
    expect((await admin.query(`UPDATE tenants SET name = 'Mine'`)).rowCount).toBe(1);
    await admin.query('ROLLBACK');
  });
});
