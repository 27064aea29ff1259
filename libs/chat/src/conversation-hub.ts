import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ConversationEvent } from '@docent/contracts';
import { Signals, type PresenceSignal } from '@docent/platform';

/** What readers of a conversation are told: events that this process has just stored, only that the log has grown, or who is there. */
export type Wake = { events: ConversationEvent[] } | { seq: number } | { presence: PresenceSignal };

interface Reader {
  wake: (wake: Wake) => void;
  /** The number of the last event that the reader has. */
  seen: () => number;
}

/** Wakes the readers of a conversation. It carries nothing that is not stored (but who is there), and nothing is lost with it: readers can always look. */
@Injectable()
export class ConversationHub implements OnModuleInit {
  private readonly readers = new Map<string, Set<Reader>>();

  constructor(private readonly signals: Signals) {}

  onModuleInit(): void {
    this.signals.on('conversation', (conversationId, seq) => this.tell(conversationId, { seq }));
    this.signals.on('presence', (presence) => this.tell(presence.conversationId, { presence }));
    this.signals.on('resumed', () => [...this.readers.keys()].forEach((conversationId) => this.tell(conversationId, { seq: Number.MAX_SAFE_INTEGER })));
  }

  /** After the commit, never before: the events go to readers at once. */
  publish(conversationId: string, events: ConversationEvent[]): void {
    if (events.length > 0) this.tell(conversationId, { events });
  }

  /** Returns what ends the subscription. A reader who says what it has `seen` is woken also where every announcement was lost. */
  subscribe(conversationId: string, wake: (wake: Wake) => void, seen: () => number = () => Number.MAX_SAFE_INTEGER): () => void {
    const reader: Reader = { wake, seen };
    const readers = this.readers.get(conversationId) ?? new Set();
    this.readers.set(conversationId, readers.add(reader));
    return () => {
      readers.delete(reader);
      if (readers.size === 0 && this.readers.get(conversationId) === readers) this.readers.delete(conversationId);
    };
  }

  private tell(conversationId: string, wake: Wake): void {
    this.readers.get(conversationId)?.forEach((reader) => reader.wake(wake));
  }
}
