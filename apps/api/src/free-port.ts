import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give out by themselves (Linux from 32 768 on), so that none of them is gone between the question and the use. */
const [first, last] = [20_000, 29_999];
const mostTries = 100;

/** A port on the loopback address that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const port = await listenOnce(randomInt(first, last + 1)).catch(() => null);
    if (port !== null) return port;
  }
  return listenOnce(0);
}

/** Resolves with the port once it is free again; 0 takes any. */
function listenOnce(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
