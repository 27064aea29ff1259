import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Redis } from '@docent/platform';
import type { Rate } from './rate-limits';

/** Where counters stand: in this process alone, or in Redis for all processes together. */
export type RateStore = (name: string, rate: Rate) => RateLimiterAbstract;

/** Counters of this process. They live as long as their window. */
export const memoryStore: RateStore = (_name, { requests, seconds }) => new RateLimiterMemory({ points: requests, duration: seconds, keyPrefix: '' });

/** Counters of all processes. While Redis is away each process counts by itself, so that nobody is let through uncounted or locked out. */
export function redisStore(redis: Redis, prefix: string): RateStore {
  return (name, rate) =>
    new RateLimiterRedis({
      storeClient: redis,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: `${prefix}:rate:${name}`,
      points: rate.requests,
      duration: rate.seconds,
      insuranceLimiter: memoryStore(name, rate) as RateLimiterMemory,
    });
}
