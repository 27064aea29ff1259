import { connect, createServer, type Server, type Socket } from 'node:net';

export interface RoundRobinProxy {
  url: string;
  close(): Promise<void>;
}

const askEveryMs = 250;

/**
 * Hands each connection to the next server that is ready, whatever it speaks (HTTP, event streams, WebSockets). No stickiness: a client
 * that comes back may meet another server. Servers that say 503 to `/readyz`, or nothing, are left out until they say otherwise.
 */
export async function startRoundRobinProxy(port: number, serverUrls: string[]): Promise<RoundRobinProxy> {
  const ready = new Set(serverUrls);
  const open = new Set<Socket>();
  let turn = 0;
  const order = () => {
    turn += 1;
    const candidates = serverUrls.filter((url) => ready.has(url));
    return candidates.map((_, index) => candidates[(turn + index) % candidates.length]!);
  };
  const asking = setInterval(() => void askAll(serverUrls, ready), askEveryMs);
  const server: Server = createServer({ noDelay: true }, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => undefined);
    join(client, order());
  });
  await new Promise<void>((listening, fail) => server.once('error', fail).listen(port, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      clearInterval(asking);
      for (const client of open) client.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The first that answers the call gets the connection. */
function join(client: Socket, [url, ...others]: string[]): void {
  if (url === undefined) return void client.destroy();
  const { hostname, port } = new URL(url);
  const upstream = connect({ host: hostname, port: Number(port), noDelay: true });
  const next = () => join(client, others);
  upstream.once('error', next);
  upstream.once('connect', () => {
    upstream.off('error', next).on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
}

async function askAll(serverUrls: string[], ready: Set<string>): Promise<void> {
  await Promise.all(
    serverUrls.map(async (url) => {
      const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) }).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (isReady) ready.add(url);
      else ready.delete(url);
    }),
  );
}
