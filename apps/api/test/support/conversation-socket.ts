import type { Socket as NetSocket } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { ConversationEvent, ErrorBody, SocketRequest } from '@docent/contracts';
import { headersOf, type As } from './api-client';

export interface OpenSocket {
  socket: Socket;
  /** Resolves with the acknowledgement. */
  ask(name: SocketRequest, payload: unknown): Promise<Record<string, unknown> & Partial<ErrorBody>>;
  /** What has come for a conversation so far. */
  events(conversationId: string): ConversationEvent[];
  /** Resolves with everything that came, when one of it is what is waited for. */
  until(conversationId: string, isLast: (event: ConversationEvent) => boolean): Promise<ConversationEvent[]>;
  stopReading(): void;
  readOn(): void;
  close(): void;
}

/** How a caller presents itself to the namespace `/conversations`. */
export function presenting(url: string, as: As) {
  const { cookie, origin } = headersOf(url, as);
  const auth = as.key !== undefined ? { apiKey: as.key } : as.visitor !== undefined ? { visitorToken: as.visitor } : { workspaceId: as.workspaceId };
  return { auth, extraHeaders: { ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}) } };
}

/** Connects; rejects with the server's reason where it does not let this caller in. */
export async function openSocket(url: string, as: As, options: Record<string, unknown> = {}): Promise<OpenSocket> {
  const socket = io(`${url}/conversations`, { transports: ['websocket'], forceNew: true, reconnection: false, ...presenting(url, as), ...options });
  const heard: (ConversationEvent & { conversationId: string })[] = [];
  const listeners = new Set<() => void>();
  socket.on('event', (event: ConversationEvent & { conversationId: string }) => {
    heard.push(event);
    for (const listener of listeners) listener();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
  const events = (conversationId: string) => heard.filter((event) => event.conversationId === conversationId);
  // The client's WebSocket is that of the package ws, whose connection can be paused.
  const line = () => (socket.io.engine.transport as unknown as { ws: { _socket: NetSocket } }).ws._socket;
  return {
    socket,
    events,
    ask: (name, payload) => new Promise((resolve) => socket.emit(name, payload, resolve)),
    until: (conversationId, isLast) =>
      new Promise((resolve) => {
        let looked = 0;
        const look = () => {
          const all = events(conversationId);
          while (looked < all.length) {
            looked += 1;
            if (!isLast(all[looked - 1]!)) continue;
            listeners.delete(look);
            return resolve(all.slice(0, looked));
          }
        };
        listeners.add(look);
        look();
      }),
    stopReading: () => line().pause(),
    readOn: () => line().resume(),
    close: () => socket.close(),
  };
}
