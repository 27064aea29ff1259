import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter';
import type { Bucket } from './rate-limits';

const bucket = (name: string, key: string, requests: number): Bucket => ({ name, key, rate: { requests, seconds: 60 } });

describe('RateLimiter', () => {
  it('lets exactly as many through as the limit says, however many race', async () => {
    const limiter = new RateLimiter();
    const standings = await Promise.all(Array.from({ length: 1_000 }, () => limiter.count([bucket('workspace', 'a', 100)])));
    expect(standings.filter((standing) => standing?.allowed)).toHaveLength(100);
  });

  it('keeps counters apart by key and by name', async () => {
    const limiter = new RateLimiter();
    for (const one of [bucket('visitor', 'a', 1), bucket('visitor', 'b', 1), bucket('bot', 'a', 1)]) {
      expect(await limiter.count([one])).toMatchObject({ allowed: true, remaining: 0 });
      expect(await limiter.count([one])).toMatchObject({ allowed: false });
    }
  });

  it('takes nothing from the others when one refuses', async () => {
    const limiter = new RateLimiter();
    const visitor = bucket('visitor', 'loud', 2);
    const workspace = bucket('workspace', 'shared', 5);
    for (let request = 0; request < 50; request++) await limiter.count([visitor, workspace]);
    expect(await limiter.count([workspace])).toMatchObject({ allowed: true, remaining: 2 });
    const narrow = bucket('visitor', 'quiet', 10);
    for (let request = 0; request < 50; request++) await limiter.count([narrow, bucket('network', 'full', 1)]);
    expect(await limiter.count([narrow])).toMatchObject({ allowed: true, remaining: 8 });
  });

  it('tells the standing of the counter that is nearest to its limit', async () => {
    const limiter = new RateLimiter();
    const standing = await limiter.count([
      bucket('visitor', 'a', 100),
      bucket('workspace', 'a', 3),
      bucket('network', 'a', 1_000),
    ]);
    expect(standing).toEqual({ allowed: true, limit: 3, remaining: 2, resetSeconds: 60 });
  });

  it('counts nothing where there is nothing to count on', async () => {
    await expect(new RateLimiter().count([])).resolves.toBeNull();
  });
});
