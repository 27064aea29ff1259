import pg from 'pg';

/** Whether anybody has an account in a database that is migrated. Asks as its superuser: the application's own role may not look at people as such. */
export async function hasAccounts(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return Boolean((await client.query('SELECT FROM people LIMIT 1')).rowCount);
  } finally {
    await client.end();
  }
}
