import { Inject, Injectable, Optional } from '@nestjs/common';
import { INSTALLATION, REDIS, type Redis } from '@docent/platform';
import { RateLimiter, type Standing } from './rate-limiter';
import { bucketsFor, defaultRateLimits, RATE_LIMITS, type Bucket, type CountedRequest, type RateLimits } from './rate-limits';
import { redisStore } from './rate-store';
import { TenantPlans } from './tenant-plans';

/** The counters of this installation, for whatever way a request comes in. */
@Injectable()
export class RequestRates {
  private readonly limiter: RateLimiter;
  private readonly limits: RateLimits;

  constructor(
    private readonly plans: TenantPlans,
    @Optional() @Inject(RATE_LIMITS) limits?: RateLimits,
    @Optional() @Inject(REDIS) redis?: Redis | null,
    @Optional() @Inject(INSTALLATION) installation?: string,
  ) {
    this.limits = limits ?? defaultRateLimits;
    this.limiter = new RateLimiter(redis ? redisStore(redis, installation ?? 'docent') : undefined);
  }

  /** `buckets` are what the request was counted on. */
  async count(request: Omit<CountedRequest, 'plan'>): Promise<{ standing: Standing | null; buckets: Bucket[] }> {
    const plan = request.ctx ? await this.plans.of(request.ctx) : undefined;
    const buckets = bucketsFor({ ...request, plan }, this.limits);
    return { standing: await this.limiter.count(buckets), buckets };
  }

  giveBack(buckets: Bucket[]): Promise<void> {
    return this.limiter.giveBack(buckets);
  }
}
