import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '@docent/platform';
import { checkSurroundings, explainDatabase } from './check-surroundings';
import { freePort } from './free-port';

let dataDir: string;
let port: number;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'docent-surroundings-'));
  port = await freePort();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const problemOf = (given: { dataDir?: string; host?: string; port?: number }) =>
  checkSurroundings({ dataDir, host: '127.0.0.1', port, ...given }).then(
    () => '',
    (error: unknown) => (error instanceof ConfigError ? error.problems.join('\n') : String(error)),
  );

describe('what the configuration names', () => {
  it('is fine where folder and address are there, and the address stays free', async () => {
    expect([await problemOf({}), await problemOf({}), await problemOf({ dataDir: join(dataDir, 'new/one') })]).toEqual([
      '',
      '',
      '',
    ]);
  });

  it('is a folder that can be written', async () => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    expect(await problemOf({ dataDir: join(file, 'below') })).toMatch(/^DATA_DIR: expected a folder that can be written/);
    expect(await problemOf({ dataDir: file })).toMatch(/^DATA_DIR: expected a folder that can be written/);
  });

  it('is a free port, and an address of this machine', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const taken = (other.address() as AddressInfo).port;
    expect(await problemOf({ port: taken })).toMatch(new RegExp(`^PORT: expected a free port; another program has ${taken}`));
    await new Promise((done) => other.close(done));
    expect(await problemOf({ host: '192.0.2.1' })).toMatch(/^HOST: expected an address of this machine; 192.0.2.1/);
  });
});

describe('a database that can not be reached', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', '28P01', '3D000', '42501'])('is told by its variable: %s', (code) => {
    expect(explainDatabase(Object.assign(new Error('no way in'), { code }))).toEqual(
      new ConfigError(['DATABASE_URL: expected a PostgreSQL that lets us in (no way in)']),
    );
  });

  it('is not what any other error is taken for', () => {
    const error = Object.assign(new Error('syntax'), { code: '42601' });
    expect(explainDatabase(error)).toBe(error);
  });
});
