import pg from 'pg';

export interface RolePasswords {
  app: string;
  jobs: string;
  owner: string;
}

const quote = pg.escapeLiteral;

/**
 * Makes the roles that the migrations name. With passwords (the embedded database) each role signs in by itself and
 * `docent_owner` owns the tables; without (a given database) the connecting role owns them and puts on the others.
 */
export async function prepareRoles(adminUrl: string, passwords: RolePasswords | null): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Processes that start at the same time would create the same role twice.
    await client.query(`SELECT pg_advisory_lock(hashtext('docent roles'))`);
    for (const role of ['docent_app', 'docent_system', 'docent_jobs']) await createRole(client, role);
    if (passwords) await giveOwnLogins(client, passwords);
    else await client.query('GRANT docent_app, docent_system, docent_jobs TO CURRENT_USER');
    const { rows } = await client.query<{ name: string }>('SELECT quote_ident(current_database()) AS name');
    await client.query(`GRANT CREATE ON DATABASE ${rows[0]!.name} TO docent_jobs`);
    await client.query('GRANT USAGE, CREATE ON SCHEMA public TO docent_system, docent_jobs');
  } finally {
    await client.end();
  }
}

async function createRole(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (!rowCount) await client.query(`CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE`);
}

async function giveOwnLogins(client: pg.Client, passwords: RolePasswords): Promise<void> {
  await createRole(client, 'docent_owner');
  await client.query(`ALTER ROLE docent_owner LOGIN PASSWORD ${quote(passwords.owner)}`);
  await client.query(`ALTER ROLE docent_app LOGIN PASSWORD ${quote(passwords.app)}`);
  await client.query(`ALTER ROLE docent_jobs LOGIN PASSWORD ${quote(passwords.jobs)}`);
  await client.query('GRANT docent_system, docent_jobs TO docent_owner');
  const { rows } = await client.query<{ name: string }>('SELECT quote_ident(current_database()) AS name');
  await client.query(`ALTER DATABASE ${rows[0]!.name} OWNER TO docent_owner`);
  await client.query('ALTER SCHEMA public OWNER TO docent_owner');
}
