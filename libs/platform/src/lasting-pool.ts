import pg from 'pg';

/** Gives a lent connection back; a broken one is closed. */
export type GiveBack = (broken?: Error | boolean) => void;
/** Hears of a lent connection, or why there is none. */
export type Lend = (error: Error | undefined, client: pg.PoolClient | undefined, giveBack: GiveBack) => void;

/**
 * A pool of connections whose loss fails what was on its way over them, and nothing else. Left to itself, a connection that the database
 * ends would end the process where nobody listens: the pool hears of idle ones, those in use tell themselves, also where a library holds
 * them.
 */
export class LastingPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('error', () => undefined);
    this.on('connect', (client) => client.on('error', () => undefined));
  }
}
