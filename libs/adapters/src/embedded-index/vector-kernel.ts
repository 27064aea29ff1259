import { flat, section, signed, sized, text, unsigned, type Code } from '@docent/embedder';

/**
 * The inner loop of the vector scan as a WebAssembly module of 128-bit vectors, put together here byte by byte: dot products of one question
 * (bytes from -127 to 127) with many passages (4 bits a number, 0 to 15). All sums are whole numbers, so the plain loop below gives
 * exactly the same. Opcodes: https://webassembly.github.io/spec/core/binary/instructions.html
 */
export interface VectorKernel {
  /**
   * Writes the dot products of the question with the `count` vectors at `base` to `target`, 32-bit integers. A vector has `blocks` times
   * {@link blockBytes}. All addresses are bytes.
   */
  dots(target: number, question: number, base: number, count: number, blocks: number): void;
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
      for (let vector = 0, at = base; vector < count; vector++) {
        let sum = 0;
        // Each 16 bytes hold 32 numbers: the first 16 in the low halves, the others in the high halves.
        for (let index = 0; index < bytesPerVector; index++, at++) {
          const number = index * 2 - (index & 15);
          sum += asked[number]! * (bytes[at]! & 15) + asked[number + 16]! * (bytes[at]! >> 4);
        }
        sums[vector] = sum;
      }
    },
  };
}

const i32 = 0x7f;
const v128 = 0x7b;
const vectorBytes = 16;

const get = (local: number): Code => [0x20, local];
const set = (local: number, value: Code): Code => [value, 0x21, local];
const constant = (value: number): Code => [0x41, value];
const plus = (left: Code, right: Code): Code => [left, right, 0x6a];
const load = (address: number, offset: number): Code => [get(address), 0xfd, 0x00, 0, ...unsigned(offset)];
const zeros: Code = [0xfd, 0x0c, ...new Array<number>(vectorBytes).fill(0)];
const lowHalves: Code = [0xfd, 0x0c, ...new Array<number>(vectorBytes).fill(15)];
const and = (left: Code, right: Code): Code => [left, right, 0xfd, 0x4e];
const shiftRight4 = (value: Code): Code => [value, constant(4), 0xfd, 0x8d, 0x01];
const add16 = (left: Code, right: Code): Code => [left, right, 0xfd, 0x8e, 0x01];
const add32 = (left: Code, right: Code): Code => [left, right, 0xfd, 0xae, 0x01];
/** Relaxed only beyond 7 bits of the second operand, which has 4: products of neighbours added, as 16 bits. */
const dot16 = (signed: Code, small: Code): Code => [signed, small, 0xfd, ...unsigned(0x112)];
const addNeighbours = (value: Code): Code => [value, 0xfd, 0x7e];
const lane = (value: Code, index: number): Code => [value, 0xfd, 0x1b, index];
/** Runs the body, and again while `left` is below `right`. */
const repeatWhileBelow = (left: Code, right: Code, body: Code): Code => [0x03, 0x40, body, left, right, 0x49, 0x0d, 0, 0x0b];
const leaveIfZero = (value: Code): Code => [value, 0x45, 0x04, 0x40, 0x0f, 0x0b];

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
    set(low, lowHalves),
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

function moduleBytes(): Uint8Array {
  const locals: Code = [2, 3, i32, 4, v128];
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, [1, 0x60, 5, i32, i32, i32, i32, i32, 0]),
      section(2, [1, text('env'), text('memory'), 2, 0x00, 1]),
      section(3, [1, 0]),
      section(7, [1, text('dots'), 0, 0]),
      section(10, [1, sized([locals, dotsCode(), 0x0b])]),
    ]),
  );
}
