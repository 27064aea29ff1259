import { growArray } from './grow-array';

/** Several unit vectors per passage, scanned exactly: at the size of one bot that is fast enough and misses nothing. */
export class VectorStore {
  private values = new Float32Array(0);
  private owners = new Int32Array(0);
  private count = 0;
  private dimensions = 0;

  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return (this.values.length + this.owners.length) * 4;
  }

  /** Throws a RangeError for a vector of another length than the first. */
  add(passage: number, vector: Float32Array): void {
    if (this.count === 0) this.dimensions = vector.length;
    if (vector.length !== this.dimensions)
      throw new RangeError(`A vector of ${vector.length} dimensions among vectors of ${this.dimensions}`);
    this.values = growArray(this.values, (this.count + 1) * this.dimensions);
    this.owners = growArray(this.owners, this.count + 1);
    this.values.set(vector, this.count * this.dimensions);
    this.owners[this.count++] = passage;
  }

  /** The best cosine of each passage's vectors and where that vector stands; -Infinity and -1 for passages without any. */
  bestByPassage(query: Float32Array, passages: number): { best: Float32Array; places: Int32Array } {
    if (query.length !== this.dimensions && this.count > 0)
      throw new RangeError(`A query of ${query.length} dimensions over vectors of ${this.dimensions}`);
    const best = new Float32Array(passages).fill(-Infinity);
    const places = new Int32Array(passages).fill(-1);
    for (let index = 0; index < this.count; index++) {
      const product = this.product(query, index * this.dimensions);
      const owner = this.owners[index]!;
      if (product <= best[owner]!) continue;
      best[owner] = product;
      places[owner] = index;
    }
    return { best, places };
  }

  each(visit: (passage: number, vector: Float32Array, place: number) => void): void {
    for (let index = 0; index < this.count; index++)
      visit(this.owners[index]!, this.values.subarray(index * this.dimensions, (index + 1) * this.dimensions), index);
  }

  private product(query: Float32Array, offset: number): number {
    const { values, dimensions } = this;
    let even = 0;
    let odd = 0;
    let index = 0;
    for (; index + 1 < dimensions; index += 2) {
      even += query[index]! * values[offset + index]!;
      odd += query[index + 1]! * values[offset + index + 1]!;
    }
    if (index < dimensions) even += query[index]! * values[offset + index]!;
    return even + odd;
  }
}
