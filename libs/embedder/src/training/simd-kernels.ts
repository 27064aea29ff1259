import type { Code } from '../web-assembly/code';
import {
  addFloat,
  addFloats,
  constant,
  get,
  laneOfFloats,
  leaveIfZero,
  loadFloat,
  loadInteger,
  loadVector,
  multiplyFloats,
  plus,
  repeatWhileBelow,
  set,
  splatFloat,
  storeFloat,
  storeVector,
  times,
  valueType,
  vectorBytes,
  zeros,
} from '../web-assembly/instructions';
import { compileKernels, openKernels, type SharedKernelMemory } from '../web-assembly/kernel-machine';
import { kernelModule, type KernelFunction } from '../web-assembly/kernel-module';

/**
 * The two inner loops of training as a WebAssembly module of 128-bit vectors (four 32-bit floats), put together here byte by byte: the same
 * loops in plain JavaScript take six times as long. Results are the same on every machine: no fused or relaxed operation is used.
 * Opcodes: https://webassembly.github.io/spec/core/binary/instructions.html
 */
export interface SimdKernels {
  /** Adds `count` rows to the vector at `target`: row number `indices[k]` of the table at `base`, times `weights[k]`. All but the last two are byte addresses. */
  weightedSum(target: number, base: number, indices: number, weights: number, count: number, bytesPerRow: number): void;
  /** Writes the dot products of `vector` with the `count` rows at `base` to `target`. */
  dots(target: number, vector: number, base: number, count: number, bytesPerRow: number): void;
}

/** `bytesPerRow` must be a multiple of this. */
export const rowMultiple = 128;

/** Both kernels work on the given memory, which threads share. */
export function openSimdKernels(memory: SharedKernelMemory, pages: number): SimdKernels {
  const module = kernelModule([weightedSumKernel(), dotsKernel()], { sharedPages: pages });
  return openKernels(compileKernels(module), memory);
}

const { integer, vector: vectorType } = valueType;
const sumVectors = 8;
const dotVectors = 4;

/** Eight vectors of the sum stay in registers while the rows go by. */
function weightedSumKernel(): KernelFunction {
  const [target, base, indices, weights, count, bytesPerRow, offset, index, end, weight, row, factor, sums] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  ] as const;
  const each = (make: (at: number) => Code): Code => Array.from({ length: sumVectors }, (_, at) => make(at));
  const place = plus(get(target), get(offset));
  const weighted = (at: number): Code => multiplyFloats(get(factor), loadVector(get(row), at * vectorBytes));
  const addRow: Code = [
    set(row, plus(plus(get(base), times(loadInteger(get(index)), get(bytesPerRow))), get(offset))),
    set(factor, splatFloat(loadFloat(get(weight)))),
    each((at) => set(sums + at, addFloats(get(sums + at), weighted(at)))),
    set(index, plus(get(index), constant(4))),
    set(weight, plus(get(weight), constant(4))),
  ];
  const code: Code = [
    leaveIfZero(get(count)),
    set(end, plus(get(indices), times(get(count), constant(4)))),
    repeatWhileBelow(get(offset), get(bytesPerRow), [
      each((at) => set(sums + at, loadVector(place, at * vectorBytes))),
      set(index, get(indices)),
      set(weight, get(weights)),
      repeatWhileBelow(get(index), get(end), addRow),
      each((at) => storeVector(place, at * vectorBytes, get(sums + at))),
      set(offset, plus(get(offset), constant(sumVectors * vectorBytes))),
    ]),
  ];
  const locals: KernelFunction['locals'] = [
    [5, integer],
    [1 + sumVectors, vectorType],
  ];
  return { name: 'weightedSum', integers: 6, locals, code };
}

function dotsKernel(): KernelFunction {
  const [target, vector, base, count, bytesPerRow, end, offset, sums] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const each = (make: (at: number) => Code): Code => Array.from({ length: dotVectors }, (_, at) => make(at));
  const piece = (start: number, at: number): Code => loadVector(plus(get(start), get(offset)), at * vectorBytes);
  const total = addFloats(addFloats(get(sums), get(sums + 1)), addFloats(get(sums + 2), get(sums + 3)));
  const twoLanes = (first: number): Code => addFloat(laneOfFloats(get(sums), first), laneOfFloats(get(sums), first + 1));
  const code: Code = [
    leaveIfZero(get(count)),
    set(end, plus(get(target), times(get(count), constant(4)))),
    repeatWhileBelow(get(target), get(end), [
      each((at) => set(sums + at, zeros)),
      set(offset, constant(0)),
      repeatWhileBelow(get(offset), get(bytesPerRow), [
        each((at) => set(sums + at, addFloats(get(sums + at), multiplyFloats(piece(vector, at), piece(base, at))))),
        set(offset, plus(get(offset), constant(dotVectors * vectorBytes))),
      ]),
      set(sums, total),
      storeFloat(get(target), addFloat(twoLanes(0), twoLanes(2))),
      set(target, plus(get(target), constant(4))),
      set(base, plus(get(base), get(bytesPerRow))),
    ]),
  ];
  const locals: KernelFunction['locals'] = [
    [2, integer],
    [dotVectors, vectorType],
  ];
  return { name: 'dots', integers: 5, locals, code };
}
