import type { ConversationEvent } from '@docent/contracts';
import type { PresenceSignal, TenantContext } from '@docent/platform';
import type { ConversationHub, Reader, Wake } from './conversation-hub';
import { ConversationTail } from './conversation-tail';
import type { Leaving } from './leaving';

/** Whom events are given to as they come. */
export interface EventTaker {
  readonly closed: Leaving;
  /** Where it returns a promise, nothing more is given until that resolves. */
  take(events: ConversationEvent[]): Promise<void> | undefined;
  mention(presence: PresenceSignal): void;
  /** The conversation was deleted: the last that is heard of it. */
  gone(): void;
  /** The log could not be read, or what was given not be taken: nothing more comes. */
  fail(): void;
}

/** The table behind a tail. */
export interface EventSource {
  read(ctx: TenantContext, conversationId: string, tail: ConversationTail): Promise<ConversationEvent[]>;
}

/**
 * Gives a conversation's events to a reader who mostly waits. No promise, generator or closure lives while nothing happens: with thousands
 * of readers, those are what a reader costs.
 */
export class EventFeed extends ConversationTail implements Reader {
  private isGiving = false;

  constructor(
    private readonly source: EventSource,
    private readonly hub: ConversationHub,
    private readonly ctx: TenantContext,
    private readonly conversationId: string,
    after: number,
    private readonly taker: EventTaker,
  ) {
    super(ctx.tenantId, after);
  }

  begin(): void {
    if (this.taker.closed.aborted) return;
    this.hub.subscribe(this.conversationId, this);
    this.taker.closed.addEventListener('abort', this);
    void this.giveAll();
  }

  /** The reader has left. */
  handleEvent(): void {
    this.hub.unsubscribe(this.conversationId, this);
  }

  hear(wake: Wake): void {
    if ('presence' in wake) this.taker.mention(wake.presence);
    else if ('gone' in wake) this.taker.gone();
    else if (this.add(wake) && !this.isGiving) void this.giveAll();
  }

  /** What is at hand is given at once, within the call that brought it. */
  private async giveAll(): Promise<void> {
    this.isGiving = true;
    try {
      while (!this.taker.closed.aborted && this.hasMore) {
        const events = this.take() ?? (await this.source.read(this.ctx, this.conversationId, this));
        if (events.length === 0) continue;
        this.pass(events);
        const taken = this.taker.take(events);
        if (taken) await taken;
      }
    } catch {
      this.taker.fail();
    } finally {
      this.isGiving = false;
    }
  }
}
