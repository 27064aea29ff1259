import { openRowKernels, type RowKernels } from './row-kernels';
import { openKernelMemory, pageBytes } from './web-assembly/kernel-machine';

/** Places begin at multiples of this, so that typed views can be laid over them. */
const alignment = 64;

/**
 * One memory for the embedder file and everything that is summed, where WebAssembly reaches it. Places are handed out once, when a file is
 * opened, and stay.
 */
export class RowRoom {
  readonly kernels: RowKernels;
  readonly bytes: Uint8Array;
  readonly integers: Int32Array;
  readonly floats: Float32Array;
  private next: number;

  /** Copies the file to address 0; `more` bytes can be reserved beside it. */
  constructor(
    file: Uint8Array,
    readonly dimensions: number,
    more: number,
  ) {
    const memory = openKernelMemory(Math.ceil((reserved(file.length) + more) / pageBytes));
    this.kernels = openRowKernels(memory);
    this.bytes = new Uint8Array(memory.buffer);
    this.integers = new Int32Array(memory.buffer);
    this.floats = new Float32Array(memory.buffer);
    this.bytes.set(file);
    this.next = reserved(file.length);
  }

  /** Address of a place of its own for so many bytes. */
  reserve(bytes: number): number {
    const place = this.next;
    this.next += reserved(bytes);
    if (this.next > this.bytes.length) throw new RangeError('No room for so many rows');
    return place;
  }

  reserveVector(): number {
    return this.reserve(this.dimensions * 4);
  }

  clear(vector: number): void {
    this.floats.fill(0, vector >> 2, (vector >> 2) + this.dimensions);
  }

  copy(vector: number, target: number): void {
    this.floats.copyWithin(target >> 2, vector >> 2, (vector >> 2) + this.dimensions);
  }

  add(vector: number, target: number): void {
    this.kernels.addVector(target, vector, this.dimensions * 4);
  }

  toUnit(vector: number): void {
    this.kernels.toUnit(vector, this.dimensions * 4);
  }

  /** A copy of the vector. */
  read(vector: number): Float32Array {
    return this.floats.slice(vector >> 2, (vector >> 2) + this.dimensions);
  }
}

/** What {@link RowRoom.reserve} takes for so many bytes. */
export function reserved(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** Room that so many vectors take. */
export function bytesOfVectors(count: number, dimensions: number): number {
  return count * reserved(dimensions * 4);
}
