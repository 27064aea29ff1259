import type { CrossTenant } from '@docent/platform';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveApiKeys, type LiveApiKey } from './live-api-keys';

const key: LiveApiKey = { tenant_id: 't', id: 'k', scopes: ['chat'] };
const hash = Buffer.from('hash');

function keysOver(answers: (LiveApiKey | null | Promise<LiveApiKey | null>)[]) {
  let asked = 0;
  const crossTenant = { apiKeyByHash: async () => answers[asked++] ?? null } as unknown as CrossTenant;
  return { keys: new LiveApiKeys(crossTenant), asked: () => asked };
}

describe('LiveApiKeys', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('asks once for a second of requests, and then again', async () => {
    const { keys, asked } = keysOver([key, null]);
    expect(await keys.find(hash)).toEqual(key);
    vi.advanceTimersByTime(999);
    expect(await keys.find(hash)).toEqual(key);
    expect(asked()).toBe(1);
    vi.advanceTimersByTime(2);
    expect(await keys.find(hash)).toBeNull();
  });

  it('does not remember what was not found: a key works as soon as it is there', async () => {
    const { keys } = keysOver([null, key]);
    expect(await keys.find(hash)).toBeNull();
    expect(await keys.find(hash)).toEqual(key);
  });

  it('forgets at once, also an answer that was on its way', async () => {
    const late = Promise.withResolvers<LiveApiKey | null>();
    const { keys } = keysOver([late.promise, null]);
    const first = keys.find(hash);
    keys.forget();
    late.resolve(key);
    await first;
    expect(await keys.find(hash)).toBeNull();
  });

  it('does not remember a failed look-up', async () => {
    const { keys } = keysOver([Promise.reject(new Error('no database')), key]);
    await expect(keys.find(hash)).rejects.toThrow('no database');
    expect(await keys.find(hash)).toEqual(key);
  });
});
