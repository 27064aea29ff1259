import { expect, it } from 'vitest';
import { middleOf, quantiseRow, type RowBits } from './quantise-row';
import { bytesOfVectors, RowRoom } from './row-room';
import { bytesOfSum, RowSum, rowsPerSum } from './row-sum';

const dimensions = 96;

it.each([1, 3, rowsPerSum, rowsPerSum + 5])('adds %i rows of half bytes as the plain way does', (count) => {
  const { sum, target, result, rows } = someRows(4, count);
  rows.forEach(({ address, weight }) => sum.addHalfBytes(address, weight, target));
  sum.finish(target);
  expectNear(result(), plainSum(rows), 1 / 218);
});

it('adds rows of bytes, and to what is there', () => {
  const { sum, target, result, rows } = someRows(8, 3);
  rows.forEach(({ address, weight }) => sum.addBytes(address, weight, target));
  rows.forEach(({ address, weight }) => sum.addBytes(address, weight, target));
  expectNear(result(), plainSum([...rows, ...rows]), 1e-5);
});

it('adds rows from elsewhere among its own, beyond one pass as well', () => {
  const { sum, target, result, rows, room } = someRows(4, rowsPerSum + 6);
  const pieces = dimensions / 8;
  rows.forEach(({ address, weight }, index) => {
    const elsewhere = new Int32Array(room.bytes.slice(address, address + dimensions / 2).buffer);
    sum.addHalfBytes(index % 3 === 2 ? sum.invite(elsewhere, 0, pieces) : address, weight, target);
  });
  sum.finish(target);
  expectNear(result(), plainSum(rows), 1 / 218);
});

it('of nothing, or of rows that weigh nothing, changes nothing', () => {
  const { sum, target, result, rows } = someRows(4, 1);
  sum.finish(target);
  sum.addHalfBytes(rows[0]!.address, 0, target);
  sum.finish(target);
  expect(result()).toEqual(new Array(dimensions).fill(0));
});

it('makes vectors unit length, but for zeros', () => {
  const { room, target, result } = someRows(4, 1);
  room.toUnit(target);
  expect(result()).toEqual(new Array(dimensions).fill(0));
  room.floats.fill(3, target >> 2, (target >> 2) + dimensions);
  room.add(target, target);
  room.toUnit(target);
  expectNear(result(), new Array<number>(dimensions).fill(1 / Math.sqrt(dimensions)), 1e-6);
});

function someRows(bits: RowBits, count: number) {
  const bytesPerRow = (dimensions * bits) / 8;
  const file = new Uint8Array(count * bytesPerRow);
  const rows = Array.from({ length: count }, (_, index) => {
    const values = Float32Array.from({ length: dimensions }, (_value, at) => Math.sin(index * 13 + at * 1.7));
    const scale = quantiseRow(values, bits, file, index * bytesPerRow);
    const counts = 0.3 + (index % 5) * 0.4;
    const plain = Array.from(
      { length: dimensions },
      (_value, at) => (levelAt(file, bits, index, at) - middleOf(bits)) * scale * counts,
    );
    return { address: index * bytesPerRow, weight: scale * counts, plain };
  });
  const room = new RowRoom(file, dimensions, bytesOfSum(dimensions) + bytesOfVectors(1, dimensions));
  const sum = new RowSum(room);
  const target = room.reserveVector();
  return { room, sum, target, rows, result: () => Array.from(room.read(target)) };
}

function levelAt(file: Uint8Array, bits: RowBits, row: number, at: number): number {
  if (bits === 8) return file[row * dimensions + at]!;
  const byte = file[(row * dimensions + at) >> 1]!;
  return at % 2 === 0 ? byte & 15 : byte >> 4;
}

function plainSum(rows: { plain: number[] }[]): number[] {
  return Array.from({ length: dimensions }, (_, at) => rows.reduce((sum, { plain }) => sum + plain[at]!, 0));
}

/** Equal but for `share` of the length of what was to come out. */
function expectNear(values: number[], wanted: number[], share: number): void {
  const off = Math.hypot(...values.map((value, at) => value - wanted[at]!));
  expect(off).toBeLessThan(share * Math.hypot(...wanted));
}
