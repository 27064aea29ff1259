import type pg from 'pg';
import { LastingPool, type GiveBack, type Lend } from '@docent/platform';

/**
 * Connections for the job queue. graphile-worker (0.18) gives the connection on which it listens back twice where it is stopped before its
 * LISTEN is answered and the answer is a lost connection; nobody hears of the second time's refusal, so it ended the process. Here the
 * second time is nothing, and so is giving back what an ended pool never lent, which happens where it was about to connect again.
 */
export class QueuePool extends LastingPool {
  override connect(): Promise<pg.PoolClient>;
  override connect(lend: Lend): void;
  override connect(lend?: Lend): Promise<pg.PoolClient> | void {
    if (!lend) return super.connect();
    super.connect((error, client, release) => lend(error, client, once(release)));
  }
}

/** A pool that has ended lends nothing, and passes nothing to give it back with (pg-pool 3.14). */
function once(release: GiveBack | undefined): GiveBack {
  let isReleased = false;
  return (broken) => {
    if (isReleased) return;
    isReleased = true;
    release?.(broken);
  };
}
