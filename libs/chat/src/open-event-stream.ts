import type { FastifyReply } from '@docent/platform';
import { heartbeat } from './heartbeat';

/** What may wait in the socket of a slow reader before the writer waits too. */
const mostBufferedBytes = 16_000;

export interface EventStream {
  /** Aborts when the reader is gone. */
  closed: AbortSignal;
  /** Waits while the reader is slower than the writer, so that no more than 16 KB and one piece of text are held for it. */
  write(text: string): Promise<void>;
  /** An event without `id`, for this moment only: a reader who does not keep up misses it. */
  mention(type: string, data: unknown): void;
  /** At once, however slow the reader is: for the last word. */
  say(text: string): void;
  end(): void;
}

/** Turns a reply into server-sent events (WHATWG HTML, 9.2), with a comment every 15 s so that proxies keep it open. */
export function openEventStream(reply: FastifyReply, onClosed: () => void = () => undefined): EventStream {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
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
  const stopBeating = gone.signal.aborted ? () => undefined : heartbeat.add(() => raw.write(': ping\n\n'));
  raw.on('close', () => {
    stopBeating();
    onClosed();
    gone.abort();
  });
  // A comment at once, so that the reader knows that the connection stands.
  if (!gone.signal.aborted) raw.write(': connected\n\n');
  return {
    closed: gone.signal,
    async write(text) {
      if (gone.signal.aborted) return;
      if (raw.writableLength < mostBufferedBytes) raw.write(text);
      else await written(raw, text, gone.signal);
    },
    mention(type, data) {
      if (!gone.signal.aborted && raw.writableLength < mostBufferedBytes) raw.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    say(text) {
      if (!gone.signal.aborted) raw.write(text);
    },
    end() {
      stopBeating();
      gone.abort();
      raw.end();
    },
  };
}

/** Resolves when the text has left this process, or nobody waits for it any more. */
function written(raw: FastifyReply['raw'], text: string, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      gone.removeEventListener('abort', done);
      resolve();
    };
    gone.addEventListener('abort', done);
    raw.write(text, done);
  });
}
