import { middleOf } from './quantise-row';
import { reserved, type RowRoom } from './row-room';

/** So many rows are summed at once. With whole factors up to 218, sums of 4-bit levels stay within 16 bits: 20 · 218 · 15 < 65 536. */
export const rowsPerSum = 20;
const largestFactor = 218;
const listBytes = rowsPerSum * 4;
const guests = rowsPerSum + 1;

/**
 * Adds up quantised rows as they lie in the room, without unpacking them first. Rows of 4 bits are gathered for one pass, in which weights
 * are rounded to 218ths of the largest one: that loses far less than the 4 bits did, and makes it arithmetic of whole numbers.
 */
export class RowSum {
  private readonly addresses: number;
  private readonly factors: number;
  /** Where rows from outside of the room are copied to: one for each of a pass, and one for the first of the next. */
  private readonly guests: number;
  private readonly weights = new Float64Array(rowsPerSum);
  private count = 0;

  /** Takes {@link bytesOfSum} of the room. */
  constructor(private readonly room: RowRoom) {
    this.addresses = room.reserve(listBytes);
    this.factors = room.reserve(listBytes);
    this.guests = room.reserve(guests * room.dimensions);
  }

  /** Gathers a row of 4 bits for the next {@link finish}; `weight` is its scale times what it counts (0 or more). */
  addHalfBytes(row: number, weight: number, target: number): void {
    if (this.count === rowsPerSum) this.finish(target);
    this.room.integers[(this.addresses >> 2) + this.count] = row;
    this.weights[this.count++] = weight;
  }

  /** Adds a row of bytes, levels around `middle`, at once. */
  addBytes(row: number, weight: number, target: number, middle = middleOf(8)): void {
    this.room.kernels.addBytes(target, row, this.room.dimensions, weight, weight * middle);
  }

  /** Copies a row of `pieces` times 32 bits to where it can be added, and returns its address: good for one row until the next is gathered. */
  invite(source: Int32Array, at: number, pieces: number): number {
    const { integers, dimensions } = this.room;
    const address = this.guests + this.count * dimensions;
    for (let piece = 0; piece < pieces; piece++) integers[(address >> 2) + piece] = source[at + piece]!;
    return address;
  }

  /** Adds what was gathered to the vector at `target`. */
  finish(target: number): void {
    const { weights, count, room } = this;
    this.count = 0;
    let largest = 0;
    for (let index = 0; index < count; index++) largest = Math.max(largest, weights[index]!);
    if (largest === 0) return;
    const unit = largest / largestFactor;
    const factors = this.factors >> 2;
    let sum = 0;
    for (let index = 0; index < count; index++) {
      const factor = Math.round(weights[index]! / unit);
      sum += factor;
      room.integers[factors + index] = factor;
    }
    room.kernels.addHalfBytes(target, this.addresses, this.factors, count, room.dimensions / 2, sum * middleOf(4), unit);
  }
}

/** Room that a {@link RowSum} takes. */
export function bytesOfSum(dimensions: number): number {
  return 2 * reserved(listBytes) + reserved(guests * dimensions);
}
