import { describe, expect, it } from 'vitest';
import { StagedSource, type StagedPassages } from './staged-source';

const passages = (...ids: string[]): StagedPassages => ({ ids, title: '', language: null, batch: { words: null, texts: null } });

/** An index that takes a moment for everything. */
function anIndex({ fails = false } = {}) {
  const held = new Set<string>();
  const told: string[] = [];
  const ends: string[] = [];
  const work = {
    put: async ({ ids }: StagedPassages) => {
      await new Promise((done) => setImmediate(done));
      if (fails) throw new Error('no room');
      for (const id of ids) held.add(id);
    },
    count: async () => held.size,
    remove: async () => held.clear(),
    tell: async () => void told.push('told'),
    end: () => void ends.push('ended'),
  };
  return { held, told, ends, staged: new StagedSource(work) };
}

describe('StagedSource', () => {
  it('tells of the source when all of it is in', async () => {
    const { held, told, ends, staged } = anIndex();
    await staged.add(passages('1', '2'));
    await staged.add(passages('3'));
    expect([await staged.isWhole(3), told.length]).toEqual([true, 0]);
    expect(await staged.publish(3)).toBe(true);
    expect([held.size, told.length, ends.length]).toEqual([3, 1, 1]);
  });

  it('says so when the index does not hold all of it, and tells nobody', async () => {
    const { told, staged } = anIndex();
    await staged.add(passages('1'));
    expect(await staged.isWhole(2)).toBe(false);
    expect(await staged.publish(2)).toBe(false);
    const failing = anIndex({ fails: true });
    await failing.staged.add(passages('1'));
    expect(await failing.staged.isWhole(0)).toBe(false);
    expect(await failing.staged.publish(0)).toBe(false);
    expect([...told, ...failing.told]).toEqual([]);
  });

  it('leaves nothing behind when it is undone, also of what was still on its way', async () => {
    const { held, told, ends, staged } = anIndex();
    void staged.add(passages('1'));
    await staged.undo();
    expect([held.size, told.length, ends.length]).toEqual([0, 0, 1]);
  });
});
