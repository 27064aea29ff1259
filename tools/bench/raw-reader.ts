import { connect, type Socket } from 'node:net';

export interface RawReader {
  socket: Socket;
  /** When the stream stood: its first comment has arrived (`performance.now()`). */
  live: Promise<number>;
}

/** An event stream with as little as possible on this side: thousands fit into one process. `onText` hears everything after the head. */
export function openReader(url: string, apiKey: string, conversationId: string, after: number, onText?: (text: string) => void): RawReader {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  socket.setEncoding('latin1');
  const live = new Promise<number>((resolve, reject) => {
    let isLive = false;
    socket.on('data', (text: string) => {
      if (!isLive && !/^HTTP\/1\.1 200/.test(text)) return void reject(new Error(text.slice(0, 200)));
      if (!isLive) resolve(performance.now());
      isLive = true;
      onText?.(text);
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed')));
  });
  live.catch(() => undefined);
  socket.write(`GET /v1/conversations/${conversationId}/events?after=${after} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${apiKey}\r\n\r\n`);
  return { socket, live };
}

/** Runs `work` for 0 to `count` - 1, so many at once. */
export async function inParallel<T>(count: number, atOnce: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const index = next++;
        results[index] = await work(index);
      }
    }),
  );
  return results;
}
