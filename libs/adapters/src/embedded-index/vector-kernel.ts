import {
  addIntegers,
  addNeighbours,
  addShorts,
  and,
  bytesOf,
  compileKernels,
  constant,
  get,
  kernelModule,
  laneOfIntegers,
  leaveIfZero,
  loadVector,
  multiplyBytes,
  openKernels,
  plus,
  repeatWhileBelow,
  set,
  shiftShortsRight,
  storeInteger,
  times,
  valueType,
  vectorBytes,
  zeros,
  type Code,
  type CompiledKernels,
  type KernelFunction,
  type KernelMemory,
} from '@docent/embedder/web-assembly';
import { plainRoughSums, roughKernel, type RoughSums } from './coarse-kernel';

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

let compiled: CompiledKernels | null | undefined;

/** The fast kernel; the plain one where the machine does not know its instructions. */
export function openKernel(memory: KernelMemory): VectorKernel {
  if (compiled === undefined) compiled = compile();
  return compiled ? openKernels(compiled, memory) : plainKernel(memory);
}

function compile(): CompiledKernels | null {
  try {
    return compileKernels(kernelModule([dotsKernel(), roughKernel()]));
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

function dotsKernel(): KernelFunction {
  const [target, question, base, count, blocks, end, asked, next, packed, sums, total, low] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
  ] as const;
  const addPiece = (piece: number, half: number, small: Code): Code => {
    const numbers = loadVector(get(asked), (piece * 2 + half) * vectorBytes);
    return set(sums, addShorts(get(sums), multiplyBytes(numbers, and(small, get(low)))));
  };
  const pieces = Array.from({ length: blockBytes / vectorBytes }, (_, piece) => [
    set(packed, loadVector(get(base), piece * vectorBytes)),
    addPiece(piece, 0, get(packed)),
    addPiece(piece, 1, shiftShortsRight(get(packed))),
  ]);
  const twoLanes = (first: number): Code => plus(laneOfIntegers(get(total), first), laneOfIntegers(get(total), first + 1));
  const code: Code = [
    leaveIfZero(get(count)),
    set(low, bytesOf(15)),
    set(end, plus(get(target), times(get(count), constant(4)))),
    repeatWhileBelow(get(target), get(end), [
      set(total, zeros),
      set(asked, get(question)),
      set(next, plus(get(base), times(get(blocks), constant(blockBytes)))),
      repeatWhileBelow(get(base), get(next), [
        set(sums, zeros),
        pieces,
        set(total, addIntegers(get(total), addNeighbours(get(sums)))),
        set(base, plus(get(base), constant(blockBytes))),
        set(asked, plus(get(asked), constant(blockNumbers))),
      ]),
      storeInteger(get(target), plus(twoLanes(0), twoLanes(2))),
      set(target, plus(get(target), constant(4))),
    ]),
  ];
  const locals: KernelFunction['locals'] = [
    [3, valueType.integer],
    [4, valueType.vector],
  ];
  return { name: 'dots', integers: 5, locals, code };
}
