import { ordinalsBehind } from './coarse-kernel';
import { quantiseQuestion, type QuantisedQuestion } from './quantise-vector';
import { openKernel, openKernelMemory, type KernelMemory, type VectorKernel } from './vector-kernel';

/** Vectors lie in pieces of this size, so that a bot grows without copying and gives back what it had. */
export const slabBytes = 16_384;
/** Grown in steps of a megabyte, to the four gigabytes that there can be. */
const pagesPerStep = 16;
const mostPages = 65_535;
/** The first two slabs are the desk: the question, the dot products of one slab or the rough sums of one, and the tables that those are read from. */
const deskSlabs = 2;
const questionPlace = 0;
const productsPlace = 8_192;
const mostProducts = 1_024;
const tablesPlace = slabBytes;
const mostBlocks = 64;
/** More dimensions than any embedder has. */
export const mostDimensions = 8_192;

/** Memory for the vectors of all bots of one index, where the kernel reaches it. */
export class VectorMemory {
  private readonly memory: KernelMemory = openKernelMemory(1, mostPages);
  private readonly kernel: VectorKernel;
  private bytes = new Uint8Array(this.memory.buffer);
  private products = new Int32Array(this.memory.buffer, productsPlace, mostProducts);
  roughSums = new Uint16Array(this.memory.buffer, productsPlace, mostProducts);
  roughBlocks = new Int32Array(this.memory.buffer, productsPlace + ordinalsBehind, mostBlocks);
  private readonly free: number[] = [];
  private slabs = deskSlabs;

  constructor(open: (memory: KernelMemory) => VectorKernel = openKernel) {
    this.kernel = open(this.memory);
  }

  /** Address of a slab of zeros. */
  take(): number {
    const slab = this.free.pop() ?? this.slabs++ * slabBytes;
    if (slab + slabBytes > this.bytes.length) {
      this.memory.grow(pagesPerStep);
      this.bytes = new Uint8Array(this.memory.buffer);
      this.products = new Int32Array(this.memory.buffer, productsPlace, mostProducts);
      this.roughSums = new Uint16Array(this.memory.buffer, productsPlace, mostProducts);
      this.roughBlocks = new Int32Array(this.memory.buffer, productsPlace + ordinalsBehind, mostBlocks);
    }
    return slab;
  }

  /** What stood in the slab is overwritten. */
  giveBack(slab: number): void {
    this.bytes.fill(0, slab, slab + slabBytes);
    this.free.push(slab);
  }

  at(address: number, length: number): Uint8Array {
    return this.bytes.subarray(address, address + length);
  }

  /** Lays the question on the desk. It stays there until the next one: a search runs to its end at once. */
  ask(question: Float32Array): QuantisedQuestion {
    return quantiseQuestion(question, this.question);
  }

  /** The question as it lies on the desk. */
  get question(): Int8Array {
    return new Int8Array(this.bytes.buffer, questionPlace, productsPlace - questionPlace);
  }

  /** Where the tables of {@link rough} lie. */
  get tables(): Uint8Array {
    return this.bytes.subarray(tablesPlace, tablesPlace + slabBytes);
  }

  /** See `RoughSums`, for blocks of one slab; {@link roughSums} and {@link roughBlocks} are valid until the next call. */
  rough(address: number, blocks: number, rows: number, least: number): number {
    return this.kernel.rough(productsPlace, tablesPlace, address, blocks, rows, least);
  }

  /** The first `count` are the dot products of the question with as many vectors of one slab; valid until the next call. */
  dots(address: number, count: number, blocks: number): Int32Array {
    this.kernel.dots(productsPlace, questionPlace, address, count, blocks);
    return this.products;
  }
}
