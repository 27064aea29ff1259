import { randomUUID } from 'node:crypto';
import type { Server, Socket } from 'socket.io';
import { AppError, toErrorBody } from '@docent/platform';

/** Packets per second that a connection may send for long, and how many at once. */
const packetsPerSecond = 20;
const burst = 60;

interface EngineSocket {
  on(event: 'packet', listener: (packet: { type: string; data?: unknown }) => void): void;
  close(discard?: boolean): void;
}

/**
 * What is refused before any namespace sees it, on every connection: floods, and binary data, which nothing here takes and of
 * which a client could pile up attachments. Told with the event `refused` where there is somebody to tell, then cut.
 */
export function guardEngine(server: Server): void {
  server.engine.on('connection', (connection: EngineSocket) => {
    let tokens = burst;
    let countedAt = Date.now();
    let isRefused = false;
    connection.on('packet', ({ data }) => {
      const now = Date.now();
      tokens = Math.min(burst, tokens + ((now - countedAt) / 1000) * packetsPerSecond) - 1;
      countedAt = now;
      const isBinary = data !== undefined && data !== null && typeof data !== 'string';
      if (isRefused || (tokens >= 0 && !isBinary)) return;
      isRefused = true;
      refuse(server, connection, new AppError(isBinary ? 'invalid_request' : 'rate_limited', isBinary ? undefined : { packetsPerSecond }));
    });
  });
}

function refuse(server: Server, connection: EngineSocket, refusal: AppError): void {
  for (const socket of socketsOf(server, connection)) {
    socket.nsp.local.to(socket.id).emit('refused', toErrorBody(refusal, randomUUID()));
    // The client takes this for an answer and does not come back by itself.
    socket.disconnect();
  }
  // What was just said leaves first.
  setImmediate(() => connection.close());
}

/** What stands on a connection, one for each namespace. */
export function socketsOf(server: Server, connection: unknown): Socket[] {
  return [...server._nsps.values()].flatMap((namespace) => [...namespace.sockets.values()].filter((socket) => (socket.conn as unknown) === connection));
}
