import { EventEmitter } from 'node:events';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import type { Change } from '@docent/contracts';

/** What processes tell each other; a signal only wakes, what happened is read from the tables. */
export interface SignalMap {
  /** A conversation's log has grown up to `seq`. */
  conversation: [conversationId: string, seq: number];
  /** Something in a workspace changed; consoles are told. */
  change: [tenantId: string, change: Change];
  /** The passages of a source were written or removed; processes that hold the bot in memory follow. */
  knowledge: [signal: { tenantId: string; botId: string; sourceId: string | null; gone: boolean; from: string }];
  /** A member was removed or changed; their sockets are checked again. */
  access: [tenantId: string];
  /** Somebody is here, types or has read: passed on to who looks at this moment, and stored nowhere. */
  presence: [signal: PresenceSignal];
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
const channels: Channel[] = ['conversation', 'change', 'knowledge', 'access', 'presence'];

/**
 * Wakes readers in all processes through LISTEN/NOTIFY. After a lost connection it listens again and emits `resumed`,
 * upon which readers look into the tables themselves: a signal may be lost, an event never.
 */
@Injectable()
export class Signals implements OnApplicationShutdown {
  private readonly emitter = new EventEmitter<SignalMap & { resumed: [] }>().setMaxListeners(0);
  private client: pg.Client | null = null;
  private closed = false;
  /** One connection, one statement after the other. */
  private sending: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly retryMs = 500,
  ) {}

  on<C extends Channel | 'resumed'>(channel: C, listener: (...payload: (SignalMap & { resumed: [] })[C]) => void): () => void {
    this.emitter.on(channel, listener as never);
    return () => this.emitter.off(channel, listener as never);
  }

  /** Must be awaited before the first reader starts. */
  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('notification', ({ channel, payload }) => this.receive(channel as Channel, payload ?? ''));
    client.on('error', () => undefined);
    client.on('end', () => this.restart());
    await client.connect();
    await client.query(channels.map((channel) => `LISTEN ${channel}`).join(';'));
    this.client = client;
  }

  /** Tells all processes, this one too. Payloads stay below PostgreSQL's 8 000 bytes. */
  async send<C extends Exclude<Channel, 'conversation'>>(channel: C, ...payload: SignalMap[C]): Promise<void> {
    this.sending = this.sending.then(() => this.client?.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify(payload)])).catch(() => undefined);
    await this.sending;
  }

  /** The last step: what runs at the end, such as answers that may finish, still needs it. */
  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await this.sending;
    await this.client?.end().catch(() => undefined);
  }

  private receive(channel: Channel, payload: string): void {
    if (channel === 'conversation') {
      const [conversationId, seq] = payload.split(' ');
      this.emitter.emit('conversation', conversationId!, Number(seq));
    } else {
      this.emitter.emit(channel, ...(JSON.parse(payload) as never));
    }
  }

  private restart(): void {
    this.client = null;
    if (this.closed) return;
    setTimeout(() => {
      this.start().then(
        () => this.emitter.emit('resumed'),
        () => this.restart(),
      );
    }, this.retryMs).unref();
  }
}
