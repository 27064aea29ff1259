import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ConversationEvent } from '@docent/contracts';
import { Signals } from '@docent/platform';

/** What readers of a conversation are told: events that this process has just stored, or only that the log has grown. */
export type Wake = { events: ConversationEvent[] } | { seq: number };

/** Wakes the readers of a conversation. It carries nothing that is not stored, and nothing is lost with it: readers can always look. */
@Injectable()
export class ConversationHub implements OnModuleInit {
  private readonly emitter = new EventEmitter<Record<string, [Wake]>>().setMaxListeners(0);

  constructor(private readonly signals: Signals) {}

  onModuleInit(): void {
    this.signals.on('conversation', (conversationId, seq) => this.emitter.emit(conversationId, { seq }));
    this.signals.on('resumed', () => this.emitter.eventNames().forEach((name) => this.emitter.emit(name, { seq: Number.MAX_SAFE_INTEGER })));
  }

  publish(conversationId: string, events: ConversationEvent[]): void {
    if (events.length > 0) this.emitter.emit(conversationId, { events });
  }

  /** Returns what ends the subscription. */
  subscribe(conversationId: string, listener: (wake: Wake) => void): () => void {
    this.emitter.on(conversationId, listener);
    return () => this.emitter.off(conversationId, listener);
  }
}
