import { lanes, largestEntry, tableBytes } from './coarse-kernel';
import { growArray } from './grow-array';
import { slabBytes, type VectorMemory } from './vector-memory';
import type { VectorStore } from './vector-store';

/** Vectors of more packed bytes would have tables beyond the desk; they are scanned whole. */
export const mostPackedBytes = slabBytes / tableBytes;
/** The upper two bits of a level, 0 to 3, stand for 1.5 steps below to 1.5 above the middle. */
const middle = 1.5;
const largestSum = 65_535;
/** Sums of the best so far are told apart in so many. */
const steps = 1_024;
/** Room for so many times what is wanted, before the worst are thrown out. */
const roomFor = 4;

/** The first of the two numbers whose levels a byte of a vector holds (`quantiseVector`); the other comes 16 later. */
const firstNumberOf = (byte: number): number => byte * 2 - (byte & 15);

/**
 * The upper two bits of each number of many vectors, sixteen vectors side by side, to tell quickly which of them may be near a question: half
 * the bytes of the vectors, and a look into tables instead of a multiplication. Numbered as the vectors are.
 */
export class CoarseCodes {
  private readonly slabs: number[] = [];
  private readonly rows: number;
  private readonly blocksPerSlab: number;
  private count = 0;
  private numbers = new Int32Array(0);
  private sums = new Uint16Array(0);
  private readonly ofStep = new Int32Array(steps);

  /** `packedBytes`: of one vector of 4 bits a number, at most {@link mostPackedBytes}. */
  constructor(
    private readonly memory: VectorMemory,
    private readonly packedBytes: number,
  ) {
    this.rows = packedBytes / 2;
    this.blocksPerSlab = Math.floor(slabBytes / (this.rows * lanes));
  }

  get bytes(): number {
    return this.slabs.length * slabBytes + this.numbers.length * 6;
  }

  /** Takes over a vector as it is kept there. */
  put(number: number, vectors: VectorStore): void {
    while (number >= this.slabs.length * this.blocksPerSlab * lanes) this.slabs.push(this.memory.take());
    this.count = Math.max(this.count, number + 1);
    const block = this.block(number);
    const packed = vectors.packed(number);
    for (let row = 0; row < this.rows; row++) block[row * lanes] = upperBits(packed[row * 2]!) | (upperBits(packed[row * 2 + 1]!) << 4);
  }

  /** Overwrites a code with zeros. */
  erase(number: number): void {
    if (number >= this.count) return;
    const block = this.block(number);
    for (let row = 0; row < this.rows; row++) block[row * lanes] = 0;
  }

  /**
   * Numbers of the vectors that seem nearest to the question on the desk, ascending, at least `wanted` where there are as many. All vectors are
   * taken to be equally long, in steps of their levels: they are, but for what was cut. `lengths`: of each vector; what has none was erased,
   * and its code of zeros would be near to many a question.
   */
  best(wanted: number, lengths: Uint16Array): Int32Array {
    this.layTables();
    const { memory, rows, blocksPerSlab } = this;
    const blocks = Math.ceil(this.count / lanes);
    let found = 0;
    let least = 0;
    this.makeRoom(wanted * roomFor);
    for (let first = 0; first < blocks; first += blocksPerSlab) {
      const kept = memory.rough(this.slabs[first / blocksPerSlab]!, Math.min(blocksPerSlab, blocks - first), rows, least);
      if (found + kept * lanes > this.numbers.length) {
        ({ found, least } = this.keepBest(found, wanted, least));
        this.makeRoom(found * 2 + kept * lanes);
      }
      found = this.gather(kept, first * lanes, found, least, lengths);
    }
    if (found > wanted) ({ found } = this.keepBest(found, wanted, least));
    return this.numbers.subarray(0, found);
  }

  /** Adds what reaches `least` in blocks of the slab whose first vector has the number `first`; returns how many there are with them. */
  private gather(kept: number, first: number, found: number, least: number, lengths: Uint16Array): number {
    const { numbers, sums } = this;
    const { roughBlocks, roughSums } = this.memory;
    for (let index = 0; index < kept; index++) {
      const from = first + roughBlocks[index]! * lanes;
      const inBlock = Math.min(lanes, this.count - from);
      for (let lane = 0; lane < inBlock; lane++) {
        const sum = roughSums[index * lanes + lane]!;
        if (sum < least || lengths[from + lane] === 0) continue;
        numbers[found] = from + lane;
        sums[found++] = sum;
      }
    }
    return found;
  }

  /** Gives the memory back, overwritten. */
  drop(): void {
    for (const slab of this.slabs.splice(0)) this.memory.giveBack(slab);
    this.count = 0;
  }

  /** For each two numbers of the question what they bring with each two of a vector, brought to what an entry holds. */
  private layTables(): void {
    const { question } = this.memory;
    const tables = this.memory.layTables(this.packedBytes * tableBytes);
    const reach = (first: number): number => Math.abs(question[first]!) + Math.abs(question[first + 16]!);
    let widest = 1;
    for (let table = 0; table < this.packedBytes; table++) widest = Math.max(widest, reach(firstNumberOf(table)));
    const perEntry = Math.min(largestEntry, Math.floor(largestSum / this.packedBytes)) / (widest * middle * 2);
    for (let table = 0; table < this.packedBytes; table++) {
      const first = firstNumberOf(table);
      const [left, right] = [question[first]!, question[first + 16]!];
      const lowest = reach(first) * middle;
      for (let place = 0; place < tableBytes; place++) {
        const product = left * ((place & 3) - middle) + right * ((place >> 2) - middle);
        tables[table * tableBytes + place] = Math.round((product + lowest) * perEntry);
      }
    }
  }

  /** Keeps about the `wanted` best of what was found, not fewer, in their order, and says what the others stay below. */
  private keepBest(found: number, wanted: number, least: number): { found: number; least: number } {
    const { numbers, sums, ofStep } = this;
    let most = least;
    for (let at = 0; at < found; at++) if (sums[at]! > most) most = sums[at]!;
    let shift = 0;
    while ((most - least) >> shift >= steps) shift++;
    ofStep.fill(0);
    for (let at = 0; at < found; at++) ofStep[(sums[at]! - least) >> shift]!++;
    let step = steps - 1;
    for (let reached = ofStep[step]!; step > 0 && reached < wanted;) reached += ofStep[--step]!;
    const enough = least + (step << shift);
    let kept = 0;
    for (let at = 0; at < found; at++) {
      if (sums[at]! < enough) continue;
      numbers[kept] = numbers[at]!;
      sums[kept++] = sums[at]!;
    }
    return { found: kept, least: enough };
  }

  private makeRoom(wanted: number): void {
    this.numbers = growArray(this.numbers, wanted);
    this.sums = growArray(this.sums, this.numbers.length);
  }

  /** From the vector's first byte on; the next ones lie {@link lanes} further each. */
  private block(number: number): Uint8Array {
    const block = Math.floor(number / lanes);
    const inSlab = (block % this.blocksPerSlab) * this.rows * lanes;
    const slab = this.slabs[Math.floor(block / this.blocksPerSlab)]!;
    return this.memory.at(slab + inSlab + (number % lanes), (this.rows - 1) * lanes + 1);
  }
}

/** Two levels of 4 bits as two numbers of 2 bits. */
function upperBits(packed: number): number {
  return ((packed >> 2) & 3) | ((packed >> 4) & 12);
}
