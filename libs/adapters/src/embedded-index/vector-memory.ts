import { quantiseQuestion, type QuantisedQuestion } from './quantise-vector';
import { openKernel, openKernelMemory, type KernelMemory, type VectorKernel } from './vector-kernel';

/** Vectors lie in pieces of this size, so that a bot grows without copying and gives back what it had. */
export const slabBytes = 16_384;
/** Grown in steps of a megabyte, to the four gigabytes that there can be. */
const pagesPerStep = 16;
const mostPages = 65_535;
/** The first slab is the desk: the question, and the dot products of one slab. */
const questionPlace = 0;
const productsPlace = 8_192;
const mostProducts = 1_024;
/** More dimensions than any embedder has. */
export const mostDimensions = 8_192;

/** Memory for the vectors of all bots of one index, where the kernel reaches it. */
export class VectorMemory {
  private readonly memory: KernelMemory = openKernelMemory(1, mostPages);
  private readonly kernel: VectorKernel;
  private bytes = new Uint8Array(this.memory.buffer);
  private products = new Int32Array(this.memory.buffer, productsPlace, mostProducts);
  private readonly free: number[] = [];
  private slabs = 1;

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
    return quantiseQuestion(question, new Int8Array(this.bytes.buffer, questionPlace, productsPlace - questionPlace));
  }

  /** The first `count` are the dot products of the question with as many vectors of one slab; valid until the next call. */
  dots(address: number, count: number, blocks: number): Int32Array {
    this.kernel.dots(productsPlace, questionPlace, address, count, blocks);
    return this.products;
  }
}
