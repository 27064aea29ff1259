import { Injectable } from '@nestjs/common';
import type { ConversationEvent } from '@docent/contracts';
import type { PresenceSignal, TenantContext } from '@docent/platform';
import { ChatRepository } from './chat.repository';
import { ConversationHub, type ReaderState, type Wake } from './conversation-hub';
import { eventBytes } from './event-json';
import type { Leaving } from './leaving';

const pageSize = 100;
/**
 * What is read at once, and what is kept for a reader who is slower than the log; with one socket buffer (see
 * `openEventStream`) together no more than 64 KB, and one event where that alone is larger.
 */
const pageBytes = 20_000;
const heldBytes = 24_000;

/** One reader for every protocol: what is stored after an event, then the live tail, without gap and without repetition. */
@Injectable()
export class FollowConversation {
  constructor(
    private readonly chats: ChatRepository,
    private readonly hub: ConversationHub,
  ) {}

  /**
   * Yields batches of events with rising `seq`, until the signal aborts. The caller has checked that the reader may see them.
   * `onPresence` hears who is there while the reader follows; nothing of that is kept for a reader who comes later.
   */
  async *follow(ctx: TenantContext, conversationId: string, after: number, signal: Leaving, onPresence?: (presence: PresenceSignal) => void): AsyncGenerator<ConversationEvent[]> {
    const tail = new Tail(ctx.tenantId, after);
    const unsubscribe = this.hub.subscribe(conversationId, (wake) => ('presence' in wake ? onPresence?.(wake.presence) : tail.add(wake)), tail);
    const wakeUp = () => tail.wake();
    signal.addEventListener('abort', wakeUp);
    try {
      while (!signal.aborted) {
        const events = tail.take() ?? (await this.read(ctx, conversationId, tail));
        if (events.length === 0) {
          await tail.grows(signal);
          continue;
        }
        tail.pass(events);
        yield events;
      }
    } finally {
      unsubscribe();
      signal.removeEventListener('abort', wakeUp);
    }
  }

  private async read(ctx: TenantContext, conversationId: string, tail: Tail): Promise<ConversationEvent[]> {
    tail.isUnread = false;
    const { events, isCut } = await this.chats.eventsAfter(ctx, conversationId, tail.seen, { events: pageSize, bytes: pageBytes });
    if (isCut) tail.isUnread = true;
    return events;
  }
}

/** What arrived since the reader last looked. */
class Tail implements ReaderState {
  private held: ConversationEvent[] = [];
  private bytes = 0;
  private resolve: (() => void) | null = null;
  /**
   * Something may stand in the table that was not read. Set by every announcement, also by one that comes while the table is
   * being read: that reading began before, and may not hold it.
   */
  isUnread = true;
  /** The highest number that was held or read. */
  private highest: number;

  /** `seen`: the last event that the reader was given. */
  constructor(
    readonly tenantId: string,
    public seen: number,
  ) {
    this.highest = seen;
  }

  add(wake: Exclude<Wake, { presence: PresenceSignal }>): void {
    if ('events' in wake) this.hold(wake.events);
    else if (wake.seq > this.highest) this.isUnread = true;
    // What this process wrote itself comes back as an announcement of what is known.
    else return;
    this.wake();
  }

  /** The held events that continue exactly after what was seen; null: look into the table. An empty list: nothing new. */
  take(): ConversationEvent[] | null {
    const next: ConversationEvent[] = [];
    for (const event of this.held) if (event.seq === this.seen + next.length + 1) next.push(event);
    if (next.length > 0) return next;
    return this.isUnread || this.held.length > 0 ? null : [];
  }

  pass(events: ConversationEvent[]): void {
    this.seen = events.at(-1)!.seq;
    this.highest = Math.max(this.highest, this.seen);
    this.held = this.held.filter((event) => event.seq > this.seen);
    this.bytes = this.held.reduce((sum, event) => sum + eventBytes(event), 0);
  }

  /** Resolves at once where something was announced since the last look. */
  grows(signal: Leaving): Promise<void> {
    if (signal.aborted || this.isUnread || this.held.length > 0) return Promise.resolve();
    return new Promise((resolve) => (this.resolve = resolve));
  }

  wake(): void {
    this.resolve?.();
    this.resolve = null;
  }

  /** More than the reader may have waiting is left to the table. */
  private hold(events: ConversationEvent[]): void {
    this.highest = Math.max(this.highest, events.at(-1)!.seq);
    for (const event of events) {
      if (event.seq <= this.seen) continue;
      this.held.push(event);
      this.bytes += eventBytes(event);
    }
    if (this.bytes <= heldBytes) return;
    this.held = [];
    this.bytes = 0;
    this.isUnread = true;
  }
}
