import type { KernelMemory } from '@docent/embedder/web-assembly';
import { quantiseQuestion, type QuantisedQuestion } from './quantise-vector';
import { openKernel, type VectorKernel } from './vector-kernel';
import { mostQuestionBytes, roomBytes, slabBytes, VectorRoom } from './vector-room';

export { slabBytes } from './vector-room';
/** More dimensions than any embedder has. */
export const mostDimensions = mostQuestionBytes;

/**
 * Memory for the vectors of all bots of one index, where kernels reach it: rooms of some megabytes, because what WebAssembly has once taken it
 * keeps. A room whose last slab was given back is given up, so that a set of vectors that was replaced costs nothing.
 */
export class VectorMemory {
  private readonly rooms: (VectorRoom | null)[] = [];
  /** The question as bytes; it stays until the next one: a search runs to its end at once. */
  readonly question = new Int8Array(mostQuestionBytes);
  private asked = this.question.subarray(0, 0);
  private questions = 0;
  private readonly allTables = new Uint8Array(slabBytes);
  private laid = this.allTables.subarray(0, 0);
  private tables = 0;
  private last: VectorRoom | null = null;

  constructor(private readonly open: (memory: KernelMemory) => VectorKernel = openKernel) {}

  /** What the rooms take, in bytes. */
  get bytes(): number {
    return this.rooms.reduce((sum, room) => sum + (room?.bytes.length ?? 0), 0);
  }

  /** Address of a slab of zeros. */
  take(): number {
    for (const [index, room] of this.rooms.entries()) {
      const slab = room?.take() ?? null;
      if (slab !== null) return index * roomBytes + slab;
    }
    const gap = this.rooms.indexOf(null);
    const index = gap < 0 ? this.rooms.length : gap;
    this.rooms[index] = new VectorRoom(this.open);
    return index * roomBytes + this.rooms[index].take()!;
  }

  /** What stood in the slab is overwritten. */
  giveBack(slab: number): void {
    const room = this.roomOf(slab);
    room.giveBack(slab % roomBytes);
    if (!room.isEmpty) return;
    this.rooms[Math.floor(slab / roomBytes)] = null;
    if (this.last === room) this.last = null;
  }

  at(address: number, length: number): Uint8Array {
    const place = address % roomBytes;
    return this.roomOf(address).bytes.subarray(place, place + length);
  }

  ask(question: Float32Array): QuantisedQuestion {
    this.asked = this.question.subarray(0, Math.max(question.length, this.asked.length));
    this.questions++;
    return quantiseQuestion(question, this.question);
  }

  /** Tables of so many bytes for {@link rough}, to be filled in before the next call. */
  layTables(bytes: number): Uint8Array {
    this.tables++;
    return (this.laid = this.allTables.subarray(0, bytes));
  }

  /** The first `count` are the dot products of the question with as many vectors of one slab; valid until the next call. */
  dots(address: number, count: number, blocks: number): Int32Array {
    const room = this.roomOf(address);
    room.layQuestion(this.asked, this.questions);
    room.dots(address % roomBytes, count, blocks);
    return room.products;
  }

  /** See `RoughSums`, for blocks of one slab; {@link roughSums} and {@link roughBlocks} are valid until the next call. */
  rough(address: number, blocks: number, rows: number, least: number): number {
    const room = (this.last = this.roomOf(address));
    room.layTables(this.laid, this.tables);
    return room.rough(address % roomBytes, blocks, rows, least);
  }

  get roughSums(): Uint16Array {
    return this.last!.roughSums;
  }

  get roughBlocks(): Int32Array {
    return this.last!.roughBlocks;
  }

  private roomOf(address: number): VectorRoom {
    return this.rooms[Math.floor(address / roomBytes)]!;
  }
}
