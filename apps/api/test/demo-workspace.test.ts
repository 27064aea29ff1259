import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { routes } from '@docent/contracts';
import { DemoWorkspace } from '../src/demo-workspace';
import { findProductParts } from '../src/product-parts';
import { aWorkspace, cookiesOf, request } from './support/api-client';
import { aCopyOf, aDataFolder } from './support/data-folder';
import { startApp, type StartedApp } from './support/start-app';

type Access = Record<'consoleUrl' | 'demoUrl' | 'email' | 'password' | 'botId' | 'apiKey', string>;

let dataDir: string;
let app: StartedApp | undefined;

beforeEach(async () => {
  const prepared = inject('preparedData');
  dataDir = prepared ? await aCopyOf(prepared) : await aDataFolder();
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}): Promise<StartedApp> {
  await app?.close();
  return (app = await startApp({ DATA_DIR: dataDir, DEMO: 'true', ...environment }));
}

const file = () => join(dataDir, 'demo.json');
const access = async () => JSON.parse(await readFile(file(), 'utf8')) as Access;
const bots = async (url: string, key: string) => (await request(url, 'GET', '/v1/bots', undefined, { key })).body.items as { id: string }[];

/** Everything that the file promises. */
async function expectWayIn({ url }: StartedApp, { email, password, botId, apiKey }: Access): Promise<void> {
  const signedIn = await request(url, 'POST', routes.signIn.path, { email, password }, { origin: url });
  expect([signedIn.status, signedIn.body.workspaces]).toEqual([200, [expect.objectContaining({ role: 'owner' })]]);
  expect(await bots(url, apiKey)).toEqual([expect.objectContaining({ id: botId })]);
  const { items } = (await request(url, 'GET', `/v1/bots/${botId}/sources`, undefined, { key: apiKey })).body as { items: object[] };
  expect(items.length).toBeGreaterThan(5);
  expect((await request(url, 'GET', '/demo')).body.text).toContain(`data-bot="${botId}"`);
}

it('is made in an empty database, and demo.json, for its owner only, tells the way in', async () => {
  const { url, product } = await start();
  const told = await access();
  expect(Object.keys(told)).toEqual(['consoleUrl', 'demoUrl', 'email', 'password', 'botId', 'apiKey']);
  expect(told).toEqual(product.newDemo);
  expect([told.consoleUrl, told.demoUrl]).toEqual([`${url}/`, `${url}/demo`]);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  await expectWayIn(app!, told);

  // The second start makes nothing; the file follows the address.
  const again = await start();
  expect([again.product.newDemo, again.product.demo]).toEqual([null, await access()]);
  expect(await access()).toEqual({ ...told, consoleUrl: `${again.url}/`, demoUrl: `${again.url}/demo` });
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  await expectWayIn(again, told);
});

it('is not made where somebody has an account already, nor when DEMO is false', async () => {
  const { url } = await start({ DEMO: 'false' });
  await expect(stat(file())).rejects.toThrow('ENOENT');
  const { email, password } = await aWorkspace(url);
  const { product, url: later } = await start();
  expect([product.newDemo, product.demo]).toEqual([null, null]);
  await expect(stat(file())).rejects.toThrow('ENOENT');
  const { headers } = await request(later, 'POST', routes.signIn.path, { email, password }, { origin: later });
  expect(cookiesOf(headers)).not.toBe('');
});

it('is finished by the next start where one was ended in between', async () => {
  const { product } = await start({ DEMO: 'false' });
  const cut = product.app.get(DemoWorkspace).create(join(findProductParts().docs, 'missing'), true);
  await expect(cut).rejects.toThrow('ENOENT');
  await expect(stat(file())).rejects.toThrow('ENOENT');
  const next = await start();
  const told = await access();
  expect(next.product.newDemo).toEqual(told);
  await expectWayIn(next, told);
  await expect(stat(join(dataDir, 'demo-begun'))).rejects.toThrow('ENOENT');
});

it('is made anew where the database is another one than demo.json tells of', async () => {
  const stale = { consoleUrl: '', demoUrl: '', email: 'owner@demo.example', password: 'of another database', botId: 'gone', apiKey: 'dk_gone' };
  await writeFile(file(), JSON.stringify(stale));
  const { product } = await start();
  const told = await access();
  expect(product.newDemo).toEqual(told);
  await expectWayIn(app!, told);
});
