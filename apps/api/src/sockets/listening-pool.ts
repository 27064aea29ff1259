import type pg from 'pg';
import { LastingPool, type Lend } from '@docent/platform';

/**
 * Connections for the sockets of several processes. The adapter (0.5) keeps one to listen on and asks for another when that is lost, but
 * never gives the lost one back: after as many losses as there are places, nobody would hear or tell anything again. Here a lost one is
 * given back by itself.
 */
export class ListeningPool extends LastingPool {
  override connect(): Promise<pg.PoolClient>;
  override connect(lend: Lend): void;
  override connect(lend?: Lend): Promise<pg.PoolClient> | void {
    if (lend) return super.connect(lend);
    return super.connect().then((client) => {
      // The adapter takes this listener away before it gives a connection back that still stands.
      client.once('end', () => client.release(true));
      return client;
    });
  }
}
