import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundSending } from './bound-sending';

const recovery = { connectionStateRecovery: { maxDisconnectionDuration: 60_000, skipMiddlewares: false } };
let http: HttpServer;
let server: Server;
let client: Socket;
let connects: boolean[];

beforeEach(async () => {
  http = createServer();
  server = new Server(http, recovery);
  boundSending(server);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  client = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { transports: ['websocket'], forceNew: true, reconnectionDelay: 10 });
  connects = [];
  client.on('connect', () => connects.push(client.recovered));
  await expect.poll(() => connects).toHaveLength(1);
  // The first packet gives a client the place to go on from.
  server.emit('change', 'first');
});
afterEach(async () => {
  client.close();
  await server.close();
});

type Line = { writeBuffer: { data?: string }[] };
const lineOf = () => [...server.sockets.sockets.values()][0]?.conn as unknown as Line | undefined;
const bytesOf = (line: Line) => line.writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);

describe('a socket that does not read', () => {
  it('is cut before more than 64 KB wait for it, and comes back by itself to read anew', async () => {
    const paused = (client.io.engine.transport as unknown as { ws: { _socket: NetSocket } }).ws._socket.pause();
    let most = 0;
    // More than the kernel keeps on both sides of a connection, many times over.
    for (let sent = 0; sent < 20_000 && lineOf(); sent += 1) {
      server.emit('change', 'x'.repeat(10_000));
      most = Math.max(most, bytesOf(lineOf()!));
      await turn();
    }
    expect(lineOf()).toBeUndefined();
    // Half of it: as much may be on its way out of the process.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(32_000 + 10_100);
    paused.resume();
    await expect.poll(() => connects).toEqual([false, false]);
    const heard = new Promise((resolve) => client.once('change', resolve));
    server.emit('change', 'afterwards');
    expect(await heard).toBe('afterwards');
  });

  it('is not cut for one packet, however large, and gets it', async () => {
    const heard = new Promise<string>((resolve) => client.on('change', (text: string) => text.length > 10 && resolve(text)));
    server.emit('change', 'x'.repeat(500_000));
    expect(await heard).toHaveLength(500_000);
    expect(connects).toEqual([false]);
  });
});
