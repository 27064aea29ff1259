import type { ConversationEvent } from '@docent/contracts';
import type { ReaderState, Wake } from './conversation-hub';
import { eventBytes } from './event-json';

/**
 * What is kept for a reader who is slower than the log; with what is read at once (20 KB) and one socket buffer (see `openEventStream`)
 * together no more than 64 KB, and one event where that alone is larger.
 */
const heldBytes = 24_000;

const nothing: ConversationEvent[] = [];

/** What arrived since a reader last looked. */
export class ConversationTail implements ReaderState {
  private held = nothing;
  private bytes = 0;
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

  /** Whether a look is worth it. */
  get hasMore(): boolean {
    return this.isUnread || this.held.length > 0;
  }

  /** False: nothing new. */
  add(wake: Exclude<Wake, { presence: unknown } | { gone: true }>): boolean {
    if ('events' in wake) this.hold(wake.events);
    else if (wake.seq > this.highest) this.isUnread = true;
    // What this process wrote itself comes back as an announcement of what is known.
    else return false;
    return true;
  }

  /** The held events that continue exactly after what was seen; null: look into the table. An empty list: nothing new. */
  take(): ConversationEvent[] | null {
    const next: ConversationEvent[] = [];
    for (const event of this.held) if (event.seq === this.seen + next.length + 1) next.push(event);
    if (next.length > 0) return next;
    return this.hasMore ? null : nothing;
  }

  pass(events: ConversationEvent[]): void {
    this.seen = events.at(-1)!.seq;
    this.highest = Math.max(this.highest, this.seen);
    if (this.held.length === 0) return;
    const later = this.held.filter((event) => event.seq > this.seen);
    this.held = later.length > 0 ? later : nothing;
    this.bytes = later.reduce((sum, event) => sum + eventBytes(event), 0);
  }

  /** More than the reader may have waiting is left to the table. */
  private hold(events: ConversationEvent[]): void {
    this.highest = Math.max(this.highest, events.at(-1)!.seq);
    const later = events.filter((event) => event.seq > this.seen);
    this.held = this.held.concat(later);
    for (const event of later) this.bytes += eventBytes(event);
    if (this.bytes <= heldBytes) return;
    this.held = nothing;
    this.bytes = 0;
    this.isUnread = true;
  }
}
