import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Bucket, Rate } from './rate-limits';
import { memoryStore, type RateStore } from './rate-store';

/** How a request stands on the counter that is nearest to its limit. */
export interface Standing {
  allowed: boolean;
  limit: number;
  remaining: number;
  resetSeconds: number;
}

/** Counts a request on all of its buckets together. */
export class RateLimiter {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  constructor(private readonly store: RateStore = memoryStore) {}

  /** A refused request gives back what it had taken from the buckets that did not refuse it. */
  async count(buckets: Bucket[]): Promise<Standing | null> {
    // Together, so that counters on another machine cost one way there and back.
    const standings = await Promise.all(buckets.map((bucket) => this.take(bucket)));
    const refusal = standings.find((standing) => !standing.allowed);
    if (refusal) {
      await this.giveBack(buckets.filter((_, index) => standings[index] !== refusal));
      return refusal;
    }
    return standings.reduce<Standing | null>((tightest, standing) => (!tightest || standing.remaining / standing.limit < tightest.remaining / tightest.limit ? standing : tightest), null);
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
  private limiterOf({ name, rate }: Bucket): RateLimiterAbstract {
    const id = `${name} ${rateName(rate)}`;
    let limiter = this.limiters.get(id);
    if (!limiter) this.limiters.set(id, (limiter = this.store(id, rate)));
    return limiter;
  }
}

function rateName(rate: Rate): string {
  return `${rate.requests}/${rate.seconds}`;
}

function toSeconds(result: RateLimiterRes): number {
  return Math.max(1, Math.ceil(result.msBeforeNext / 1000));
}
