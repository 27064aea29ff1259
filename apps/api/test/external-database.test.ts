import { rm } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConfigError } from '@docent/platform';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/embedded-postgres';
import { aBot, addSource, ask, aWorkspace } from './support/api-client';
import { aDataFolder } from './support/data-folder';
import { startApp, type StartedApp } from './support/start-app';

let folder: string;
let databaseUrl: string;
let server: EmbeddedPostgres;
let app: StartedApp;

/** A database as an operator gives it: owned by an ordinary role that may create roles and is no superuser. */
async function givenDatabase(adminUrl: string): Promise<string> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE customer LOGIN CREATEROLE PASSWORD 'customer'`);
  await admin.query('CREATE DATABASE product OWNER customer');
  await admin.end();
  const url = new URL(adminUrl);
  Object.assign(url, { username: 'customer', password: 'customer', pathname: '/product' });
  return url.toString();
}

beforeAll(async () => {
  folder = await aDataFolder();
  server = await startEmbeddedPostgres(folder);
  databaseUrl = await givenDatabase(server.adminUrl);
  app = await startApp({ DATABASE_URL: databaseUrl, DEMO: 'true' });
});
afterAll(async () => {
  await app?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

it('runs on a database that was given, and makes no demo workspace in it', async () => {
  const { as } = await aWorkspace(app.url);
  const botId = await aBot(app.url, as);
  await addSource(app.url, botId, { type: 'text', name: 'Hours', text: '# Hours\n\nThe office opens at seven in the morning on weekdays.' }, as);
  const { events } = await ask(app.url, botId, 'When does the office open?', as);
  expect(events.at(-1)).toMatchObject({ type: 'answer.completed', data: { answered: true } });
  expect(app.product.demo).toBeNull();
});

it('lives on when the database ends all connections, those of the sockets of several processes too', async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown) => void unheard.push(error);
  process.on('uncaughtException', hear);
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  const listening = `SELECT pid FROM pg_stat_activity WHERE datname = 'product' AND query LIKE 'LISTEN "%socket.io#/console"'`;
  const pids = async () => (await admin.query<{ pid: number }>(listening)).rows.map(({ pid }) => pid);
  await expect.poll(pids).toHaveLength(1);
  for (let times = 0; times < 3; times += 1) {
    const [before] = await pids();
    await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'product'`);
    await expect.poll(async () => (await pids()).filter((pid) => pid !== before)).toHaveLength(1);
  }
  await admin.end();
  process.off('uncaughtException', hear);
  expect(unheard).toEqual([]);
  await expect.poll(async () => (await fetch(`${app.url}/readyz`)).status).toBe(200);
});

const as = (username: string, password: string) => Object.assign(new URL(databaseUrl), { username, password }).toString();

it.each<[string, () => Record<string, string>, RegExp]>([
  ['a password that is wrong', () => ({ DATABASE_URL: as('customer', 'wrong') }), /^DATABASE_URL: expected a PostgreSQL that lets us in \(password authentication failed/],
  ['a role of its own that can not sign in', () => ({ DATABASE_APP_URL: as('docent_app', 'wrong') }), /^DATABASE_APP_URL: expected a PostgreSQL that lets us in/],
  ['a role for jobs that can not sign in', () => ({ DATABASE_JOBS_URL: as('docent_jobs', 'wrong') }), /^DATABASE_JOBS_URL: expected a PostgreSQL that lets us in/],
  ['a role that owns the tables', () => ({ DATABASE_APP_URL: databaseUrl }), /^DATABASE_APP_URL: expected a role that owns no table/],
  ['a Redis that is not there', () => ({ REDIS_URL: 'redis://127.0.0.1:1' }), /^REDIS_URL: expected a Redis that lets us in; the one at 127.0.0.1:1 does not/],
])('ends the start in words that name the variable: %s', async (_, environment, expected) => {
  const refusal = await startApp({ DATABASE_URL: databaseUrl, ...environment() }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ConfigError);
  expect((refusal as ConfigError).problems).toEqual([expect.stringMatching(expected)]);
});
