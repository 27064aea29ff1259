import { Injectable } from '@nestjs/common';
import type { ConversationEvent } from '@docent/contracts';
import type { PresenceSignal, TenantContext } from '@docent/platform';
import { ChatRepository } from './chat.repository';
import { ConversationHub, type Wake } from './conversation-hub';

const pageSize = 500;
/** A reader that is slower than the log keeps no more than this; it then reads from the table again. */
const maxHeldEvents = 256;

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
  async *follow(ctx: TenantContext, conversationId: string, after: number, signal: AbortSignal, onPresence?: (presence: PresenceSignal) => void): AsyncGenerator<ConversationEvent[]> {
    const tail = new Tail();
    const unsubscribe = this.hub.subscribe(conversationId, (wake) => ('presence' in wake ? onPresence?.(wake.presence) : tail.add(wake)));
    const wakeUp = () => tail.wake();
    signal.addEventListener('abort', wakeUp);
    try {
      for (let seen = after; !signal.aborted; ) {
        const live = tail.takeFrom(seen);
        if (!live) tail.isUnread = false;
        const events = live ?? (await this.chats.eventsAfter(ctx, conversationId, seen, pageSize));
        if (events.length === 0) await tail.grows(signal);
        else {
          seen = events.at(-1)!.seq;
          // A full page is hardly the last one.
          if (!live && events.length === pageSize) tail.isUnread = true;
          yield events;
        }
      }
    } finally {
      unsubscribe();
      signal.removeEventListener('abort', wakeUp);
    }
  }
}

/** What arrived since the reader last looked. */
class Tail {
  private held: ConversationEvent[] = [];
  private resolve: (() => void) | null = null;
  /**
   * Something may stand in the table that was not read. Set by every announcement, also by one that comes while the table is
   * being read: that reading began before, and may not hold it.
   */
  isUnread = true;
  /** The highest number that was held or read. */
  private highest = 0;

  add(wake: Exclude<Wake, { presence: PresenceSignal }>): void {
    if ('events' in wake) {
      this.held.push(...wake.events);
      this.highest = Math.max(this.highest, wake.events.at(-1)!.seq);
    } else if (wake.seq > this.highest) {
      this.isUnread = true;
    }
    if (this.held.length > maxHeldEvents) {
      this.held = [];
      this.isUnread = true;
    }
    this.wake();
  }

  /** The held events if they continue exactly after `seen`; null: look into the table. An empty list: nothing new. */
  takeFrom(seen: number): ConversationEvent[] | null {
    this.highest = Math.max(this.highest, seen);
    this.held = this.held.filter((event) => event.seq > seen);
    const next: ConversationEvent[] = [];
    for (const event of this.held) if (event.seq === seen + next.length + 1) next.push(event);
    if (next.length > 0) return next;
    return this.isUnread || this.held.length > 0 ? null : [];
  }

  /** Resolves at once where something was announced since the last look. */
  grows(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.isUnread || this.held.length > 0) return Promise.resolve();
    return new Promise((resolve) => (this.resolve = resolve));
  }

  wake(): void {
    this.resolve?.();
    this.resolve = null;
  }
}
