import { flat, section, signed, sized, text, type Code } from '@docent/embedder';
import { plainRoughSums, roughCode, roughLocals, type RoughSums } from './coarse-kernel';
import {
  add16,
  add32,
  addNeighbours,
  and,
  bytesOf,
  constant,
  dot16,
  get,
  integer,
  lane,
  leaveIfZero,
  load,
  plus,
  repeatWhileBelow,
  set,
  shiftRight4,
  vector,
  vectorBytes,
  zeros,
} from './kernel-instructions';

/**
 * The inner loops of the vector scan as a WebAssembly module of 128-bit vectors, put together here byte by byte: dot products of one question
 * (bytes from -127 to 127) with many passages (4 bits a number, 0 to 15). All sums are whole numbers, so the plain loop below gives
 * exactly the same. Opcodes: https://webassembly.github.io/spec/core/binary/instructions.html
 */
export interface VectorKernel {
  /**
   * Writes the dot products of the question with the `count` vectors at `base` to `target`, 32-bit integers. A vector has `blocks` times
   * {@link blockBytes}. All addresses are bytes.
   */
  dots(target: number, question: number, base: number, count: number, blocks: number): void;
  /** {@link RoughSums} */
  rough: RoughSums;
}

/** 128 numbers of 4 bits: what fits into 16-bit sums. */
export const blockBytes = 64;
export const blockNumbers = blockBytes * 2;

export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The few parts of WebAssembly's JavaScript interface (https://webassembly.github.io/spec/js-api) that are used here; the server's type library leaves it out. */
interface WebAssemblyInterface {
  Memory: new (description: { initial: number; maximum: number }) => KernelMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: KernelMemory } }) => { readonly exports: Record<string, unknown> };
}

const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly;

/** 64 KiB each. */
export function openKernelMemory(pages: number, mostPages: number): KernelMemory {
  return new Memory({ initial: pages, maximum: mostPages });
}

let compiled: object | null | undefined;

/** The fast kernel; the plain one where the machine does not know its instructions. */
export function openKernel(memory: KernelMemory): VectorKernel {
  if (compiled === undefined) compiled = compile();
  if (!compiled) return plainKernel(memory);
  return new Instance(compiled, { env: { memory } }).exports as unknown as VectorKernel;
}

function compile(): object | null {
  try {
    return new Module(moduleBytes());
  } catch {
    return null;
  }
}

/** The same in plain JavaScript. */
export function plainKernel(memory: KernelMemory): VectorKernel {
  return {
    dots(target, question, base, count, blocks) {
      const bytes = new Uint8Array(memory.buffer);
      const asked = new Int8Array(memory.buffer, question);
      const sums = new Int32Array(memory.buffer, target, count);
      const bytesPerVector = blocks * blockBytes;
      for (let number = 0, at = base; number < count; number++) {
        let sum = 0;
        // Each 16 bytes hold 32 numbers: the first 16 in the low halves, the others in the high halves.
        for (let index = 0; index < bytesPerVector; index++, at++) {
          const place = index * 2 - (index & 15);
          sum += asked[place]! * (bytes[at]! & 15) + asked[place + 16]! * (bytes[at]! >> 4);
        }
        sums[number] = sum;
      }
    },
    rough: plainRoughSums(memory),
  };
}

function dotsCode(): Code {
  const [target, question, base, count, blocks, end, asked, next, packed, sums, total, low] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
  ] as const;
  const pieces = Array.from({ length: blockBytes / vectorBytes }, (_, piece) => [
    set(packed, load(base, piece * vectorBytes)),
    set(sums, add16(get(sums), dot16(load(asked, piece * 32), and(get(packed), get(low))))),
    set(sums, add16(get(sums), dot16(load(asked, piece * 32 + vectorBytes), and(shiftRight4(get(packed)), get(low))))),
  ]);
  const lanes = plus(plus(lane(get(total), 0), lane(get(total), 1)), plus(lane(get(total), 2), lane(get(total), 3)));
  return [
    leaveIfZero(get(count)),
    set(low, bytesOf(15)),
    set(end, plus(get(target), [get(count), constant(4), 0x6c])),
    repeatWhileBelow(get(target), get(end), [
      set(total, zeros),
      set(asked, get(question)),
      set(next, plus(get(base), [get(blocks), [0x41, ...signed(blockBytes)], 0x6c])),
      repeatWhileBelow(get(base), get(next), [
        set(sums, zeros),
        pieces,
        set(total, add32(get(total), addNeighbours(get(sums)))),
        set(base, plus(get(base), [0x41, ...signed(blockBytes)])),
        set(asked, plus(get(asked), [0x41, ...signed(blockNumbers)])),
      ]),
      [get(target), lanes, 0x36, 2, 0],
      set(target, plus(get(target), constant(4))),
    ]),
  ];
}

/** The beginning of a function's type: so many integers come in. */
const takes = (count: number): Code => [0x60, count, new Array<number>(count).fill(integer)];

function moduleBytes(): Uint8Array {
  const locals: Code = [2, 3, integer, 4, vector];
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, [2, takes(5), 0, takes(6), 1, integer]),
      section(2, [1, text('env'), text('memory'), 2, 0x00, 1]),
      section(3, [2, 0, 1]),
      section(7, [2, text('dots'), 0, 0, text('rough'), 0, 1]),
      section(10, [2, sized([locals, dotsCode(), 0x0b]), sized([roughLocals, roughCode(), 0x0b])]),
    ]),
  );
}
