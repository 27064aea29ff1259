import { openKernelMemory } from '@docent/embedder/web-assembly';
import { expect, it } from 'vitest';
import { CoarseCodes } from './coarse-codes';
import { lanes, ordinalsBehind, tableBytes } from './coarse-kernel';
import { openKernel, plainKernel } from './vector-kernel';
import { VectorMemory } from './vector-memory';
import { VectorSet } from './vector-set';
import { VectorStore } from './vector-store';

it.each([32, 64, 96])('sums in the kernel as in the plain loop, %i rows', (rows) => {
  const memory = openKernelMemory(8, 8);
  const blocks = 7;
  const [tables, base, fast, plain] = [0, 16_384, 200_000, 300_000] as const;
  fill(new Uint8Array(memory.buffer, tables, rows * 2 * tableBytes), (value) => value & 31);
  fill(new Uint8Array(memory.buffer, base, blocks * rows * lanes), (value) => value);
  const few = Math.round(rows * 2 * 15.5 * 1.05);
  for (const least of [0, few, 65_535]) {
    const kept = plainKernel(memory).rough(plain, tables, base, blocks, rows, least);
    expect(openKernel(memory).rough(fast, tables, base, blocks, rows, least)).toBe(kept);
    const parts = (at: number) => [new Uint16Array(memory.buffer, at, kept * lanes), new Int32Array(memory.buffer, at + ordinalsBehind, kept)];
    expect(parts(fast)).toEqual(parts(plain));
    expect(kept).toBe(least === 0 ? blocks : least === few ? kept : 0);
  }
});

it('holds the largest sums there can be', () => {
  const memory = openKernelMemory(8, 8);
  const rows = 1_024;
  new Uint8Array(memory.buffer, 0, rows * 2 * tableBytes).fill(31);
  expect(openKernel(memory).rough(200_000, 0, 40_000, 1, rows, 1)).toBe(1);
  expect([...new Uint16Array(memory.buffer, 200_000, lanes)]).toEqual(new Array(lanes).fill(rows * 2 * 31));
});

it.each([
  ['as it is compiled', () => new VectorMemory()],
  ['in plain JavaScript', () => new VectorMemory(plainKernel)],
])('finds by the upper bits what a plain sum over them finds, %s', (_, open) => {
  const { codes, vectors, packed, question } = filled(open(), 700, 256);
  const scores = packed.map((vector) => plainScore(question, vector));
  const found = [...codes.best(50, vectors.lengths)];
  expect(found).toEqual([...found].sort((left, right) => left - right));
  expect(found.length).toBeLessThan(60);
  const sorted = [...scores].sort((left, right) => right - left);
  // The tables hold 32 steps: what lies within their rounding may change places.
  for (const number of found) expect(scores[number]!).toBeGreaterThan(sorted[49]! - sorted[0]! * 0.05);
  const sure = scores.flatMap((score, number) => (score > sorted[40]! + sorted[0]! * 0.05 ? [number] : []));
  expect(sure.length).toBeGreaterThan(5);
  expect(found).toEqual(expect.arrayContaining(sure));
});

it('keeps what is wanted where all are alike, and all where fewer are there', () => {
  const memory = new VectorMemory();
  const vectors = new VectorStore(memory);
  const codes = new CoarseCodes(memory, 128);
  const vector = Float32Array.from({ length: 256 }, (_, index) => (index % 3) - 1);
  for (let number = 0; number < 500; number++) {
    vectors.add(vector);
    codes.put(number, vectors);
  }
  memory.ask(vector);
  expect(codes.best(20, vectors.lengths)).toHaveLength(500);
  expect(codes.best(1_000, vectors.lengths)).toHaveLength(500);
});

it('finds nothing that was erased, however many that are', () => {
  const { memory, codes, vectors } = filled(new VectorMemory(), 3_000, 256);
  for (let number = 0; number < 3_000; number++)
    if (number % 10) {
      vectors.erase(number, 1);
      codes.erase(number);
    }
  // To this question a code of zeros is as near as can be.
  memory.ask(new Float32Array(256).fill(-1));
  const found = [...codes.best(100, vectors.lengths)];
  expect(found.length).toBeGreaterThanOrEqual(100);
  expect(found.every((number) => number % 10 === 0)).toBe(true);
});

it('overwrites what is erased and dropped', () => {
  const { memory, codes, vectors } = filled(new VectorMemory(), 40, 256);
  const slabs = () => memory.at(32_768, memoryEnd - 32_768);
  for (let number = 0; number < 40; number++) vectors.erase(number, 1);
  expect(slabs().some((byte) => byte !== 0)).toBe(true);
  for (let number = 0; number < 40; number++) codes.erase(number);
  codes.erase(4_000);
  expect(slabs().every((byte) => byte === 0)).toBe(true);
  codes.drop();
  expect(codes.bytes).toBeLessThan(10_000);
});

it('leads a large set to nearly the same passages as a look at all of them, also after changes', () => {
  const memory = new VectorMemory();
  const set = new VectorSet('set', memory);
  const random = numbers(7);
  const centres = Array.from({ length: 100 }, () => vectorOf(random, 64));
  const near = (centre: Float32Array) => centre.map((value) => value + (random() + random()) * 2.5);
  const count = 17_000;
  for (let passage = 0; passage < count; passage++) set.add(passage, { whole: near(centres[passage % 100]!), windows: passage % 5 ? [] : [near(centres[passage % 100]!)] });
  for (let passage = 0; passage < count; passage += 7) set.forget(passage);
  for (let passage = 0; passage < count; passage += 14) set.add(passage, { whole: near(centres[(passage + 50) % 100]!), windows: [] });
  const alive = new Uint8Array(count).fill(1);
  let same = 0;
  expect(set.bytes).toBeGreaterThan(count * (64 + 32));
  for (const centre of centres.slice(0, 40)) {
    const question = near(centre);
    const wanted = { question, alive, limit: 10, also: [] };
    const exact = set.nearest(memory, { ...wanted, exactUpTo: Infinity });
    const found = set.nearest(memory, { ...wanted, exactUpTo: 0 });
    expect([...found.keys()].every((passage) => passage % 7 !== 0 || passage % 14 === 0)).toBe(true);
    for (const passage of exact.keys()) same += Number(found.has(passage));
  }
  expect(same / 400).toBeGreaterThan(0.99);
});

const memoryEnd = 65_536;

function plainScore(question: Int8Array, packed: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < question.length; index++) {
    const byte = packed[(index >> 5) * 16 + (index & 15)]!;
    const level = index & 16 ? byte >> 4 : byte & 15;
    sum += question[index]! * ((level >> 2) - 1.5);
  }
  return sum;
}

function filled(memory: VectorMemory, count: number, dimensions: number) {
  const random = numbers(dimensions + count);
  const vectors = new VectorStore(memory);
  const codes = new CoarseCodes(memory, dimensions / 2);
  for (let number = 0; number < count; number++) {
    vectors.add(vectorOf(random, dimensions));
    codes.put(number, vectors);
  }
  memory.ask(vectorOf(random, dimensions));
  return {
    memory,
    vectors,
    codes,
    packed: Array.from({ length: count }, (_, number) => vectors.packed(number).slice()),
    question: memory.question.slice(0, dimensions),
  };
}

function vectorOf(random: () => number, dimensions: number): Float32Array {
  return Float32Array.from({ length: dimensions }, () => random() + random() + random());
}

function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5;
}

function fill(bytes: Uint8Array, make: (value: number) => number): void {
  const random = numbers(bytes.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = make(Math.floor((random() + 0.5) * 256));
}
