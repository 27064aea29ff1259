import { connect, createServer, type Socket } from 'node:net';

export interface DroppingProxy {
  url: string;
  close(): Promise<void>;
}

/** Passes everything on; every `everyMs` it cuts all lines and takes no new one for `forMs`, as a train in a tunnel. */
export async function startDroppingProxy(targetUrl: string, everyMs: number, forMs: number): Promise<DroppingProxy> {
  const { hostname, port } = new URL(targetUrl);
  const open = new Set<Socket>();
  let isDown = false;
  const server = createServer({ noDelay: true }, (client) => {
    client.on('error', () => undefined);
    if (isDown) return void client.destroy();
    const upstream = connect({ host: hostname, port: Number(port), noDelay: true }).on('error', () => client.destroy());
    open.add(client);
    client.pipe(upstream).pipe(client);
    client.on('close', () => (open.delete(client), upstream.destroy()));
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const timer = setInterval(() => {
    isDown = true;
    for (const client of open) client.destroy();
    setTimeout(() => (isDown = false), forMs);
  }, everyMs);
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    close: async () => {
      clearInterval(timer);
      for (const client of open) client.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
