import { connect, createServer, type AddressInfo } from 'node:net';

/** The yardstick for many streams: the least that can stand between a model and its readers. Passes bytes on, both ways, and reads none. */
export async function startPlainPipe(target: string): Promise<string> {
  const { hostname, port } = new URL(target);
  const server = createServer({ noDelay: true }, (reader) => {
    const model = connect({ host: hostname, port: Number(port), noDelay: true });
    for (const [one, other] of [[reader, model], [model, reader]] as const) one.on('error', () => other.destroy()).pipe(other);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
