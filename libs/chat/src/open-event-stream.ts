import { once } from 'node:events';
import type { FastifyReply } from '@docent/platform';

const heartbeatMs = 15_000;

export interface EventStream {
  /** Aborts when the reader is gone. */
  closed: AbortSignal;
  /** Waits while the reader is slower than the writer, so that no more than one socket buffer is held for it. */
  write(text: string): Promise<void>;
  end(): void;
}

/** Turns a reply into server-sent events (WHATWG HTML, 9.2), with a comment every 15 s so that proxies keep it open. */
export function openEventStream(reply: FastifyReply): EventStream {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  raw.on('close', () => gone.abort());
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string | string[]>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  // Whoever asks for the head only would wait for a body that never comes.
  if (reply.request.method === 'HEAD') {
    gone.abort();
    raw.end();
  }
  raw.socket?.setNoDelay(true);
  if (!gone.signal.aborted) beat(raw, gone.signal);
  return {
    closed: gone.signal,
    async write(text) {
      if (gone.signal.aborted || raw.write(text)) return;
      await once(raw, 'drain', { signal: gone.signal }).catch(() => undefined);
    },
    end() {
      gone.abort();
      raw.end();
    },
  };
}

/** A comment at once, so that the reader knows that the connection stands, and then every 15 s. */
function beat(raw: FastifyReply['raw'], closed: AbortSignal): void {
  raw.write(': connected\n\n');
  const heartbeat = setInterval(() => raw.write(': ping\n\n'), heartbeatMs);
  closed.addEventListener('abort', () => clearInterval(heartbeat));
}
