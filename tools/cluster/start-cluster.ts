import { freePort } from '../../apps/api/src/free-port';
import { startApiProcess, type ApiProcess } from './api-process';
import { startRedisServer, type RedisServer } from './redis-server';
import { startRoundRobinProxy, type RoundRobinProxy } from './round-robin-proxy';

export interface ClusterPlan {
  /** The built server. */
  mainFile: string;
  /** Uploaded files and the secret key, shared by all processes. */
  dataDir: string;
  databaseUrl: string;
  /** Of the proxy; 0 takes any. */
  port: number;
  processes?: number;
  /** Without Redis the processes meet in PostgreSQL alone. */
  withRedis?: boolean;
  environment?: Record<string, string>;
  tell?: (line: string) => void;
}

export interface Cluster {
  /** Of the proxy. */
  url: string;
  processes: ApiProcess[];
  redis: RedisServer | null;
  /** Ends processes, proxy and Redis, in this order; the database is the caller's. */
  close(): Promise<void>;
}

/** Several processes of the product on one database and one Redis, behind a proxy. Where one part does not start, none remains. */
export async function startCluster({ mainFile, dataDir, databaseUrl, port, processes: count = 3, withRedis = true, environment = {}, tell = () => undefined }: ClusterPlan): Promise<Cluster> {
  const processes: ApiProcess[] = [];
  let redis: RedisServer | null = null;
  let proxy: RoundRobinProxy | null = null;
  const close = async () => {
    await Promise.all(processes.map((one) => one.end('SIGTERM')));
    await proxy?.close();
    await redis?.stop();
  };
  try {
    if (withRedis) redis = await startRedisServer(await freePort());
    if (redis) tell(`Redis       ${redis.url}`);
    const proxyPort = port || (await freePort());
    const shared = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, PUBLIC_URL: `http://localhost:${proxyPort}`, ...(redis ? { REDIS_URL: redis.url } : {}), ...environment };
    // The first applies the migrations.
    for (let started = 0; started < count; started += 1) {
      processes.push(await startApiProcess(mainFile, await freePort(), shared));
      tell(`Process ${started + 1}   ${processes.at(-1)!.url} (pid ${processes.at(-1)!.pid})`);
    }
    proxy = await startRoundRobinProxy(proxyPort, processes.map(({ url }) => url));
    return { url: `http://localhost:${proxyPort}`, processes, redis, close };
  } catch (error) {
    await close();
    throw error;
  }
}
