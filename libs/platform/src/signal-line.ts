import pg from 'pg';
import type { Redis } from './redis';

/** How signals get from process to process. A line may break: what was sent meanwhile is lost, and `resumed` is called when it stands again. */
export interface SignalLine {
  /** Must be awaited before the first reader starts. */
  start(channels: readonly string[], receive: (channel: string, payload: string) => void, resumed: () => void): Promise<void>;
  /** To all processes, this one too. Never rejects. Payloads stay below 8 000 bytes. */
  send(channel: string, payload: string): Promise<void>;
  /** False while it is broken. */
  isUp(): boolean;
  close(): Promise<void>;
}

/** LISTEN and NOTIFY of PostgreSQL: nothing else has to run. Where it could not tell something, it says so to all when it can again. */
export class PostgresLine implements SignalLine {
  private client: pg.Client | null = null;
  private closed = false;
  private hasLost = false;
  private timer: NodeJS.Timeout | null = null;
  /** One connection, one statement after the other. */
  private sending: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly retryMs = 500,
  ) {}

  async start(channels: readonly string[], receive: (channel: string, payload: string) => void, resumed: () => void): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, keepAlive: true });
    client.on('notification', ({ channel, payload }) => (channel === 'lost' ? resumed() : receive(channel, payload ?? '')));
    client.on('error', () => undefined);
    client.on('end', () => this.restart(() => this.start(channels, receive, resumed).then(resumed)));
    await client.connect();
    await client.query([...channels, 'lost'].map((channel) => `LISTEN ${channel}`).join(';'));
    this.client = client;
    if (!this.hasLost) return;
    this.hasLost = false;
    void this.send('lost', '');
  }

  async send(channel: string, payload: string): Promise<void> {
    this.sending = this.sending.then(() => this.notify(channel, payload)).catch(() => (this.hasLost = true));
    await this.sending;
  }

  isUp(): boolean {
    return this.client !== null;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.sending;
    await this.client?.end().catch(() => undefined);
  }

  private async notify(channel: string, payload: string): Promise<void> {
    if (this.client) await this.client.query('SELECT pg_notify($1, $2)', [channel, payload]);
    else this.hasLost = true;
  }

  private restart(again: () => Promise<void>): void {
    this.client = null;
    // An attempt that fails is heard of twice: as its own failure and as the end of its connection.
    if (this.closed || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      again().catch(() => this.restart(again));
    }, this.retryMs).unref();
  }
}

/** Publish and subscribe of Redis. Where the writer could not publish, it says so to all when it can again. */
export class RedisLine implements SignalLine {
  private readonly subscriber: Redis;
  private hasLost = false;

  /** `prefix` keeps installations on one Redis apart. */
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {
    this.subscriber = redis.duplicate();
    this.subscriber.on('error', () => undefined);
  }

  async start(channels: readonly string[], receive: (channel: string, payload: string) => void, resumed: () => void): Promise<void> {
    await this.subscriber.connect();
    await this.subscriber.subscribe(
      channels.map((channel) => `${this.prefix}:${channel}`),
      (payload, channel) => receive(channel.slice(this.prefix.length + 1), payload),
    );
    await this.subscriber.subscribe(`${this.prefix}:lost`, resumed);
    // The client has subscribed again when it is ready.
    this.subscriber.on('ready', resumed);
    this.redis.on('ready', () => void this.tellOfLoss());
  }

  async send(channel: string, payload: string): Promise<void> {
    if (!this.redis.isReady) return void (this.hasLost = true);
    await this.redis.publish(`${this.prefix}:${channel}`, payload).catch(() => (this.hasLost = true));
  }

  isUp(): boolean {
    return this.redis.isReady && this.subscriber.isReady;
  }

  async close(): Promise<void> {
    await this.subscriber.close().catch(() => undefined);
  }

  private async tellOfLoss(): Promise<void> {
    if (!this.hasLost) return;
    this.hasLost = false;
    await this.send('lost', '');
  }
}
