import { describe, expect, it } from 'vitest';
import { newIds } from './new-ids';

describe('newIds', () => {
  it('makes UUIDs of version 7 that grow, also when a millisecond is full', () => {
    const ids = [...newIds(20_000), ...newIds(1), ...newIds(20_000)];
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('begins with the time', () => {
    const before = Date.now();
    const [id] = newIds(1);
    const ms = parseInt(id!.replace('-', '').slice(0, 12), 16);
    expect(ms).toBeGreaterThanOrEqual(before);
  });

  it('has another random end each time', () => {
    expect(new Set(newIds(1_000).map((id) => id.slice(19))).size).toBe(1_000);
  });
});
