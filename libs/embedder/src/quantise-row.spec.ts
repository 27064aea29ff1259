import { expect, it } from 'vitest';
import { middleOf, quantiseRow } from './quantise-row';

const dimensions = 256;

it.each([
  [4, 0.99],
  [8, 0.9999],
] as const)('keeps the direction of a row in %i bits', (bits, closeness) => {
  for (let seed = 1; seed <= 20; seed++) {
    const row = aRow(seed);
    expect(cosine(row, packed(row, bits))).toBeGreaterThan(closeness);
  }
});

it('keeps the sums of rows closer still', () => {
  const sum = new Float32Array(dimensions);
  const packedSum = new Float32Array(dimensions);
  for (let seed = 1; seed <= 60; seed++) {
    aRow(seed).forEach((value, at) => (sum[at]! += value + 0.4));
    packed(
      aRow(seed).map((value) => value + 0.4),
      4,
    ).forEach((value, at) => (packedSum[at]! += value));
  }
  expect(cosine(sum, packedSum)).toBeGreaterThan(0.999);
});

it('packs a row of zeros into next to nothing', () => {
  expect([...packed(new Float32Array(dimensions), 4)]).toEqual(new Array(dimensions).fill(0));
});

/** Values like those of trained rows: many small ones, a few large ones. */
function aRow(seed: number): Float32Array {
  return Float32Array.from(
    { length: dimensions },
    (_, at) => Math.sin(seed * 12.9898 + at * 78.233) * Math.cos(seed + at * at) * (at % 17 === 0 ? 2 : 1),
  );
}

function packed(row: Float32Array, bits: 4 | 8): Float32Array {
  const bytes = new Uint8Array((dimensions * bits) / 8);
  const scale = quantiseRow(row, bits, bytes, 0);
  return Float32Array.from({ length: dimensions }, (_, at) => {
    const level = bits === 8 ? bytes[at]! : at % 2 === 0 ? bytes[at >> 1]! & 15 : bytes[at >> 1]! >> 4;
    return (level - middleOf(bits)) * scale;
  });
}

function cosine(left: Float32Array, right: Float32Array): number {
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
}
