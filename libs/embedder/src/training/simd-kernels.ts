import { flat, section, signed, sized, text, unsigned, type Code } from '../web-assembly-code';

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

/** Both kernels work on the given memory, which may be shared between threads. */
export function compileKernels(memory: WebAssembly.Memory, maximumPages: number): SimdKernels {
  const module = new WebAssembly.Module(moduleBytes(maximumPages));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as SimdKernels;
}

const i32 = 0x7f;
const v128 = 0x7b;
const vectorBytes = 16;
const sumVectors = 8;
const dotVectors = 4;

const get = (local: number): Code => [0x20, local];
const set = (local: number, value: Code): Code => [value, 0x21, local];
const constant = (value: number): Code => [0x41, signed(value)];
const plus = (left: Code, right: Code): Code => [left, right, 0x6a];
const times = (left: Code, right: Code): Code => [left, right, 0x6c];
const loadInteger = (address: Code): Code => [address, 0x28, 2, 0];
const loadFloat = (address: Code): Code => [address, 0x2a, 2, 0];
const loadVector = (address: Code, index: number): Code => [address, 0xfd, 0x00, 2, unsigned(index * vectorBytes)];
const storeVector = (address: Code, index: number, value: Code): Code => [
  address,
  value,
  0xfd,
  0x0b,
  2,
  unsigned(index * vectorBytes),
];
const splat = (value: Code): Code => [value, 0xfd, 0x13];
const addVectors = (left: Code, right: Code): Code => [left, right, 0xfd, 0xe4, 0x01];
const multiplyVectors = (left: Code, right: Code): Code => [left, right, 0xfd, 0xe6, 0x01];
const lane = (value: Code, index: number): Code => [value, 0xfd, 0x1f, index];
const addFloats = (left: Code, right: Code): Code => [left, right, 0x92];
const zeroVector: Code = [0xfd, 0x0c, ...new Array<number>(vectorBytes).fill(0)];
/** Runs the body, and again while `left` is below `right`. */
const repeatWhileBelow = (left: Code, right: Code, body: Code): Code => [0x03, 0x40, body, left, right, 0x49, 0x0d, 0, 0x0b];
const leaveIfZero = (value: Code): Code => [value, 0x45, 0x04, 0x40, 0x0f, 0x0b];

/** Eight vectors of the sum stay in registers while the rows go by. */
function weightedSumCode(): Code {
  const [target, base, indices, weights, count, bytesPerRow, offset, index, end, weight, row, factor, sums] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  ] as const;
  const each = (make: (at: number) => Code): Code => Array.from({ length: sumVectors }, (_, at) => make(at));
  const addRow: Code = [
    set(row, plus(plus(get(base), times(loadInteger(get(index)), get(bytesPerRow))), get(offset))),
    set(factor, splat(loadFloat(get(weight)))),
    each((at) => set(sums + at, addVectors(get(sums + at), multiplyVectors(get(factor), loadVector(get(row), at))))),
    set(index, plus(get(index), constant(4))),
    set(weight, plus(get(weight), constant(4))),
  ];
  return [
    leaveIfZero(get(count)),
    set(end, plus(get(indices), times(get(count), constant(4)))),
    repeatWhileBelow(get(offset), get(bytesPerRow), [
      each((at) => set(sums + at, loadVector(plus(get(target), get(offset)), at))),
      set(index, get(indices)),
      set(weight, get(weights)),
      repeatWhileBelow(get(index), get(end), addRow),
      each((at) => storeVector(plus(get(target), get(offset)), at, get(sums + at))),
      set(offset, plus(get(offset), constant(sumVectors * vectorBytes))),
    ]),
  ];
}

function dotsCode(): Code {
  const [target, vector, base, count, bytesPerRow, end, offset, sums] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const each = (make: (at: number) => Code): Code => Array.from({ length: dotVectors }, (_, at) => make(at));
  const total = addVectors(addVectors(get(sums), get(sums + 1)), addVectors(get(sums + 2), get(sums + 3)));
  const lanes = addFloats(addFloats(lane(get(sums), 0), lane(get(sums), 1)), addFloats(lane(get(sums), 2), lane(get(sums), 3)));
  return [
    leaveIfZero(get(count)),
    set(end, plus(get(target), times(get(count), constant(4)))),
    repeatWhileBelow(get(target), get(end), [
      each((at) => set(sums + at, zeroVector)),
      set(offset, constant(0)),
      repeatWhileBelow(get(offset), get(bytesPerRow), [
        each((at) =>
          set(
            sums + at,
            addVectors(
              get(sums + at),
              multiplyVectors(loadVector(plus(get(vector), get(offset)), at), loadVector(plus(get(base), get(offset)), at)),
            ),
          ),
        ),
        set(offset, plus(get(offset), constant(dotVectors * vectorBytes))),
      ]),
      set(sums, total),
      [get(target), lanes, 0x38, 2, 0],
      set(target, plus(get(target), constant(4))),
      set(base, plus(get(base), get(bytesPerRow))),
    ]),
  ];
}

function moduleBytes(maximumPages: number): Uint8Array<ArrayBuffer> {
  const functionType = (parameters: number): Code => [0x60, parameters, new Array<number>(parameters).fill(i32), 0];
  const body = (integers: number, vectors: number, code: Code): Code => sized([2, integers, i32, vectors, v128, code, 0x0b]);
  const exported = (name: string, index: number): Code => [text(name), 0, index];
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, [2, functionType(6), functionType(5)]),
      section(2, [1, text('env'), text('memory'), 2, 0x03, 1, unsigned(maximumPages)]),
      section(3, [2, 0, 1]),
      section(7, [2, exported('weightedSum', 0), exported('dots', 1)]),
      section(10, [2, body(5, 1 + sumVectors, weightedSumCode()), body(2, dotVectors, dotsCode())]),
    ]),
  );
}
