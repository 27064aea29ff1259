import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { comeBackWhenTold } from './come-back-when-told';

let server: Server;
let socket: Socket;
let connects = 0;

beforeEach(async () => {
  const http = createServer();
  server = new Server(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  socket = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { transports: ['websocket'], forceNew: true });
  comeBackWhenTold(socket);
  socket.on('connect', () => (connects += 1));
  await expect.poll(() => connects).toBe(1);
});
afterEach(async () => {
  socket.close();
  await server.close();
});

it('waits as long as the server says, once', async () => {
  const usualMs = socket.io.reconnectionDelay();
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  server.emit('restarting', { reconnectInMs: 7 });
  setImmediate(() => server.sockets.sockets.forEach(({ conn }) => conn.close()));
  expect(await gone).toBe('transport close');
  expect(socket.io.reconnectionDelay()).toBe(7);
  await expect.poll(() => connects).toBe(2);
  expect(socket.io.reconnectionDelay()).toBe(usualMs);
  const nonsense = new Promise((resolve) => socket.once('restarting', resolve));
  server.emit('restarting', { reconnectInMs: 'soon' });
  await nonsense;
  expect(socket.io.reconnectionDelay()).toBe(usualMs);
});
