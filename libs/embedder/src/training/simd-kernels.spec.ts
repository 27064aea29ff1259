import { expect, it } from 'vitest';
import { openSharedMemory } from '../web-assembly/kernel-machine';
import { SeededRandom } from './seeded-random';
import { openSimdKernels } from './simd-kernels';

const dimensions = 64;
const rows = 9;
const rowBytes = dimensions * 4;
const place = { table: 0, target: 16_384, vector: 20_480, indices: 24_576, weights: 28_672 };
const memory = openSharedMemory(1);
const kernels = openSimdKernels(memory, 1);
const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
const random = new SeededRandom(5);
const table = floats(place.table, rows * dimensions).map(() => random.next() - 0.5);
floats(place.table, table.length).set(table);

it('adds weighted rows as the plain loop does', () => {
  const indices = [3, 0, 8, 3];
  const weights = [0.5, -1, 2, 0.25];
  new Int32Array(memory.buffer, place.indices, 4).set(indices);
  floats(place.weights, 4).set(weights);
  floats(place.target, dimensions).fill(1);
  kernels.weightedSum(place.target, place.table, place.indices, place.weights, indices.length, rowBytes);
  floats(place.target, dimensions).forEach((value, at) => {
    expect(value).toBeCloseTo(
      indices.reduce((sum, row, index) => sum + weights[index]! * table[row * dimensions + at]!, 1),
      5,
    );
  });
});

it('leaves the target alone where there is nothing to add', () => {
  floats(place.target, dimensions).fill(7);
  kernels.weightedSum(place.target, place.table, place.indices, place.weights, 0, rowBytes);
  expect(floats(place.target, dimensions)).toEqual(new Float32Array(dimensions).fill(7));
});

it('multiplies a vector with each row, and writes nothing beyond them', () => {
  const vector = table.slice(0, dimensions).map((value) => value * 2);
  floats(place.vector, dimensions).set(vector);
  floats(place.target, dimensions).fill(7);
  kernels.dots(place.target, place.vector, place.table, rows, rowBytes);
  const results = floats(place.target, rows + 1);
  for (let row = 0; row < rows; row++)
    expect(results[row]).toBeCloseTo(
      vector.reduce((sum, value, at) => sum + value * table[row * dimensions + at]!, 0),
      5,
    );
  expect(results[rows]).toBe(7);
});
