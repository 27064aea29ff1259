import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Change } from '@docent/contracts';
import type { SignalLine } from './signal-line';

/** What processes tell each other; a signal only wakes, what happened is read from the tables. */
export interface SignalMap {
  /** A conversation's log has grown up to `seq`. */
  conversation: [conversationId: string, seq: number];
  /** Something in a workspace changed; consoles are told. */
  change: [tenantId: string, change: Change];
  /** The passages of a source were written or removed; processes that hold the bot in memory follow. */
  knowledge: [signal: { tenantId: string; botId: string; sourceId: string | null; gone: boolean; from: string }];
  /** A bot's knowledge has a new model of its words, or vectors made with it: processes follow. */
  meaning: [signal: { tenantId: string; botId: string; version: number }];
  /** A member was removed or changed; their sockets are checked again. */
  access: [tenantId: string];
  /** Somebody is here, types or has read: passed on to who looks at this moment, and stored nowhere. */
  presence: [signal: PresenceSignal];
  /** Conversations of a workspace were deleted: their readers are told. */
  gone: [tenantId: string];
  /** A process that is ending has let go of its answers: whoever has time goes on with them. */
  released: [];
}

export interface PresenceSignal {
  conversationId: string;
  kind: 'typing' | 'read' | 'here';
  by: 'visitor' | 'agent';
  name?: string;
  on?: boolean;
  /** Of `read`: up to where. */
  seq?: number;
}

type Channel = keyof SignalMap;
type Listened = SignalMap & { resumed: [] };
const channels: Channel[] = ['conversation', 'change', 'knowledge', 'meaning', 'access', 'presence', 'gone', 'released'];

/** A payload has room for this many conversations: an id, a number, two blanks. */
const grownAtOnce = 100;
/** An announcement wakes every process; the first goes at once, those that follow it gather for so long. */
const announceEveryMs = 20;
const lookEverySeconds = 30;

/**
 * Wakes readers in all processes, through PostgreSQL or Redis. After a lost line it emits `resumed`, upon which readers look
 * into the tables themselves: a signal may be lost, an event never.
 */
@Injectable()
export class Signals implements OnApplicationShutdown {
  private readonly emitter = new EventEmitter<Listened>().setMaxListeners(0);
  private readonly own = new EventEmitter<SignalMap>();
  /** Conversations that have grown and are not announced yet. */
  private grown = new Map<string, number>();
  private announcing: Promise<void> | null = null;

  constructor(private readonly line: SignalLine) {}

  on<C extends keyof Listened>(channel: C, listener: (...payload: Listened[C]) => void): () => void {
    this.emitter.on(channel, listener as never);
    return () => this.emitter.off(channel, listener as never);
  }

  /** Of what this process sends: for what reaches the others by a way of its own. */
  onSent<C extends Channel>(channel: C, listener: (...payload: SignalMap[C]) => void): () => void {
    this.own.on(channel, listener as never);
    return () => this.own.off(channel, listener as never);
  }

  /** Must be awaited before the first reader starts. */
  start(): Promise<void> {
    return this.line.start(channels, (channel, payload) => this.receive(channel as Channel, payload), () => this.emitter.emit('resumed'));
  }

  /** Tells all processes, this one too. Payloads stay below 8 000 bytes. */
  send<C extends Exclude<Channel, 'conversation'>>(channel: C, ...payload: SignalMap[C]): Promise<void> {
    this.own.emit(channel, ...(payload as never));
    return this.line.send(channel, JSON.stringify(payload));
  }

  /**
   * After the commit, by the process that wrote (whose own readers know by then); what grows shortly after one announcement goes with
   * the next. Never within the commit: PostgreSQL lets only one commit at a time pass that announces something, and each waits for the disk.
   */
  announce(conversationId: string, seq: number): void {
    this.grown.set(conversationId, seq);
    this.announcing ??= this.announceAll();
  }

  /** False while other processes can't be heard: whoever waits for them looks more often. */
  isUp(): boolean {
    return this.line.isUp();
  }

  /**
   * Calls `look` every half minute, for what nobody told, and every second while nobody can be heard (`isDeaf`): what must be seen soon
   * is seen without a line too. Returns how to end it.
   */
  lookAfter(look: (isDeaf: boolean) => void): () => void {
    let seconds = 0;
    const timer = setInterval(() => {
      seconds += 1;
      const isDeaf = !this.isUp();
      if (isDeaf || seconds % lookEverySeconds === 0) look(isDeaf);
    }, 1000).unref();
    return () => clearInterval(timer);
  }

  /** The last step: what runs at the end, such as answers that may finish, still needs it. */
  async onApplicationShutdown(): Promise<void> {
    await this.announcing;
    await this.line.close();
  }

  private async announceAll(): Promise<void> {
    try {
      while (this.grown.size > 0) {
        const batch = [...this.grown].slice(0, grownAtOnce);
        for (const [conversationId] of batch) this.grown.delete(conversationId);
        await this.line.send('conversation', batch.flat().join(' '));
        if (this.grown.size < grownAtOnce) await wait(announceEveryMs);
      }
    } finally {
      this.announcing = null;
    }
  }

  private receive(channel: Channel, payload: string): void {
    if (channel !== 'conversation') return void this.emitter.emit(channel, ...(JSON.parse(payload) as never));
    const words = payload.split(' ');
    for (let at = 0; at + 1 < words.length; at += 2) this.emitter.emit('conversation', words[at]!, Number(words[at + 1]));
  }
}
