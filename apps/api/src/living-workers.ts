import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

const sweepMs = 2000;
/** A worker takes its first job a moment before its lock stands. */
const graceMs = 3000;

/**
 * Gives jobs of dead workers back. The queue itself waits four hours for a worker that does not return; here every living
 * worker holds an advisory lock on its name for as long as its connection lives, so a lock that can be had means that its
 * worker is gone with its process, wherever that ran.
 */
export class LivingWorkers {
  private client: pg.Client | null = null;
  private readonly own = new Set<string>();
  /** One connection, one statement after the other. */
  private queue: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
    private readonly retryMs = sweepMs,
  ) {}

  async start(): Promise<void> {
    this.client = await this.connect();
    const again = () => {
      this.timer = setTimeout(() => void this.sweep().catch((error: unknown) => this.logger.warn({ err: error }, 'dead workers could not be looked for')).finally(again), sweepMs);
    };
    await this.sweep();
    again();
  }

  /** Never fails: where the connection is lost before the lock stands, the lock is taken on the next one. */
  async add(workerId: string): Promise<void> {
    this.own.add(workerId);
    await this.inTurn((client) => client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [workerId])).catch(() => undefined);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    await this.queue.catch(() => undefined);
    await client?.end();
  }

  private sweep(): Promise<void> {
    return this.inTurn((client) => this.giveBack(client));
  }

  private async giveBack(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ locked_by: string; is_dead: boolean }>(
      `SELECT locked_by, pg_try_advisory_lock(hashtextextended(locked_by, 0)) AS is_dead
         FROM (SELECT DISTINCT locked_by FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL AND locked_at < now() - $2 * interval '1 millisecond' AND NOT (locked_by = ANY ($1))) held`,
      [[...this.own], graceMs],
    );
    const dead = rows.filter((row) => row.is_dead).map((row) => row.locked_by);
    if (dead.length === 0) return;
    await client.query('SELECT graphile_worker.force_unlock_workers($1)', [dead]);
    for (const workerId of dead) await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [workerId]);
    this.logger.info({ workers: dead.length }, 'jobs of workers that are gone were given back');
  }

  /** A connection that never stood ends too: only the end of one that did is heard of. */
  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    client.once('end', () => void this.reconnect(client));
    return client;
  }

  /** One attempt after the other, for as long as it takes. Locks die with their connection: they are taken again on the new one. */
  private async reconnect(lost: pg.Client): Promise<void> {
    while (this.client === lost) {
      await wait(this.retryMs);
      const client = await this.connect().catch(() => null);
      if (!client) continue;
      if (this.client !== lost) return void (await client.end());
      this.client = client;
    }
    // Where the new connection ends meanwhile, its end leads here again.
    await Promise.all([...this.own].map((workerId) => this.add(workerId)));
  }

  private inTurn(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
    const done = this.queue.then(async () => {
      if (this.client) await work(this.client);
    });
    this.queue = done.catch(() => undefined);
    return done;
  }
}
