import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Bucket, Rate } from './rate-limits';

/** How a request stands on the counter that is nearest to its limit. */
export interface Standing {
  allowed: boolean;
  limit: number;
  remaining: number;
  resetSeconds: number;
}

/**
 * Counts a request on all of its buckets together, in the memory of this process. Counters live as long as their window.
 */
export class RateLimiter {
  private readonly limiters = new Map<string, RateLimiterMemory>();

  /** A refused request gives back what it had taken from the buckets before the one that refused it. */
  async count(buckets: Bucket[]): Promise<Standing | null> {
    const taken: Bucket[] = [];
    let tightest: Standing | null = null;
    for (const bucket of buckets) {
      const standing = await this.take(bucket);
      if (!standing.allowed) {
        await this.giveBack(taken);
        return standing;
      }
      taken.push(bucket);
      if (!tightest || standing.remaining / standing.limit < tightest.remaining / tightest.limit) tightest = standing;
    }
    return tightest;
  }

  async giveBack(buckets: Bucket[]): Promise<void> {
    await Promise.all(buckets.map((bucket) => this.limiterOf(bucket).reward(bucket.key)));
  }

  private async take(bucket: Bucket): Promise<Standing> {
    const limit = bucket.rate.requests;
    try {
      const result = await this.limiterOf(bucket).consume(bucket.key);
      return { allowed: true, limit, remaining: result.remainingPoints, resetSeconds: toSeconds(result) };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { allowed: false, limit, remaining: 0, resetSeconds: toSeconds(refusal) };
    }
  }

  /** One limiter per rate: the same name can have several, because plans differ. */
  private limiterOf({ name, rate }: Bucket): RateLimiterMemory {
    const id = `${name} ${rateName(rate)}`;
    let limiter = this.limiters.get(id);
    if (!limiter) {
      limiter = new RateLimiterMemory({ points: rate.requests, duration: rate.seconds, keyPrefix: '' });
      this.limiters.set(id, limiter);
    }
    return limiter;
  }
}

function rateName(rate: Rate): string {
  return `${rate.requests}/${rate.seconds}`;
}

function toSeconds(result: RateLimiterRes): number {
  return Math.max(1, Math.ceil(result.msBeforeNext / 1000));
}
