import { createServer, get, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { leaveHttp } from './leave-http';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => (server.closeAllConnections(), server.close())));

/** Answers with a head and one piece of text, then hands the bare connection over. */
async function aServer(): Promise<{ port: number; left: Promise<Socket | null>; events: string[] }> {
  const { promise: left, resolve } = Promise.withResolvers<Socket | null>();
  const events: string[] = [];
  const server = createServer((_request, response) => {
    for (const name of ['finish', 'close']) response.on(name, () => events.push(name));
    response.writeHead(200, { 'content-type': 'text/plain' }).write('first ');
    setImmediate(() => resolve(leaveHttp(response)));
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, left, events };
}

describe('a connection that has left HTTP', () => {
  it('goes on where the response was, and ends as the protocol wants', async () => {
    const { port, left } = await aServer();
    const body = new Promise<string>((resolve) => get({ port, host: '127.0.0.1' }, (response) => response.setEncoding('utf8').toArray().then((parts: string[]) => resolve(parts.join('')))));
    const socket = (await left)!;
    socket.write('6\r\nsecond\r\n');
    socket.write('0\r\n\r\n');
    socket.destroySoon();
    expect(await body).toBe('first second');
  });

  it('lets those go who wait for the response', async () => {
    const { port, left, events } = await aServer();
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    client.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
    expect(await left).not.toBeNull();
    expect(events).toEqual(['finish', 'close']);
    client.destroy();
  });

  it('closes when the reader does, and takes no further request', async () => {
    const { port, left } = await aServer();
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    client.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
    const socket = (await left)!;
    const closed = once(socket, 'close');
    client.write('GET /again HTTP/1.1\r\nhost: test\r\n\r\nthis is no HTTP');
    client.end();
    await closed;
    expect(socket.destroyed).toBe(true);
  });

  it('stays where it is when it is broken already', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200).write('x');
      response.socket!.destroy();
      expect(leaveHttp(response)).toBeNull();
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    client.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
    client.resume();
    await once(client, 'close');
    expect.hasAssertions();
  });
});
