import { middleOf, type RowBits } from './quantise-row';

/** So many rows are summed at once. With whole factors up to 218, sums of 4-bit levels stay within 16 bits: 20 · 218 · 15 < 65 536. */
export const rowsPerSum = 20;
const largestFactor = 218;

/** Quantised rows as they lie in the file, summed without being unpacked first. Dimensions are a multiple of 8. */
export class RowTable {
  private readonly wordsPerRow: number;
  private readonly packed: Int32Array;
  /** Sums of levels, two 16-bit lanes in each: the low half is a value, the high half the value four places after it. */
  private readonly lanes: Int32Array;

  /** `bytes` must begin at a multiple of four bytes. */
  constructor(
    dimensions: number,
    private readonly bits: RowBits,
    private readonly scales: Float32Array,
    bytes: Uint8Array,
  ) {
    this.wordsPerRow = (dimensions * bits) / 32;
    this.packed = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
    this.lanes = new Int32Array(dimensions / 2);
  }

  /** Adds the first `count` (at most {@link rowsPerSum}) rows, each times its weight (0 or more), to the values of `target` from `at` on. */
  addSum(rows: Int32Array, weights: Float64Array, count: number, target: Float32Array, at: number): void {
    if (count === 0) return;
    if (this.bits === 8) for (let index = 0; index < count; index++) this.addBytes(rows[index]!, weights[index]!, target, at);
    else this.addHalfBytes(rows, weights, count, target, at);
  }

  /**
   * The innermost loop of everything that is embedded. Weights are rounded to 218ths of the largest one, which loses far less than the
   * 4 bits did, and makes it integer arithmetic on two values at a time: three times as fast as adding floats.
   */
  private addHalfBytes(rows: Int32Array, weights: Float64Array, count: number, target: Float32Array, at: number): void {
    const { packed, lanes, wordsPerRow } = this;
    let largest = 0;
    for (let index = 0; index < count; index++) largest = Math.max(largest, this.scales[rows[index]!]! * weights[index]!);
    if (largest === 0) return;
    const unit = largest / largestFactor;
    let factors = 0;
    lanes.fill(0);
    for (let index = 0; index < count; index++) {
      const row = rows[index]!;
      const factor = Math.round((this.scales[row]! * weights[index]!) / unit) | 0;
      factors += factor;
      const from = row * wordsPerRow;
      for (let word = 0, lane = 0; word < wordsPerRow; word++, lane += 4) {
        const levels = packed[from + word]!;
        lanes[lane] = (lanes[lane]! + Math.imul(factor, levels & 0x000f000f)) | 0;
        lanes[lane + 1] = (lanes[lane + 1]! + Math.imul(factor, (levels >>> 4) & 0x000f000f)) | 0;
        lanes[lane + 2] = (lanes[lane + 2]! + Math.imul(factor, (levels >>> 8) & 0x000f000f)) | 0;
        lanes[lane + 3] = (lanes[lane + 3]! + Math.imul(factor, (levels >>> 12) & 0x000f000f)) | 0;
      }
    }
    const shift = factors * middleOf(4);
    for (let lane = 0, place = at; lane < lanes.length; place += (lane & 3) === 3 ? 5 : 1, lane++) {
      const sums = lanes[lane]!;
      target[place]! += ((sums & 0xffff) - shift) * unit;
      target[place + 4]! += ((sums >>> 16) - shift) * unit;
    }
  }

  private addBytes(row: number, weight: number, target: Float32Array, at: number): void {
    const { packed } = this;
    const factor = this.scales[row]! * weight;
    const shift = factor * middleOf(8);
    const from = row * this.wordsPerRow;
    for (let word = 0, place = at; word < this.wordsPerRow; word++, place += 4) {
      const levels = packed[from + word]!;
      target[place]! += factor * (levels & 255) - shift;
      target[place + 1]! += factor * ((levels >> 8) & 255) - shift;
      target[place + 2]! += factor * ((levels >> 16) & 255) - shift;
      target[place + 3]! += factor * (levels >>> 24) - shift;
    }
  }
}
