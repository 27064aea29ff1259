import { rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/embedded-postgres';
import { JobQueue } from '../src/job-queue';
import { QueuePool } from '../src/queue-pool';
import { aDataFolder } from './support/data-folder';

let folder: string;
let server: EmbeddedPostgres;
const unheard: unknown[] = [];
const hear = (error: unknown) => void unheard.push(error);

beforeAll(async () => {
  folder = await aDataFolder();
  server = await startEmbeddedPostgres(folder);
  process.on('unhandledRejection', hear);
});
afterAll(async () => {
  process.off('unhandledRejection', hear);
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A way to the database that swallows the wish to listen, says so, and can be cut there. */
async function aWayThatKeepsListenBack() {
  const { port } = new URL(server.adminUrl);
  let keptBack: (way: Socket) => void;
  const listening = new Promise<Socket>((resolve) => (keptBack = resolve));
  const proxy = createServer((near) => {
    const far = connect(Number(port), '127.0.0.1');
    far.pipe(near);
    near.on('data', (sent) => (sent.includes('LISTEN "jobs:insert"') ? keptBack(near) : far.write(sent)));
    near.on('close', () => far.destroy());
    for (const socket of [near, far]) socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const url = new URL(server.adminUrl);
  url.search = '';
  url.port = String((proxy.address() as AddressInfo).port);
  return { url: url.toString(), listening, close: () => new Promise((done) => proxy.close(done)) };
}

it('lives on where it is stopped before it listens and its connection is lost', async () => {
  const way = await aWayThatKeepsListenBack();
  const pool = new QueuePool({ connectionString: way.url, max: 4 });
  const queue = new JobQueue({ pool, tasks: { nothing: () => undefined }, concurrency: 1, logger: pino({ level: 'silent' }), named: () => undefined });
  await queue.begin();
  const listening = await way.listening;
  const stopped = queue.stop();
  listening.destroy();
  await stopped;
  await pool.end();
  await way.close();
  expect(unheard).toEqual([]);
});

it('lives on where it would listen again over connections that have ended', async () => {
  const pool = new QueuePool({ connectionString: server.adminUrl, max: 4 });
  await pool.end();
  const refusal = await new Promise((resolve) =>
    pool.connect((error, _client, release) => {
      release();
      resolve(error);
    }),
  );
  expect(refusal).toBeInstanceOf(Error);
});
