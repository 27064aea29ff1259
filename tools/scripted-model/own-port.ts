import { createServer } from 'node:net';

const portsOfWorker = 1_000;
let next = Math.floor(Math.random() * portsOfWorker);

/**
 * A port that nobody else takes between the question and the use: it lies below those that the system gives out by itself (from
 * 32 768 on), and each worker of the tests has a thousand of its own.
 */
export async function ownPort(): Promise<number> {
  const first = 20_000 + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 10) * portsOfWorker;
  for (;;) {
    const port = first + (next++ % portsOfWorker);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer().once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
