import { createAdapter as createPostgresAdapter } from '@socket.io/postgres-adapter';
import { createAdapter as createRedisAdapter } from '@socket.io/redis-streams-adapter';
import type { Namespace } from 'socket.io';
import { Adapter, SessionAwareAdapter } from 'socket.io-adapter';
import type { Redis } from '@docent/platform';
import { ListeningPool } from './listening-pool';

/** How the rooms of several processes are one. */
export interface Cluster {
  redis: Redis | null;
  /** Of an external database, which other processes may share; null where only this process has it. */
  databaseUrl: string | null;
  /** Keeps installations apart that share a Redis or a database. */
  installation: string;
  onError(error: Error): void;
}

/** Whether a connection that was cut may go on with its rooms and what it has missed. */
export type MayGoOn = (namespace: string, data: unknown) => Promise<boolean>;

type Session = Awaited<ReturnType<Adapter['restoreSession']>>;
type Publishing = { doPublish?(message: unknown): Promise<string> };

const publishWithinMs = 1000;

/** Redis streams where there is Redis, LISTEN/NOTIFY on a shared database, the memory of this process otherwise. */
export function chooseAdapter(cluster: Cluster, mayGoOn: MayGoOn) {
  const make = makerOf(cluster);
  // socket.io calls this with `new`.
  return function adapterOf(namespace: Namespace): Adapter {
    // Elsewhere nothing is told to rooms: each socket follows the log by itself, and what it missed stands there.
    if (namespace.name !== '/console') return new Adapter(namespace);
    const adapter = make(namespace);
    boundPublishing(adapter as Publishing, cluster.onError);
    guardRecovery(adapter, namespace.name, mayGoOn);
    return adapter;
  };
}

function makerOf({ redis, databaseUrl, installation, onError }: Cluster): (namespace: Namespace) => Adapter {
  if (redis) {
    const name = `${installation}:socket.io`;
    return createRedisAdapter(redis, { streamName: name, channelPrefix: name, sessionKeyPrefix: `${name}:session:`, maxLen: 10_000 });
  }
  if (databaseUrl) {
    const pool = new ListeningPool({ connectionString: databaseUrl, max: 2 });
    // What goes through here names what changed and is small; there is no table for more.
    const make = createPostgresAdapter(pool, { channelPrefix: `${installation}_socket.io`, cleanupInterval: 2 ** 30, errorHandler: onError });
    return (namespace) => {
      const adapter: Adapter = make(namespace);
      const close = adapter.close.bind(adapter);
      adapter.close = () => {
        void close();
        void pool.end();
      };
      return adapter;
    };
  }
  return (namespace) => new SessionAwareAdapter(namespace);
}

/** Sockets of this process hear within a second also while the others can't be reached; those hear when they can. */
function boundPublishing(adapter: Publishing, onError: (error: Error) => void): void {
  const publish = adapter.doPublish?.bind(adapter);
  if (!publish) return;
  adapter.doPublish = (message) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => (timer = setTimeout(resolve, publishWithinMs, '')));
    // A connection that breaks under a message has perhaps not delivered it: once more, because twice does no harm.
    const published = publish(message)
      .catch(() => publish(message))
      .catch((error: Error) => (onError(error), ''));
    return Promise.race([published, late]).finally(() => clearTimeout(timer));
  };
}

/** socket.io sends what was missed before any middleware runs: whether the member may still hear it is asked first. */
function guardRecovery(adapter: Adapter, namespace: string, mayGoOn: MayGoOn): void {
  const restore = adapter.restoreSession.bind(adapter);
  adapter.restoreSession = async (pid, offset): Promise<Session> => {
    const session = await restore(pid, offset);
    if (!session || !(await mayGoOn(namespace, session.data))) throw new Error('a new session is begun');
    return session;
  };
}
