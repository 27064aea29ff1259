import type { PassageVectors } from '@docent/ports';
import { describe, expect, it } from 'vitest';
import { plainKernel } from './vector-kernel';
import { VectorMemory } from './vector-memory';
import { VectorSet, type NearPassage } from './vector-set';

const everything = { limit: 1_000, also: [], exactUpTo: Infinity };

describe.each([
  ['as it is compiled', () => new VectorMemory()],
  ['in plain JavaScript', () => new VectorMemory(plainKernel)],
])('VectorSet %s', (_, open) => {
  it.each([3, 48, 256, 1_536])(
    'ranks as naive cosines do, up to what 4 bits cannot tell apart (%i dimensions)',
    (dimensions) => {
      const { set, memory, passages, question, alive } = filled(open(), 300, dimensions);
      const found = set.nearest(memory, { ...everything, question, alive });
      const naive = passages.map((passage) => naiveScore(question, passage));
      for (const [passage, near] of found)
        expect(Math.abs(near.score - naive[passage]!)).toBeLessThan(dimensions < 10 ? 0.12 : 0.05);
      expect([...found.values()].map(({ rank }) => rank)).toEqual([...found.keys()].map((__, index) => index + 1));
      const scores = [...found.values()].map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((left, right) => right - left));
      // Whatever is missing has no score above 0, as far as 4 bits can say.
      naive.forEach((score, passage) => expect(found.has(passage) || score < 0.05).toBe(true));
    },
    60_000,
  );

  it('names the nearest window', () => {
    const { set, memory, passages, question, alive } = filled(open(), 200, 256);
    const found = set.nearest(memory, { ...everything, question, alive });
    for (const [passage, { window }] of found) {
      const cosines = passages[passage]!.windows.map((vector) => cosine(question, vector));
      if (window === null) expect(cosines).toEqual([]);
      else expect(cosines[window]!).toBeGreaterThan(Math.max(...cosines) - 0.05);
    }
  });

  it('finds the same in two stages where the shortlist holds all passages', () => {
    const { set, memory, question, alive } = filled(open(), 300, 64);
    const exact = set.nearest(memory, { question, alive, limit: 20, also: [], exactUpTo: Infinity });
    expect(set.nearest(memory, { question, alive, limit: 20, also: [], exactUpTo: 0 })).toEqual(exact);
  });

  it('scores passages that were asked for, wherever they stand', () => {
    const { set, memory, question, alive } = filled(open(), 100, 64);
    const all = set.nearest(memory, {
      ...everything,
      question,
      alive,
      also: Array.from({ length: 100 }, (__, passage) => passage),
    });
    const last = [...all].at(-1)!;
    const few = set.nearest(memory, { question, alive, limit: 3, also: [last[0]], exactUpTo: Infinity });
    expect(few.size).toBe(4);
    expect(few.get(last[0])).toMatchObject({ score: last[1].score, rank: null });
  });

  it('replaces, forgets and copies vectors', () => {
    const { set, memory, passages, question, alive } = filled(open(), 20, 64);
    set.add(7, { whole: question, windows: [question] });
    expect(first(set.nearest(memory, { ...everything, question, alive }))).toMatchObject([7, { window: 0 }]);
    const copy = new VectorSet('copy', memory);
    for (let passage = 0; passage < 20; passage++) set.copyPassage(passage, copy, 19 - passage);
    const copied = copy.nearest(memory, { ...everything, question, alive });
    for (const [passage, near] of set.nearest(memory, { ...everything, question, alive }))
      expect(copied.get(19 - passage)).toEqual(near);
    set.forget(7);
    expect(set.nearest(memory, { ...everything, question, alive, also: [7] }).has(7)).toBe(false);
    expect(copy.nearest(memory, { ...everything, question, alive }).size).toBe(copied.size);
    expect(() => set.add(3, { whole: passages[3]!.whole.subarray(1), windows: [] })).toThrow(RangeError);
  });

  it('overwrites what is forgotten and what is dropped', () => {
    const { set, memory, alive } = filled(open(), 50, 256);
    const whole = unit(Float32Array.from({ length: 256 }, (__, index) => (index % 2 ? 1 : -1)));
    set.add(50, { whole, windows: [whole] });
    expect(patternsOf(memory)).toBe(2);
    set.forget(50);
    expect(patternsOf(memory)).toBe(0);
    const room = memory.at(0, 65_536);
    set.drop();
    expect(room.subarray(32_768).every((byte) => byte === 0)).toBe(true);
    expect(memory.bytes).toBe(0);
    expect(set.bytes).toBeLessThan(20_000);
    expect(alive).toHaveLength(64);
  });
});

/** How often the vector of alternating largest numbers stands in memory. */
function patternsOf(memory: VectorMemory): number {
  let found = 0;
  for (let at = 32_768; at < 65_536; at += 128)
    if (memory.at(at, 128).every((byte, index) => byte === (index % 2 ? 255 : 0))) found++;
  return found;
}

const first = (found: Map<number, NearPassage>) => [...found][0]!;

function filled(memory: VectorMemory, count: number, dimensions: number) {
  let state = dimensions;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5;
  const vector = (): Float32Array => unit(Float32Array.from({ length: dimensions }, () => random() + random() + 0.1));
  const passages: PassageVectors[] = Array.from({ length: count }, (_, passage) => ({
    whole: vector(),
    windows: Array.from({ length: passage % 4 }, vector),
  }));
  const set = new VectorSet('set', memory);
  passages.forEach((vectors, passage) => set.add(passage, vectors));
  return { set, memory, passages, question: vector(), alive: new Uint8Array(Math.max(64, count)).fill(1) };
}

function naiveScore(question: Float32Array, { whole, windows }: PassageVectors): number {
  const nearest = windows.length ? Math.max(...windows.map((window) => cosine(question, window))) : cosine(question, whole);
  return (cosine(question, whole) + nearest) / 2;
}

function cosine(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
