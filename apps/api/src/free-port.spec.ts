import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from './free-port';

it('gives ports that can be listened on, and none that the system might give to somebody else meanwhile', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));
  for (const port of ports) {
    expect(port).toBeLessThan(32_768);
    const server = createServer();
    await new Promise<void>((listening, fail) => server.once('error', fail).listen(port, '127.0.0.1', listening));
    await new Promise((closed) => server.close(closed));
  }
});
