import { hkdfSync } from 'node:crypto';
import pg from 'pg';
import { runMigrations as migrateJobQueue } from 'graphile-worker';
import { ConfigError } from './config';
import { migrate } from './migrate';
import { prepareRoles } from './prepare-roles';

export interface DatabaseUrls {
  /** Owns the tables; only for migrations. */
  owner: string;
  /** What the application connects with. */
  app: string;
  /** Owns the job queue. */
  jobs: string;
}

export interface DatabasePlan {
  adminUrl: string;
  /** The product's own server: its roles sign in by themselves, with passwords derived from this key. */
  embeddedKey: Buffer | null;
  appUrl?: string;
  jobsUrl?: string;
  migrationsFolder: string;
}

/** `uuidv7()`, which makes the ids, came with PostgreSQL 18. */
const oldestVersion = 18;

/**
 * Prepares roles, tables and job queue, and refuses an application role that could see more than it should. Throws {@link ConfigError} where the
 * given database can't be used; an error of the server carries the `variable` that named it.
 */
export async function openDatabase(plan: DatabasePlan): Promise<{ urls: DatabaseUrls; applied: string[] }> {
  const urls = plan.embeddedKey ? embeddedUrls(plan.adminUrl, plan.embeddedKey) : givenUrls(plan);
  if (!(await isPrepared(urls.app))) {
    await refuseOldServer(plan.adminUrl);
    await prepareRoles(plan.adminUrl, plan.embeddedKey ? passwordsFrom(plan.embeddedKey) : null);
  }
  const applied = await migrate(urls.owner, plan.migrationsFolder);
  await naming(plan.jobsUrl ? 'DATABASE_JOBS_URL' : 'DATABASE_URL', migrateJobQueue({ connectionString: urls.jobs }));
  await naming(plan.appUrl ? 'DATABASE_APP_URL' : 'DATABASE_URL', refuseTooMuchPower(urls.app));
  return { urls, applied };
}

function naming<T>(variable: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof Error ? Object.assign(error, { variable }) : error;
  });
}

async function refuseOldServer(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    assertNewEnough(rows[0]!.server_version);
  } finally {
    await client.end();
  }
}

/** `version` as the server tells it, such as `17.5 (Debian 17.5-1)`. Throws {@link ConfigError}. */
export function assertNewEnough(version: string): void {
  if (parseInt(version, 10) < oldestVersion) throw new ConfigError([`DATABASE_URL: expected PostgreSQL ${oldestVersion} or newer; this one is ${version}`]);
}

function passwordsFrom(key: Buffer) {
  const derive = (role: string) => Buffer.from(hkdfSync('sha256', key, '', `postgres role ${role}`, 24)).toString('base64url');
  return { owner: derive('docent_owner'), app: derive('docent_app'), jobs: derive('docent_jobs') };
}

function embeddedUrls(adminUrl: string, key: Buffer): DatabaseUrls {
  const passwords = passwordsFrom(key);
  const signedInAs = (role: string, password: string) => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = password;
    return url.toString();
  };
  return { owner: signedInAs('docent_owner', passwords.owner), app: signedInAs('docent_app', passwords.app), jobs: signedInAs('docent_jobs', passwords.jobs) };
}

/** On a given database the connection begins as the other role, unless the operator gives addresses of their own. */
function givenUrls({ adminUrl, appUrl, jobsUrl }: DatabasePlan): DatabaseUrls {
  const puttingOn = (role: string) => {
    const url = new URL(adminUrl);
    url.searchParams.set('options', `-c role=${role}`);
    return url.toString();
  };
  return { owner: adminUrl, app: appUrl ?? puttingOn('docent_app'), jobs: jobsUrl ?? puttingOn('docent_jobs') };
}

async function isPrepared(appUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: appUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ ready: boolean }>(`SELECT to_regclass('public.tenants') IS NOT NULL AS ready`);
    return rows[0]!.ready;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refuseTooMuchPower(appUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ powerful: boolean; owns: boolean }>(
      `SELECT r.rolsuper OR r.rolbypassrls AS powerful,
              EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace = 'public'::regnamespace) AS owns
         FROM pg_roles r WHERE r.rolname = current_user`,
    );
    if (rows[0]!.powerful || rows[0]!.owns) throw new ConfigError(['DATABASE_APP_URL: expected a role that owns no table and does not bypass row level security']);
  } finally {
    await client.end();
  }
}
