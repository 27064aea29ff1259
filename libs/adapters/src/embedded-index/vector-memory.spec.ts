import { expect, it } from 'vitest';
import { VectorMemory } from './vector-memory';
import { roomBytes, slabBytes } from './vector-room';

const slabsPerRoom = roomBytes / slabBytes - 2;

it('hands out each slab once, of zeros, in as many rooms as it takes', () => {
  const memory = new VectorMemory();
  const slabs = Array.from({ length: slabsPerRoom + 3 }, () => memory.take());
  expect(new Set(slabs).size).toBe(slabs.length);
  for (const slab of slabs) {
    const bytes = memory.at(slab, slabBytes);
    expect(bytes.length).toBe(slabBytes);
    expect(bytes.some((byte) => byte !== 0)).toBe(false);
    bytes.fill(slab / slabBytes);
  }
  for (const slab of slabs) expect(memory.at(slab, slabBytes)[slabBytes - 1]).toBe((slab / slabBytes) & 255);
  memory.giveBack(slabs[5]!);
  expect(memory.take()).toBe(slabs[5]);
  expect(memory.at(slabs[5]!, slabBytes).every((byte) => byte === 0)).toBe(true);
});

it('gives up a room when the last of its slabs comes back, and its place is used again', () => {
  const memory = new VectorMemory();
  const slabs = Array.from({ length: slabsPerRoom * 2 }, () => memory.take());
  const full = memory.bytes;
  for (const slab of slabs.slice(0, slabsPerRoom)) memory.giveBack(slab);
  expect(memory.bytes).toBe(full - roomBytes);
  expect(memory.take()).toBe(slabs[0]);
  expect(memory.bytes).toBeLessThan(full - roomBytes / 2);
});

it('counts with the last question in every room', () => {
  const memory = new VectorMemory();
  const slabs = Array.from({ length: slabsPerRoom + 1 }, () => memory.take());
  for (const slab of [slabs[0]!, slabs.at(-1)!]) memory.at(slab, 64).fill(0x11);
  for (const value of [1, -2]) {
    const { step } = memory.ask(Float32Array.from({ length: 128 }, (_, index) => (index < 64 ? value : 0)));
    for (const slab of [slabs[0]!, slabs.at(-1)!, slabs[0]!]) expect(memory.dots(slab, 1, 1)[0]! * step).toBeCloseTo(value * 64);
  }
});
