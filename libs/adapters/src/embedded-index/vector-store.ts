import { growArray } from './grow-array';
import { middleLevel, quantiseVector, readQuantised, type QuantisedQuestion } from './quantise-vector';
import { blockBytes, blockNumbers } from './vector-kernel';
import { mostDimensions, slabBytes, type VectorMemory } from './vector-memory';

/** Up to 8 192 numbers of 7.5 steps are 679 steps long: their 64ths fit into 16 bits. */
const lengthParts = 64;

/** Vectors of one length with 4 bits a number, numbered in order of arrival. */
export class VectorStore {
  private readonly slabs: number[] = [];
  /** Length of each vector in steps of its levels, in 64ths; 0: no vector (any more). */
  lengths = new Uint16Array(0);
  private count = 0;
  private dimensions = 0;
  private blocks = 0;
  private perSlab = 0;

  constructor(private readonly memory: VectorMemory) {}

  get size(): number {
    return this.count;
  }

  get packedBytes(): number {
    return this.blocks * blockBytes;
  }

  get bytes(): number {
    return this.slabs.length * slabBytes + this.lengths.byteLength;
  }

  /** Returns the vector's number. Throws a RangeError for a vector of another length than the first. */
  add(vector: Float32Array): number {
    if (this.count === 0) this.measure(vector.length);
    this.expect(vector.length);
    const number = this.count;
    this.makeRoomUpTo(number);
    this.replace(number, vector);
    return number;
  }

  /** As {@link add}, for a caller who numbers the vectors; in between lie vectors that are near to nothing. */
  put(number: number, vector: Float32Array): void {
    if (this.count === 0) this.measure(vector.length);
    this.expect(vector.length);
    this.makeRoomUpTo(number);
    this.replace(number, vector);
  }

  replace(number: number, vector: Float32Array): void {
    const length = quantiseVector(vector, this.packed(number));
    this.lengths[number] = Math.round(length * lengthParts);
  }

  /** Adds a vector of another store as it is. */
  addFrom(other: VectorStore, number: number): number {
    const place = this.count;
    this.putFrom(other, number, place);
    return place;
  }

  /** As {@link put}. */
  putFrom(other: VectorStore, number: number, place: number): void {
    if (this.count === 0) this.measure(other.dimensions);
    this.makeRoomUpTo(place);
    this.packed(place).set(other.packed(number));
    this.lengths[place] = other.lengths[number]!;
  }

  has(number: number): boolean {
    return (this.lengths[number] ?? 0) > 0;
  }

  /** The vector as it lies there. */
  packed(number: number): Uint8Array {
    return this.memory.at(this.address(number), this.packedBytes);
  }

  /** The vector in unit length, coarser than it came; null where there is none. */
  read(number: number): Float32Array | null {
    return this.has(number) ? readQuantised(this.packed(number), this.dimensions) : null;
  }

  /** Overwrites vectors with zeros; they keep their numbers and are near to nothing. */
  erase(from: number, count: number): void {
    for (let number = from; number < from + count; number++) {
      this.packed(number).fill(0);
      this.lengths[number] = 0;
    }
  }

  /** Writes the cosines of the question (which lies on the memory's desk) with `count` vectors to `target`, from `target[0]` on. */
  cosines({ step, sum }: QuantisedQuestion, target: Float32Array, from = 0, count = this.count): void {
    const { lengths, perSlab } = this;
    const middle = sum * middleLevel;
    const unit = step * lengthParts;
    for (let number = from; number < from + count;) {
      const inSlab = Math.min(from + count - number, perSlab - (number % perSlab));
      const products = this.memory.dots(this.address(number), inSlab, this.blocks);
      for (let index = 0; index < inSlab; index++, number++) {
        const length = lengths[number]!;
        target[number - from] = length === 0 ? 0 : ((products[index]! - middle) * unit) / length;
      }
    }
  }

  /** The same of single vectors, told by their numbers. */
  cosinesOf(asked: QuantisedQuestion, numbers: Int32Array, target: Float32Array): void {
    const middle = asked.sum * middleLevel;
    const unit = asked.step * lengthParts;
    for (let index = 0; index < numbers.length; index++) {
      const length = this.lengths[numbers[index]!]!;
      const product = this.memory.dots(this.address(numbers[index]!), 1, this.blocks)[0]!;
      target[index] = length === 0 ? 0 : ((product - middle) * unit) / length;
    }
  }

  /** Throws a RangeError for a vector that cannot be compared with those that are here. */
  expect(dimensions: number): void {
    if (this.count > 0 && dimensions !== this.dimensions)
      throw new RangeError(`A vector of ${dimensions} dimensions among vectors of ${this.dimensions}`);
  }

  /** Gives the memory back, overwritten. */
  drop(): void {
    for (const slab of this.slabs.splice(0)) this.memory.giveBack(slab);
    this.lengths = new Uint16Array(0);
    this.count = 0;
  }

  private measure(dimensions: number): void {
    if (dimensions > mostDimensions) throw new RangeError(`A vector of more than ${mostDimensions} dimensions`);
    this.dimensions = dimensions;
    this.blocks = Math.ceil(dimensions / blockNumbers);
    this.perSlab = Math.floor(slabBytes / this.packedBytes);
  }

  private makeRoomUpTo(number: number): void {
    this.count = Math.max(this.count, number + 1);
    while (this.count > this.slabs.length * this.perSlab) this.slabs.push(this.memory.take());
    this.lengths = growArray(this.lengths, this.count);
  }

  private address(number: number): number {
    return this.slabs[Math.floor(number / this.perSlab)]! + (number % this.perSlab) * this.packedBytes;
  }
}
