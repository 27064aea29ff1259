import type { createClient } from '@redis/client';
import { ConfigError } from './config';

/** A connection to Redis that comes back by itself; what is asked meanwhile waits. */
export type Redis = Awaited<ReturnType<typeof newClient>>;

/** Injection token of the connection; null where there is no Redis. */
export const REDIS = Symbol('REDIS');
/** Injection token of the name that keeps installations on one Redis apart. */
export const INSTALLATION = Symbol('INSTALLATION');

const connectWithinMs = 10_000;
const slowestRetryMs = 1000;

/**
 * Throws {@link ConfigError} where Redis can't be reached at the start. Later it may go and come: `error` tells of each
 * loss, `ready` of each return.
 */
export async function openRedis(url: string, onLoss: (error: Error) => void = () => undefined): Promise<Redis> {
  const client = await newClient(url);
  let lastError: Error | null = null;
  // Without a listener the loss of the connection would end the process. One loss is told once, however often it is tried again.
  client.on('error', (error: Error) => {
    if (!lastError) onLoss(error);
    lastError = error;
  });
  client.on('ready', () => (lastError = null));
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(lastError ?? new Error('no answer')), connectWithinMs);
  });
  try {
    await Promise.race([client.connect(), tooLate]);
    return client;
  } catch (error) {
    client.destroy();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`REDIS_URL: expected a Redis that lets us in; the one at ${new URL(url).host} does not (${reason}). Start it, or leave REDIS_URL out.`]);
  } finally {
    clearTimeout(timer);
  }
}

/** Loaded only where there is a Redis: its client is a fifth of all files that a start would read. */
async function newClient(url: string) {
  const redis: { createClient: typeof createClient } = await import('@redis/client');
  return redis.createClient({
    url,
    // What the socket.io adapter and the rate counters understand.
    RESP: 2,
    pingInterval: 10_000,
    commandsQueueMaxLength: 50_000,
    socket: { connectTimeout: 5000, reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, slowestRetryMs) * (0.5 + Math.random()) },
  });
}
