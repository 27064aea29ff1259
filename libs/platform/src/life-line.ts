import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const retryMs = 250;
/** A machine that is cut off or without power is missed after four seconds; a process that stands still is not, its system answers for it. */
const missSoon = 'SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 2';

/**
 * Shows other processes that this one lives: an advisory lock on its name, held by a connection of its own. It is free at the moment at
 * which the process dies, however it does, and stays held while the process is merely slow. A lost connection is made again. What keeps its
 * turns alive is said over it too: in the queue for a connection of the pool it would wait behind all questions of a busy moment.
 */
export class LifeLine {
  private client: pg.Client | null = null;
  private isEnded = false;

  constructor(
    private readonly url: string,
    private readonly name: string,
  ) {}

  /** Resolves when the lock is held. Rejects where the database cannot be reached. */
  async hold(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(missSoon);
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [this.name]);
    this.client = client;
    client.once('end', () => {
      this.client = null;
      void this.holdAgain();
    });
    if (this.isEnded) await client.end();
  }

  /** Asks over this connection, where nobody else waits; null while there is none. */
  ask<Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>> | null {
    return this.client && this.client.query<Row>(query);
  }

  async end(): Promise<void> {
    this.isEnded = true;
    await this.client?.end();
  }

  private async holdAgain(): Promise<void> {
    // At once: while nobody holds the lock, this process passes for dead.
    while (!this.isEnded && !(await this.hold().then(() => true, () => false))) await wait(retryMs);
  }
}
