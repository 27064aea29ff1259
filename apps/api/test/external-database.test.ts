import { rm } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/embedded-postgres';
import { aBot, addSource, ask, aWorkspace } from './support/api-client';
import { aDataFolder } from './support/data-folder';
import { startApp, type StartedApp } from './support/start-app';

let folder: string;
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
  app = await startApp({ DATABASE_URL: await givenDatabase(server.adminUrl), DEMO: 'true' });
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
