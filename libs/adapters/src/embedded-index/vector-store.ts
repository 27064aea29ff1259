import { growArray } from './grow-array';
import { middleLevel, quantiseVector, type QuantisedQuestion } from './quantise-vector';
import { blockBytes, blockNumbers } from './vector-kernel';
import { mostDimensions, slabBytes, type VectorMemory } from './vector-memory';

/** Vectors of one length with 4 bits a number, numbered in order of arrival. */
export class VectorStore {
  private readonly slabs: number[] = [];
  /** What makes a dot product the cosine; 0: no vector (any more). */
  private factors = new Float32Array(0);
  private count = 0;
  private dimensions = 0;
  private blocks = 0;
  private perSlab = 0;

  constructor(private readonly memory: VectorMemory) {}

  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.slabs.length * slabBytes + this.factors.byteLength;
  }

  /** Returns the vector's number. Throws a RangeError for a vector of another length than the first. */
  add(vector: Float32Array): number {
    if (this.count === 0) this.measure(vector.length);
    this.expect(vector.length);
    const number = this.makeRoom();
    this.replace(number, vector);
    return number;
  }

  replace(number: number, vector: Float32Array): void {
    this.factors[number] = quantiseVector(vector, this.memory.at(this.address(number), this.blocks * blockBytes));
  }

  /** Adds a vector of another store as it is. */
  addFrom(other: VectorStore, number: number): number {
    if (this.count === 0) this.measure(other.dimensions);
    const place = this.makeRoom();
    const length = this.blocks * blockBytes;
    this.memory.at(this.address(place), length).set(other.memory.at(other.address(number), length));
    this.factors[place] = other.factors[number]!;
    return place;
  }

  /** Overwrites vectors with zeros; they keep their numbers and are near to nothing. */
  erase(from: number, count: number): void {
    for (let number = from; number < from + count; number++) {
      this.memory.at(this.address(number), this.blocks * blockBytes).fill(0);
      this.factors[number] = 0;
    }
  }

  /** Writes the cosines of the question (which lies on the memory's desk) with `count` vectors to `target`, from `target[0]` on. */
  cosines({ step, sum }: QuantisedQuestion, target: Float32Array, from = 0, count = this.count): void {
    const middle = sum * middleLevel;
    for (let number = from; number < from + count;) {
      const inSlab = Math.min(from + count - number, this.perSlab - (number % this.perSlab));
      const products = this.memory.dots(this.address(number), inSlab, this.blocks);
      for (let index = 0; index < inSlab; index++, number++)
        target[number - from] = (products[index]! - middle) * this.factors[number]! * step;
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
    this.factors = new Float32Array(0);
    this.count = 0;
  }

  private measure(dimensions: number): void {
    if (dimensions > mostDimensions) throw new RangeError(`A vector of more than ${mostDimensions} dimensions`);
    this.dimensions = dimensions;
    this.blocks = Math.ceil(dimensions / blockNumbers);
    this.perSlab = Math.floor(slabBytes / (this.blocks * blockBytes));
  }

  private makeRoom(): number {
    const number = this.count++;
    if (number === this.slabs.length * this.perSlab) this.slabs.push(this.memory.take());
    this.factors = growArray(this.factors, this.count);
    return number;
  }

  private address(number: number): number {
    return this.slabs[Math.floor(number / this.perSlab)]! + (number % this.perSlab) * this.blocks * blockBytes;
  }
}
