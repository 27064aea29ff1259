import { Injectable } from '@nestjs/common';
import type { ConversationEvent } from '@docent/contracts';
import type { PresenceSignal, TenantContext } from '@docent/platform';
import { ChatRepository } from './chat.repository';
import { ConversationGoneError } from './conversation-gone';
import { ConversationHub, type Reader, type Wake } from './conversation-hub';
import { ConversationTail } from './conversation-tail';
import { EventFeed, type EventTaker } from './event-feed';
import type { Leaving } from './leaving';

const pageSize = 100;
/** What is read at once (see {@link ConversationTail}). */
const pageBytes = 20_000;

/** One reader for every protocol: what is stored after an event, then the live tail, without gap and without repetition. */
@Injectable()
export class FollowConversation {
  constructor(
    private readonly chats: ChatRepository,
    private readonly hub: ConversationHub,
  ) {}

  /**
   * Yields batches of events with rising `seq`, until the signal aborts. The caller has checked that the reader may see them.
   * Throws {@link ConversationGoneError} once the conversation is deleted.
   * `onPresence` hears who is there while the reader follows; nothing of that is kept for a reader who comes later.
   */
  async *follow(ctx: TenantContext, conversationId: string, after: number, signal: Leaving, onPresence?: (presence: PresenceSignal) => void): AsyncGenerator<ConversationEvent[]> {
    const tail = new WaitingTail(ctx.tenantId, after, onPresence);
    const wakeUp = () => tail.wake();
    this.hub.subscribe(conversationId, tail);
    signal.addEventListener('abort', wakeUp);
    try {
      while (!signal.aborted) {
        const events = tail.take() ?? (await this.read(ctx, conversationId, tail));
        if (tail.isGone) throw new ConversationGoneError();
        if (events.length === 0) {
          await tail.grows(signal);
          continue;
        }
        tail.pass(events);
        yield events;
      }
    } finally {
      this.hub.unsubscribe(conversationId, tail);
      signal.removeEventListener('abort', wakeUp);
    }
  }

  /** The same for thousands who mostly wait: gives the events to `taker` until they leave, and keeps next to nothing in between. */
  feed(ctx: TenantContext, conversationId: string, after: number, taker: EventTaker): void {
    new EventFeed(this, this.hub, ctx, conversationId, after, taker).begin();
  }

  /** What stands in the table after what the reader has seen. */
  async read(ctx: TenantContext, conversationId: string, tail: ConversationTail): Promise<ConversationEvent[]> {
    tail.isUnread = false;
    const { events, isCut } = await this.chats.eventsAfter(ctx, conversationId, tail.seen, { events: pageSize, bytes: pageBytes });
    if (isCut) tail.isUnread = true;
    return events;
  }
}

/** A tail that can be waited for. */
class WaitingTail extends ConversationTail implements Reader {
  isGone = false;
  private resolve: (() => void) | null = null;

  constructor(
    tenantId: string,
    seen: number,
    private readonly onPresence?: (presence: PresenceSignal) => void,
  ) {
    super(tenantId, seen);
  }

  hear(wake: Wake): void {
    if ('presence' in wake) return this.onPresence?.(wake.presence);
    if ('gone' in wake) this.isGone = true;
    else if (!this.add(wake)) return;
    this.wake();
  }

  /** Resolves at once where something was announced since the last look. */
  grows(signal: Leaving): Promise<void> {
    if (signal.aborted || this.hasMore || this.isGone) return Promise.resolve();
    return new Promise((resolve) => (this.resolve = resolve));
  }

  wake(): void {
    this.resolve?.();
    this.resolve = null;
  }
}
