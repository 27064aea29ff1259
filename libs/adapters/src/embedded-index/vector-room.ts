import { openKernelMemory, pageBytes, type KernelMemory } from '@docent/embedder/web-assembly';
import { ordinalsBehind } from './coarse-kernel';
import type { VectorKernel } from './vector-kernel';

/** Vectors lie in pieces of this size, so that a bot grows without copying and gives back what it had. */
export const slabBytes = 16_384;
/** What can be reached by one kernel; the whole of it goes back to the system when nothing lies there any more. */
export const roomBytes = 8_388_608;
/** Grown in steps of a megabyte. */
const pagesPerStep = 16;
/** The first two slabs are the desk: the question, the dot products of one slab or the rough sums of one, and the tables that those are read from. */
const deskSlabs = 2;
const questionPlace = 0;
export const mostQuestionBytes = 8_192;
const productsPlace = mostQuestionBytes;
const mostProducts = 1_024;
const mostBlocks = 64;
const tablesPlace = slabBytes;

/** A memory of WebAssembly with a kernel of its own. */
export class VectorRoom {
  private readonly memory: KernelMemory = openKernelMemory(1, roomBytes / pageBytes);
  private readonly kernel: VectorKernel;
  private readonly free: number[] = [];
  private slabs = deskSlabs;
  bytes = new Uint8Array(this.memory.buffer);
  products = new Int32Array(this.memory.buffer, productsPlace, mostProducts);
  roughSums = new Uint16Array(this.memory.buffer, productsPlace, mostProducts);
  roughBlocks = new Int32Array(this.memory.buffer, productsPlace + ordinalsBehind, mostBlocks);
  /** Which question and which tables lie on the desk. */
  private question = 0;
  private tables = 0;

  constructor(open: (memory: KernelMemory) => VectorKernel) {
    this.kernel = open(this.memory);
  }

  get isEmpty(): boolean {
    return this.free.length === this.slabs - deskSlabs;
  }

  /** Place of a slab of zeros; null where there is no room left. */
  take(): number | null {
    const slab = this.free.pop();
    if (slab !== undefined) return slab;
    const next = this.slabs * slabBytes;
    if (next + slabBytes > roomBytes) return null;
    this.slabs++;
    if (next + slabBytes > this.bytes.length) this.grow();
    return next;
  }

  /** What stood in the slab is overwritten. */
  giveBack(slab: number): void {
    this.bytes.fill(0, slab, slab + slabBytes);
    this.free.push(slab);
  }

  /** Puts the question on the desk, where it is another one than last time. */
  layQuestion(question: Int8Array, turn: number): void {
    if (this.question === turn) return;
    this.question = turn;
    this.bytes.set(question, questionPlace);
  }

  layTables(tables: Uint8Array, turn: number): void {
    if (this.tables === turn) return;
    this.tables = turn;
    this.bytes.set(tables, tablesPlace);
  }

  dots(place: number, count: number, blocks: number): void {
    this.kernel.dots(productsPlace, questionPlace, place, count, blocks);
  }

  rough(place: number, blocks: number, rows: number, least: number): number {
    return this.kernel.rough(productsPlace, tablesPlace, place, blocks, rows, least);
  }

  private grow(): void {
    const pages = this.bytes.length / pageBytes;
    this.memory.grow(Math.min(pagesPerStep, roomBytes / pageBytes - pages));
    this.bytes = new Uint8Array(this.memory.buffer);
    this.products = new Int32Array(this.memory.buffer, productsPlace, mostProducts);
    this.roughSums = new Uint16Array(this.memory.buffer, productsPlace, mostProducts);
    this.roughBlocks = new Int32Array(this.memory.buffer, productsPlace + ordinalsBehind, mostBlocks);
  }
}
