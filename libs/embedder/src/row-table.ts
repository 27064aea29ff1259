import { middleOf, type RowBits } from './quantise-row';

/** Quantised rows as they lie in the file, added to sums without being unpacked first. */
export class RowTable {
  private readonly bytesPerRow: number;
  private readonly middle: number;

  constructor(
    private readonly dimensions: number,
    private readonly bits: RowBits,
    private readonly scales: Float32Array,
    private readonly bytes: Uint8Array,
  ) {
    this.bytesPerRow = (dimensions * bits) / 8;
    this.middle = middleOf(bits);
  }

  /** Adds `weight` times the row to the `dimensions` values of `target` that begin at `at`. */
  add(row: number, weight: number, target: Float32Array, at: number): void {
    const factor = this.scales[row]! * weight;
    if (this.bits === 4) this.addHalfBytes(row * this.bytesPerRow, factor, target, at);
    else this.addBytes(row * this.bytesPerRow, factor, target, at);
  }

  private addHalfBytes(from: number, factor: number, target: Float32Array, at: number): void {
    const { bytes } = this;
    const shift = factor * this.middle;
    const end = from + this.bytesPerRow;
    for (let position = from, place = at; position < end; position++, place += 2) {
      const pair = bytes[position]!;
      target[place]! += factor * (pair & 15) - shift;
      target[place + 1]! += factor * (pair >> 4) - shift;
    }
  }

  private addBytes(from: number, factor: number, target: Float32Array, at: number): void {
    const shift = factor * this.middle;
    for (let index = 0; index < this.dimensions; index++) target[at + index]! += factor * this.bytes[from + index]! - shift;
  }
}
