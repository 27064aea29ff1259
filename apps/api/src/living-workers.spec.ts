import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { LivingWorkers } from './living-workers';

/** As much of a PostgreSQL server as it takes: lets everybody in, and answers each statement with no rows. `refuses`: ends every connection. */
async function aDatabase() {
  const open = new Set<Socket>();
  const state = { refuses: false, attempts: 0 };
  const message = (type: string, ...body: number[]) => Buffer.from([type.charCodeAt(0), 0, 0, 0, body.length + 4, ...body]);
  const readyForQuery = message('Z', 'I'.charCodeAt(0));
  const server = createServer((socket) => {
    state.attempts += 1;
    if (state.refuses) return void socket.destroy();
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', 0, 0, 0, 0), readyForQuery]));
      socket.on('data', (sent) => {
        if (sent.toString('latin1').includes('P')) socket.write(Buffer.concat([message('1'), message('2'), message('n'), message('C', 0x53, 0), readyForQuery]));
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const end = () => {
    state.refuses = true;
    for (const socket of open) socket.destroy();
  };
  return { state, end, url: `postgresql://docent@127.0.0.1:${(server.address() as AddressInfo).port}/docent`, close: () => new Promise((done) => server.close(done)) };
}

it('tries again one attempt at a time while the database is away, and holds its line when it is back', async () => {
  const database = await aDatabase();
  const retryMs = 20;
  const workers = new LivingWorkers(database.url, pino({ level: 'silent' }), retryMs);
  await workers.start();
  expect(database.state.attempts).toBe(1);
  database.end();
  const rounds = 20;
  await wait(rounds * retryMs);
  expect(database.state.attempts).toBeGreaterThan(1);
  expect(database.state.attempts).toBeLessThanOrEqual(rounds + 2);
  database.state.refuses = false;
  const before = database.state.attempts;
  await expect.poll(() => database.state.attempts).toBe(before + 1);
  await wait(3 * retryMs);
  expect(database.state.attempts).toBe(before + 1);
  await workers.stop();
  await database.close();
});
