import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ConversationEvent } from '@docent/contracts';
import { Signals, type PresenceSignal } from '@docent/platform';

/** What readers of a conversation are told: events that this process has just stored, only that the log has grown, or who is there. */
export type Wake = { events: ConversationEvent[] } | { seq: number } | { presence: PresenceSignal };

type Listener = (wake: Wake) => void;

/** Wakes the readers of a conversation. It carries nothing that is not stored (but who is there), and nothing is lost with it: readers can always look. */
@Injectable()
export class ConversationHub implements OnModuleInit {
  private readonly readers = new Map<string, Set<Listener>>();

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

  /** Returns what ends the subscription. */
  subscribe(conversationId: string, listener: Listener): () => void {
    const readers = this.readers.get(conversationId) ?? new Set();
    this.readers.set(conversationId, readers.add(listener));
    return () => {
      readers.delete(listener);
      if (readers.size === 0 && this.readers.get(conversationId) === readers) this.readers.delete(conversationId);
    };
  }

  private tell(conversationId: string, wake: Wake): void {
    this.readers.get(conversationId)?.forEach((listener) => listener(wake));
  }
}
