import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from '@docent/platform';
import { openEventStream, type EventStream } from './open-event-stream';

/** How long a reader may take for what was written to them last. */
const lastWordsMs = 500;

/** The event streams of this process, so that they can be sent away when it ends. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly resumable = new Set<EventStream>();
  private readonly ending = new AbortController();

  /** Aborts when this process sends its readers away: who waits for something new is answered at once. */
  readonly leave = this.ending.signal;

  /** A stream whose reader comes back with the last event's number. */
  open(reply: FastifyReply): EventStream {
    return openEventStream(reply, this.resumable);
  }

  /** Tells every reader to come back after a time of its own (WHATWG HTML, 9.2, `retry`), and ends the streams. */
  sendAway(delayMs: () => number): void {
    this.ending.abort();
    for (const stream of [...this.resumable]) {
      stream.say(`retry: ${delayMs()}\n\n`);
      stream.end();
      setTimeout(() => stream.cut(), lastWordsMs).unref();
    }
  }

  /** The server does not know these connections any more, and would wait for them without end. */
  beforeApplicationShutdown(): void {
    for (const stream of [...this.resumable]) stream.cut();
  }
}
