import type { Server } from 'socket.io';
import { socketsOf } from './guard-engine';

/** What may wait for a line that does not take it. As much again is in the line's own hands: 64 KB together. */
const mostWaitingBytes = 32_000;

interface EngineSocket {
  writeBuffer: unknown[];
  /** Of the package ws, where the transport is a WebSocket. */
  transport: { socket?: { terminate?(): void } };
  on(event: 'flush', listener: () => void): void;
  on(event: 'packetCreate', listener: (packet: { data?: unknown }) => void): void;
  close(discard: boolean): void;
}

/**
 * Cuts lines that do not read what they are sent (changes, answers to requests) instead of keeping it for them without end. One packet
 * may always wait, however large. Whoever was cut comes back by itself and reads anew: what it has missed is not kept either.
 */
export function boundSending(server: Server): void {
  server.engine.on('connection', (connection: EngineSocket) => {
    let waitingBytes = 0;
    connection.on('flush', () => (waitingBytes = 0));
    connection.on('packetCreate', ({ data }) => {
      const isWithin = waitingBytes <= mostWaitingBytes;
      waitingBytes += typeof data === 'string' ? Buffer.byteLength(data) : 0;
      if (!isWithin || waitingBytes <= mostWaitingBytes || connection.writeBuffer.length === 0) return;
      process.nextTick(() => waitingBytes > mostWaitingBytes && cut(server, connection));
    });
  });
}

function cut(server: Server, connection: EngineSocket): void {
  // Ended by the server, so that no session is kept to go on with. The line takes it for lost: it is not told.
  for (const socket of socketsOf(server, connection)) socket.disconnect();
  connection.writeBuffer.length = 0;
  const { socket } = connection.transport;
  if (socket?.terminate) socket.terminate();
  else connection.close(true);
}
