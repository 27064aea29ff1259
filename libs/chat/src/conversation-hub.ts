import { Inject, Injectable, Optional, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { ConversationEvent } from '@docent/contracts';
import { CrossTenant, Signals, type PresenceSignal } from '@docent/platform';

/** What readers of a conversation are told: events that this process has just stored, only that the log has grown, who is there, or that it was deleted. */
export type Wake = { events: ConversationEvent[] } | { seq: number } | { presence: PresenceSignal } | { gone: true };

/** How a reader stands, so that they are looked after also where every announcement was lost. */
export interface ReaderState {
  readonly tenantId: string;
  /** The number of the last event that the reader has. */
  readonly seen: number;
}

export interface Reader extends ReaderState {
  hear(wake: Wake): void;
}

interface Known {
  tenantId: string;
  conversationId: string;
  seq: number;
}

const lookEveryMs = 10_000;
/** While other processes can't be heard. */
const lookOftenMs = 1000;
const lookedAtOnce = 2000;
const gatherMs = 50;

/** Wakes the readers of a conversation. It carries nothing that is not stored (but who is there), and nothing is lost with it: readers can always look. */
@Injectable()
export class ConversationHub implements OnModuleInit, BeforeApplicationShutdown {
  private readonly readers = new Map<string, Reader[]>();
  private timer: NodeJS.Timeout | null = null;
  private isLooking = false;
  /** Workspaces in which conversations have gone. */
  private readonly toLookAt = new Set<string>();
  private isClosed = false;

  constructor(
    private readonly signals: Signals,
    @Optional() @Inject(CrossTenant) private readonly crossTenant?: CrossTenant,
  ) {}

  onModuleInit(): void {
    this.signals.on('conversation', (conversationId, seq) => this.tell(conversationId, { seq }));
    this.signals.on('presence', (presence) => this.tell(presence.conversationId, { presence }));
    this.signals.on('gone', (tenantId) => this.lookSoon(tenantId));
    this.signals.on('resumed', () => void this.look());
    this.scheduleLook();
  }

  beforeApplicationShutdown(): void {
    this.isClosed = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** After the commit, never before: the events go to readers at once, here and in other processes. */
  publish(conversationId: string, events: ConversationEvent[]): void {
    if (events.length === 0) return;
    this.tell(conversationId, { events });
    this.signals.announce(conversationId, events.at(-1)!.seq);
  }

  subscribe(conversationId: string, reader: Reader): void {
    // Mostly one: a list that is made longer has room for seventeen.
    this.readers.set(conversationId, this.readers.get(conversationId)?.concat(reader) ?? [reader]);
  }

  unsubscribe(conversationId: string, reader: Reader): void {
    const left = this.readers.get(conversationId)?.filter((known) => known !== reader) ?? [];
    if (left.length > 0) this.readers.set(conversationId, left);
    else this.readers.delete(conversationId);
  }

  /** The list is replaced, never changed: whoever comes or leaves meanwhile does not disturb it. */
  private tell(conversationId: string, wake: Wake): void {
    for (const reader of this.readers.get(conversationId) ?? []) reader.hear(wake);
  }

  private scheduleLook(): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => void this.look().finally(() => this.scheduleLook()), !this.signals.isUp() ? lookOftenMs : lookEveryMs).unref();
  }

  /** Many conversations may be deleted one after the other: their readers are looked after together. */
  private lookSoon(tenantId: string): void {
    if (this.toLookAt.has(tenantId)) return;
    this.toLookAt.add(tenantId);
    setTimeout(() => {
      this.toLookAt.delete(tenantId);
      // Where the database is away, the next look finds them.
      this.lookAt(this.known(tenantId)).catch(() => undefined);
    }, gatherMs).unref();
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      await this.lookAt(this.known());
    } catch {
      // The database is away: readers look when it is back.
    } finally {
      this.isLooking = false;
    }
  }

  /** One statement for many readers: whose log has grown without their knowing, and whose is gone? */
  private async lookAt(known: Known[]): Promise<void> {
    for (let at = 0; this.crossTenant && at < known.length && !this.isClosed; at += lookedAtOnce) {
      const grown = await this.crossTenant.conversationsGrown(known.slice(at, at + lookedAtOnce));
      for (const { conversationId, lastSeq } of grown) this.tell(conversationId, lastSeq === null ? { gone: true } : { seq: lastSeq });
    }
  }

  /** Of one workspace, or of all. */
  private known(tenantId?: string): Known[] {
    const known: Known[] = [];
    for (const [conversationId, readers] of this.readers) {
      const of = readers[0]!.tenantId;
      if (tenantId === undefined || of === tenantId) known.push({ tenantId: of, conversationId, seq: Math.min(...readers.map(({ seen }) => seen)) });
    }
    return known;
  }
}
