import { Injectable } from '@nestjs/common';
import type { ConversationEvent } from '@docent/contracts';
import type { TenantContext } from '@docent/platform';
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

  /** Yields batches of events with rising `seq`, until the signal aborts. The caller has checked that the reader may see them. */
  async *follow(ctx: TenantContext, conversationId: string, after: number, signal: AbortSignal): AsyncGenerator<ConversationEvent[]> {
    const tail = new Tail();
    const unsubscribe = this.hub.subscribe(conversationId, (wake) => tail.add(wake));
    const wakeUp = () => tail.wake();
    signal.addEventListener('abort', wakeUp);
    try {
      for (let seen = after; !signal.aborted; ) {
        const live = tail.takeFrom(seen);
        const events = live ?? (await this.chats.eventsAfter(ctx, conversationId, seen, pageSize));
        if (events.length > 0) {
          seen = events.at(-1)!.seq;
          yield events;
        } else {
          tail.nothingBefore(seen);
          await tail.growsBeyond(seen, signal);
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
  /** The log reaches at least here. */
  private known = 0;
  private resolve: (() => void) | null = null;
  private isFresh = true;

  add(wake: Wake): void {
    if ('events' in wake) {
      this.held.push(...wake.events);
      this.known = Math.max(this.known, wake.events.at(-1)!.seq);
      if (this.held.length > maxHeldEvents) this.held = [];
    } else {
      this.known = Math.max(this.known, wake.seq);
    }
    this.wake();
  }

  /** The held events if they continue exactly after `seen`; null: look into the table. An empty list: nothing new. */
  takeFrom(seen: number): ConversationEvent[] | null {
    this.held = this.held.filter((event) => event.seq > seen);
    if (this.isFresh) return null;
    const next: ConversationEvent[] = [];
    for (const event of this.held) if (event.seq === seen + next.length + 1) next.push(event);
    if (next.length > 0) return next;
    return this.known > seen ? null : [];
  }

  /** The table had nothing after `seen`: what was announced beyond comes later. */
  nothingBefore(seen: number): void {
    this.isFresh = false;
    if (this.held.length === 0) this.known = Math.min(this.known, seen);
  }

  growsBeyond(seen: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.known > seen) return Promise.resolve();
    return new Promise((resolve) => (this.resolve = resolve));
  }

  wake(): void {
    this.resolve?.();
    this.resolve = null;
  }
}
