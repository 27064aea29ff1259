import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, TenantContext } from '@docent/platform';
import { openEventStream, type EventStream } from './open-event-stream';

/** How long a reader may take for what was written to them last. */
const lastWordsMs = 500;
const nothing = () => undefined;

/** The event streams of this process, so that they can be sent away when it ends, and cut where their readers lose their access. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly resumable = new Set<EventStream>();
  private readonly watched = new Set<{ ctx: TenantContext; end: () => void }>();
  private readonly ending = new AbortController();

  /** Aborts when this process sends its readers away: who waits for something new is answered at once. */
  readonly leave = this.ending.signal;

  /** A stream whose reader comes back with the last event's number. */
  open(ctx: TenantContext, reply: FastifyReply): EventStream {
    const stream = openEventStream(reply, this.resumable);
    const unwatch = this.watch(ctx, () => endSoon(stream));
    if (unwatch !== nothing) stream.closed.addEventListener('abort', unwatch);
    return stream;
  }

  /**
   * `end` is called once the caller may not read any more (see {@link recheck}); what is returned ends the watch. Visitors are not watched:
   * nobody takes from them what they said themselves.
   */
  watch(ctx: TenantContext, end: () => void): () => void {
    if (ctx.caller.kind === 'visitor') return nothing;
    const reader = { ctx, end };
    this.watched.add(reader);
    return () => void this.watched.delete(reader);
  }

  /**
   * Ends the readers who may not read any more, of one workspace or of all. Each person and key is asked about once. Whoever cannot be asked
   * about stays: nothing new comes from a database that does not answer, and there is a next look.
   */
  async recheck(mayRead: (ctx: TenantContext) => Promise<boolean>, tenantId?: string): Promise<void> {
    const verdicts = new Map<string, Promise<boolean>>();
    const readers = [...this.watched].filter(({ ctx }) => tenantId === undefined || ctx.tenantId === tenantId);
    await Promise.all(
      readers.map(async ({ ctx, end }) => {
        const name = JSON.stringify([ctx.tenantId, ctx.caller]);
        const verdict = verdicts.get(name) ?? mayRead(ctx).catch(() => true);
        verdicts.set(name, verdict);
        if (!(await verdict)) end();
      }),
    );
  }

  /** Tells every reader to come back after a time of its own (WHATWG HTML, 9.2, `retry`), and ends the streams. */
  sendAway(delayMs: () => number): void {
    this.ending.abort();
    for (const stream of [...this.resumable]) {
      stream.say(`retry: ${delayMs()}\n\n`);
      endSoon(stream);
    }
  }

  /** The server does not know these connections any more, and would wait for them without end. */
  beforeApplicationShutdown(): void {
    for (const stream of [...this.resumable]) stream.cut();
  }
}

function endSoon(stream: EventStream): void {
  stream.end();
  setTimeout(() => stream.cut(), lastWordsMs).unref();
}
