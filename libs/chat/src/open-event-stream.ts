import type { Socket } from 'node:net';
import type { FastifyReply } from '@docent/platform';
import { heartbeat } from './heartbeat';
import { leaveHttp, type Response } from './leave-http';
import { Gone, type Leaving } from './leaving';

/** What may wait in the socket of a slow reader before the writer waits too. */
const mostBufferedBytes = 16_000;

export interface EventStream {
  /** Aborts when the reader is gone. */
  readonly closed: Leaving;
  /** To be waited for while the reader is slower than the writer, so that no more than 16 KB and one piece of text are held for it. */
  write(text: string): Promise<void> | undefined;
  /** An event without `id`, for this moment only: a reader who does not keep up misses it. */
  mention(type: string, data: unknown): void;
  /** At once, however slow the reader is: for the last word. */
  say(text: string): void;
  end(): void;
  /** Without waiting for a reader who does not take what was written. */
  cut(): void;
}

/**
 * Turns a reply into server-sent events (WHATWG HTML, 9.2), with a comment every 15 s so that proxies keep it open. It stands in `open` for
 * as long as it is.
 */
export function openEventStream(reply: FastifyReply, open?: Set<EventStream>): EventStream {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string | string[]>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  raw.socket?.setNoDelay(true);
  const stream = new ResponseStream(raw, open);
  // Whoever asks for the head only would wait for a body that never comes.
  if (reply.request.method === 'HEAD') stream.end();
  else stream.begin();
  return stream;
}

/** A response that becomes a bare connection as soon as its head has left: then nothing of HTTP is kept for as long as somebody listens. */
class ResponseStream implements EventStream {
  readonly closed = new Gone();
  private response: Response | null;
  private socket: Socket | null = null;
  /** HTTP/1.1 frames what it does not know the length of (RFC 9112, 7.1); HTTP/1.0 ends it with the connection. */
  private readonly isChunked: boolean;

  constructor(
    response: Response,
    private readonly open?: Set<EventStream>,
  ) {
    this.response = response;
    this.isChunked = response.chunkedEncoding;
    response.once('close', () => this.response && this.leave());
  }

  begin(): void {
    // A comment at once, so that the reader knows that the connection stands.
    this.say(': connected\n\n');
    if (this.closed.aborted) return;
    heartbeat.add(this);
    this.open?.add(this);
    setImmediate(() => this.leaveHttp());
  }

  write(text: string): Promise<void> | undefined {
    if (this.closed.aborted) return undefined;
    if (this.isKeepingUp()) return void this.say(text);
    return new Promise((resolve) => {
      this.closed.addEventListener('abort', resolve);
      this.send(text, () => {
        this.closed.removeEventListener('abort', resolve);
        resolve();
      });
    });
  }

  mention(type: string, data: unknown): void {
    if (this.isKeepingUp()) this.say(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  say(text: string): void {
    if (!this.closed.aborted) this.send(text);
  }

  beat(): void {
    if (this.isKeepingUp()) this.say(': ping\n\n');
  }

  end(): void {
    if (this.response) this.response.end();
    else if (this.socket && !this.closed.aborted) {
      if (this.isChunked) this.socket.write('0\r\n\r\n');
      this.socket.destroySoon();
    }
    this.leave();
  }

  cut(): void {
    (this.socket ?? this.response)?.destroy();
  }

  private isKeepingUp(): boolean {
    return (this.socket ?? this.response!).writableLength < mostBufferedBytes;
  }

  private send(text: string, done?: () => void): void {
    if (this.socket) this.socket.write(this.isChunked ? `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n` : text, done);
    else this.response!.write(text, done);
  }

  private leaveHttp(): void {
    const { response } = this;
    if (!response || this.closed.aborted) return;
    this.response = null;
    this.socket = leaveHttp(response);
    if (this.socket) this.socket.on('close', () => this.leave());
    else this.response = response;
  }

  private leave(): void {
    if (this.closed.aborted) return;
    heartbeat.remove(this);
    this.closed.abort();
    this.open?.delete(this);
  }
}
