import type { Client } from 'pg';

/** Indexes that rightly don't begin with tenant_id: what is looked for there is found before its tenant is known. */
export const indexesAcrossTenants: Record<string, string> = {
  api_keys_secret_hash_key: 'a key is looked up by its hash, which then tells the tenant',
  invitations_token_hash_key: 'an invitation is accepted by its token, which then tells the tenant',
  bots_id_key: "a visitor's page names the bot only, and ids are unique in the whole installation",
  memberships_person_id_idx: 'the workspaces of a person, after signing in',
  conversations_due: 'conversations where nobody came in time, whosever they are',
  turns_running: 'turns whose process is gone, whosever they are',
};

/** The functions that may look across tenants, each reviewed. A new one belongs here only after a second pair of eyes. */
export const reviewedFunctions = [
  'accept_invitation',
  'account_by_email',
  'account_by_id',
  'api_key_by_hash',
  'append_events',
  'claim_abandoned_turns',
  'conversations_grown',
  'conversations_that_say',
  'create_account',
  'create_workspace',
  'due_handovers',
  'people_signed_in',
  'enqueue_job',
  'enqueue_job_at',
  'enqueue_quiet_job',
  'forget_in_event',
  'open_session',
  'renew_leases',
  'revoke_session_by_id',
  'revoke_sessions_except',
  'rotate_session',
  'session_is_alive',
  'set_password',
  'tenant_of_bot',
  'workspaces_of',
];

const ownTenant = `(tenant_id = ( SELECT (current_setting('app.tenant_id'::text))::uuid AS current_setting))`;

/** Rows that another role than the application's may reach need a policy of their own; these are all. */
const policyRoles = ['docent_app', 'docent_system'];

/**
 * What the database's own catalogue says against the promise that no tenant can reach another: one line for each breach, none
 * when it holds. Asks through a connection that may read the catalogue; changes nothing.
 */
export async function findTenantBreaches(database: Client): Promise<string[]> {
  const breaches: string[] = [];
  for (const check of [tablesWithoutPolicy, looseReferences, looseIndexes, powerfulRoles, readablePasswords, unreviewedFunctions, views]) {
    breaches.push(...(await check(database)));
  }
  return breaches;
}

/** Names of the tables that hold rows of tenants. */
export async function tenantTables(database: Client): Promise<string[]> {
  return column(
    database,
    `SELECT c.relname AS value FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
}

async function tablesWithoutPolicy(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string; enabled: boolean; forced: boolean; policies: { roles: string[]; using: string; check: string; command: string; permissive: boolean }[] }>(
    `SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
            coalesce((SELECT json_agg(json_build_object('roles', p.roles, 'using', p.qual, 'check', p.with_check, 'command', p.cmd, 'permissive', p.permissive = 'PERMISSIVE'))
                        FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname), '[]') AS policies
       FROM pg_class c WHERE c.relname = ANY ($1) AND c.relnamespace = 'public'::regnamespace`,
    [[...(await tenantTables(database)), 'people', 'sessions']],
  );
  return rows.flatMap(({ name, enabled, forced, policies }) => {
    const breaches: string[] = [];
    if (!enabled || !forced) breaches.push(`${name}: row level security is not enabled and forced`);
    if (policies.some(({ roles }) => roles.some((role) => !policyRoles.includes(role)))) breaches.push(`${name}: a policy names an unknown role`);
    if (name === 'people' || name === 'sessions') return breaches;
    const ofApp = policies.filter(({ roles }) => roles.includes('docent_app'));
    const isClosed = ofApp.length === 1 && ofApp.every(({ using, check, command, permissive }) => permissive && command === 'ALL' && using === ownTenant && check === ownTenant);
    if (!isClosed) breaches.push(`${name}: docent_app needs exactly one policy, with USING and WITH CHECK on its tenant`);
    return breaches;
  });
}

/** A reference that leaves tenant_id out can point into another workspace. */
function looseReferences(database: Client): Promise<string[]> {
  return column(
    database,
    `SELECT format('%s: the reference %s leaves tenant_id out', k.conrelid::regclass, k.conname) AS value
       FROM pg_constraint k
      WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
        AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attname = 'tenant_id')
        AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = k.confrelid AND a.attname = 'tenant_id')
        AND NOT EXISTS (SELECT FROM unnest(k.conkey, k.confkey) AS pair (own, other)
                          JOIN pg_attribute o ON o.attrelid = k.conrelid AND o.attnum = pair.own AND o.attname = 'tenant_id'
                          JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = pair.other AND f.attname = 'tenant_id')`,
  );
}

/** Primary keys and indexes lead with the tenant, except for those listed with their reason. */
async function looseIndexes(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string; owner: string }>(
    `SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS owner FROM pg_index i
       JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
       JOIN pg_attribute t ON t.attrelid = i.indrelid AND t.attname = 'tenant_id'
      WHERE i.indkey[0] <> t.attnum ORDER BY 1`,
  );
  const loose = rows.map(({ name }) => name);
  const unknown = rows.filter(({ name }) => !(name in indexesAcrossTenants)).map(({ name, owner }) => `${owner}: the index ${name} does not begin with tenant_id`);
  const gone = Object.keys(indexesAcrossTenants).filter((name) => !loose.includes(name));
  return [...unknown, ...gone.map((name) => `${name}: listed as an exception, but there is no such index`)];
}

/** The application's roles own nothing here, are no superusers, and nobody but the owner can put them off their policies. */
async function powerfulRoles(database: Client): Promise<string[]> {
  const roles = await column(
    database,
    `SELECT format('%s: may do too much (superuser, BYPASSRLS, create roles or databases)', rolname) AS value FROM pg_roles
      WHERE rolname IN ('docent_app', 'docent_system', 'docent_jobs', 'docent_owner') AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)`,
  );
  const owned = await column(
    database,
    `SELECT format('%s: is owned by %s', c.oid::regclass, pg_get_userbyid(c.relowner)) AS value FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND pg_get_userbyid(c.relowner) IN ('docent_app', 'docent_system', 'docent_jobs')`,
  );
  const worn = await column(
    database,
    `SELECT format('docent_app: is a member of %s', r.rolname) AS value FROM pg_roles r
      WHERE r.rolname <> 'docent_app' AND NOT r.rolsuper AND pg_has_role('docent_app', r.oid, 'MEMBER')`,
  );
  const unused = await column(
    database,
    `SELECT format('%s: docent_app may %s it', c.relname, lower(right_name)) AS value FROM pg_class c, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) AS right_name
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND has_table_privilege('docent_app', c.oid, right_name)`,
  );
  return [...roles, ...owned, ...worn, ...unused];
}

function readablePasswords(database: Client): Promise<string[]> {
  return column(
    database,
    `SELECT format('people.%s: docent_app may %s it', a.attname, lower(right_name)) AS value
       FROM pg_attribute a, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS right_name
      WHERE a.attrelid = 'people'::regclass AND a.attname = 'password_hash' AND has_column_privilege('docent_app', a.attrelid, a.attnum, right_name)
      UNION ALL SELECT 'sessions: docent_app may read it' WHERE has_any_column_privilege('docent_app', 'sessions', 'SELECT')`,
  );
}

async function unreviewedFunctions(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string; owner: string; path: string[] | null; open: boolean }>(
    `SELECT p.proname AS name, pg_get_userbyid(p.proowner) AS owner, p.proconfig AS path,
            EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) WHERE grantee = 0) AS open
       FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef ORDER BY 1`,
  );
  const names = rows.map(({ name }) => name);
  return [
    ...names.filter((name) => !reviewedFunctions.includes(name)).map((name) => `${name}: looks across tenants and is not reviewed`),
    ...reviewedFunctions.filter((name) => !names.includes(name)).map((name) => `${name}: listed as reviewed, but there is no such function`),
    ...rows.filter(({ path }) => !path?.some((setting) => setting.startsWith('search_path='))).map(({ name }) => `${name}: has no fixed search_path`),
    ...rows.filter(({ open }) => open).map(({ name }) => `${name}: anybody may call it`),
    ...rows.filter(({ owner }) => !['docent_system', 'docent_jobs'].includes(owner)).map(({ name, owner }) => `${name}: runs as ${owner}`),
  ];
}

/** Views run as their owner unless told otherwise, and so pass by every policy. */
function views(database: Client): Promise<string[]> {
  return column(database, `SELECT format('%s: views pass by the policies of their tables', c.relname) AS value FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')`);
}

async function column(database: Client, sql: string): Promise<string[]> {
  const { rows } = await database.query<{ value: string }>(sql);
  return rows.map(({ value }) => value);
}
