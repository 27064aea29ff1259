import type { Socket } from 'socket.io-client';
import { Restarting } from '@docent/contracts';

/** A server that goes away says to each console when to come back, so that not all come at once; afterwards the usual delay holds again. */
export function comeBackWhenTold(socket: Socket): void {
  const usualMs = socket.io.reconnectionDelay();
  socket.on('restarting', (payload: unknown) => {
    const told = Restarting.safeParse(payload);
    if (told.success) socket.io.reconnectionDelay(told.data.reconnectInMs);
  });
  socket.on('connect', () => socket.io.reconnectionDelay(usualMs));
}
