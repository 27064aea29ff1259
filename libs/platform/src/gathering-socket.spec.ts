import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { GatheringSocket } from './gathering-socket';

/** Counts what is handed to the system, one by one or together. */
class CountedSocket extends GatheringSocket {
  sent = 0;

  override _write(...given: Parameters<GatheringSocket['_write']>): void {
    this.sent += 1;
    super._write(...given);
  }

  override _writev(...given: Parameters<NonNullable<GatheringSocket['_writev']>>): void {
    this.sent += 1;
    super._writev!(...given);
  }
}

it('sends what is written in one turn of the event loop in one piece, and each turn for itself', async () => {
  let received = '';
  const server = createServer((connection) => connection.on('data', (piece: Buffer) => (received += piece.toString()))).listen(0);
  await once(server, 'listening');
  const socket = new CountedSocket();
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');

  for (const turn of [1, 2]) {
    socket.write(`begin ${turn};`);
    socket.cork();
    socket.write('statement;');
    // As the driver does after each statement.
    socket.uncork();
    socket.write('commit;');
    await nextTurn();
    expect(socket.sent).toBe(turn);
  }

  socket.end();
  await once(socket, 'close');
  server.close();
  await once(server, 'close');
  expect(received).toBe('begin 1;statement;commit;begin 2;statement;commit;');
});
