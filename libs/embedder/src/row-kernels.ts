import { flat, section, sized, text, type Code } from './web-assembly-code';
import {
  absoluteFloats,
  addFloat,
  addFloats,
  addShorts,
  and,
  bytesOf,
  constant,
  divideFloat,
  float,
  get,
  highHalfBytes,
  isZeroFloat,
  lane,
  largerFloat,
  largerFloats,
  leaveIf,
  leaveIfZero,
  loadInteger,
  loadVector,
  multiplyFloats,
  multiplyShorts,
  narrowIntegers,
  narrowShorts,
  nearestFloats,
  plus,
  repeatWhileBelow,
  rootOfFloat,
  set,
  shiftLeft,
  shuffle,
  splatFloat,
  splatShort,
  storeVector,
  subtractFloats,
  toFloats,
  toIntegers,
  valueType,
  vectorBytes,
  widenBytes,
  widenShorts,
} from './web-assembly-instructions';

/**
 * The inner loops of everything that is embedded, as a WebAssembly module of 128-bit vectors: ten times as fast as plain loops. All
 * addresses are bytes; a vector has a multiple of {@link numbersAtOnce} floats. No fused or relaxed operation: the same on every machine.
 */
export interface RowKernels {
  /**
   * Adds rows of 4-bit levels to the vector at `target`: each level times the row's factor (whole numbers, sums below 65 536), less `shift`,
   * times `unit`. `rows` and `factors` are the addresses of 32-bit numbers: where the rows lie, and their factors.
   */
  addHalfBytes(
    target: number,
    rows: number,
    factors: number,
    count: number,
    bytesPerRow: number,
    shift: number,
    unit: number,
  ): void;
  /** Adds a row of `count` bytes: each level times `factor`, less `shift`. */
  addBytes(target: number, row: number, count: number, factor: number, shift: number): void;
  /** Adds a vector of `count` bytes. */
  addVector(target: number, source: number, count: number): void;
  /** Makes a vector of `count` bytes unit length; one of zeros stays. */
  toUnit(target: number, count: number): void;
  /** Writes a vector of `count` floats as bytes around {@link middleOfBytes}, and returns what a step between them is worth. */
  toBytes(target: number, vector: number, count: number): number;
}

export const middleOfBytes = 128;

/** Dimensions must be a multiple of this. */
export const numbersAtOnce = 32;

export interface RowMemory {
  readonly buffer: ArrayBuffer;
}

/** The parts of WebAssembly's JavaScript interface (https://webassembly.github.io/spec/js-api) that are used here; the server's type library leaves it out. */
interface WebAssemblyInterface {
  Memory: new (description: { initial: number; maximum: number }) => RowMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: RowMemory } }) => { readonly exports: Record<string, unknown> };
}

const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly;
const pageBytes = 65_536;

/** A memory of at least so many bytes, all 0. */
export function openRowMemory(bytes: number): RowMemory {
  const pages = Math.ceil(bytes / pageBytes);
  return new Memory({ initial: pages, maximum: pages });
}

let compiled: object | undefined;

export function openRowKernels(memory: RowMemory): RowKernels {
  compiled ??= new Module(moduleBytes());
  return new Instance(compiled, { env: { memory } }).exports as unknown as RowKernels;
}

const bytes = (count: number): Code => constant(count);
const each = <T>(values: readonly T[], make: (value: T, at: number) => Code): Code => values.map(make);

/** 16 bytes of every row at a time: their sums stay in registers while the rows go by. */
function addHalfBytesCode(): Code {
  const [target, rows, factors, count, bytesPerRow, shift, unit, offset, at, end, behind, packed, factor, half] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
  ] as const;
  /** Even numbers 0 to 14, 16 to 30, odd ones likewise. */
  const [evenFirst, evenLast, oddFirst, oddLast] = [14, 15, 16, 17] as const;
  const sums = [evenFirst, evenLast, oddFirst, oddLast] as const;
  const addTo = (sum: number, upper: boolean): Code =>
    set(sum, addShorts(get(sum), multiplyShorts(widenBytes(get(half), upper), get(factor))));
  const addRow: Code = [
    set(packed, loadVector(plus(loadInteger(get(at)), get(offset)), 0)),
    set(factor, splatShort(loadInteger(plus(get(at), get(behind))))),
    set(half, and(get(packed), bytesOf(15))),
    [addTo(evenFirst, false), addTo(evenLast, true)],
    set(half, highHalfBytes(get(packed))),
    [addTo(oddFirst, false), addTo(oddLast, true)],
    set(at, plus(get(at), bytes(4))),
  ];
  const inTurn = (from: number): number[] =>
    Array.from({ length: 4 }, (_, pair) => from + pair * 2).flatMap((byte) => [byte, byte + 1, byte + 16, byte + 17]);
  /** Eight numbers of the even and odd sums in their order, then as floats. */
  const addEight = (even: number, odd: number, upper: boolean, place: number): Code => [
    set(half, shuffle(get(even), get(odd), inTurn(upper ? 8 : 0))),
    each([false, true], (last, index) => addFour(last, place + index * vectorBytes)),
  ];
  const addFour = (last: boolean, place: number): Code =>
    storeVector(
      get(target),
      place,
      addFloats(
        loadVector(get(target), place),
        multiplyFloats(subtractFloats(toFloats(widenShorts(get(half), last)), splatFloat(get(shift))), splatFloat(get(unit))),
      ),
    );
  return [
    leaveIfZero(get(count)),
    set(end, plus(get(rows), shiftLeft(get(count), 2))),
    // From a row's address to its factor.
    set(behind, [get(factors), get(rows), 0x6b]),
    repeatWhileBelow(get(offset), get(bytesPerRow), [
      each(sums, (sum) => set(sum, bytesOf(0))),
      set(at, get(rows)),
      repeatWhileBelow(get(at), get(end), addRow),
      addEight(evenFirst, oddFirst, false, 0),
      addEight(evenFirst, oddFirst, true, 32),
      addEight(evenLast, oddLast, false, 64),
      addEight(evenLast, oddLast, true, 96),
      set(target, plus(get(target), bytes(numbersAtOnce * 4))),
      set(offset, plus(get(offset), bytes(vectorBytes))),
    ]),
  ];
}

function addBytesCode(): Code {
  const [target, row, count, factor, shift, end, packed, half] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const addFour = (last: boolean, place: number): Code =>
    storeVector(
      get(target),
      place,
      addFloats(
        loadVector(get(target), place),
        subtractFloats(multiplyFloats(toFloats(widenShorts(get(half), last)), splatFloat(get(factor))), splatFloat(get(shift))),
      ),
    );
  return [
    leaveIfZero(get(count)),
    set(end, plus(get(row), get(count))),
    repeatWhileBelow(get(row), get(end), [
      set(packed, loadVector(get(row), 0)),
      each([false, true], (upper, index) => [
        set(half, widenBytes(get(packed), upper)),
        addFour(false, index * 32),
        addFour(true, index * 32 + vectorBytes),
      ]),
      set(row, plus(get(row), bytes(vectorBytes))),
      set(target, plus(get(target), bytes(vectorBytes * 4))),
    ]),
  ];
}

function addVectorCode(): Code {
  const [target, source, count, end] = [0, 1, 2, 3] as const;
  return [
    leaveIfZero(get(count)),
    set(end, plus(get(source), get(count))),
    repeatWhileBelow(get(source), get(end), [
      each([0, vectorBytes], (place) =>
        storeVector(get(target), place, addFloats(loadVector(get(target), place), loadVector(get(source), place))),
      ),
      set(source, plus(get(source), bytes(2 * vectorBytes))),
      set(target, plus(get(target), bytes(2 * vectorBytes))),
    ]),
  ];
}

function toUnitCode(): Code {
  const [target, count, at, end, square, factor, left, right] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const squared = (place: number): Code => multiplyFloats(loadVector(get(at), place), loadVector(get(at), place));
  return [
    leaveIfZero(get(count)),
    set(end, plus(get(target), get(count))),
    set(at, get(target)),
    repeatWhileBelow(get(at), get(end), [
      set(left, addFloats(get(left), squared(0))),
      set(right, addFloats(get(right), squared(vectorBytes))),
      set(at, plus(get(at), bytes(2 * vectorBytes))),
    ]),
    set(left, addFloats(get(left), get(right))),
    set(square, addFloat(addFloat(lane(get(left), 0), lane(get(left), 1)), addFloat(lane(get(left), 2), lane(get(left), 3)))),
    leaveIf(isZeroFloat(get(square))),
    set(factor, splatFloat(divideFloat(float(1), rootOfFloat(get(square))))),
    repeatWhileBelow(get(target), get(end), [
      storeVector(get(target), 0, multiplyFloats(loadVector(get(target), 0), get(factor))),
      set(target, plus(get(target), bytes(vectorBytes))),
    ]),
  ];
}

function toBytesCode(): Code {
  const [target, vector, count, at, end, step, largest, factor] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const four = (place: number): Code =>
    toIntegers(
      addFloats(nearestFloats(multiplyFloats(loadVector(get(at), place), get(factor))), splatFloat(float(middleOfBytes))),
    );
  const lanes = (first: number): Code => largerFloat(lane(get(largest), first), lane(get(largest), first + 1));
  return [
    set(end, plus(get(vector), shiftLeft(get(count), 2))),
    set(at, get(vector)),
    repeatWhileBelow(get(at), get(end), [
      set(largest, largerFloats(get(largest), absoluteFloats(loadVector(get(at), 0)))),
      set(at, plus(get(at), bytes(vectorBytes))),
    ]),
    set(step, divideFloat(largerFloat(lanes(0), lanes(2)), float(middleOfBytes - 1))),
    // A vector of zeros: any step will do.
    [isZeroFloat(get(step)), 0x04, 0x40, set(step, float(1)), 0x0b],
    set(factor, splatFloat(divideFloat(float(1), get(step)))),
    set(at, get(vector)),
    repeatWhileBelow(get(at), get(end), [
      storeVector(get(target), 0, narrowShorts(narrowIntegers(four(0), four(16)), narrowIntegers(four(32), four(48)))),
      set(target, plus(get(target), bytes(vectorBytes))),
      set(at, plus(get(at), bytes(4 * vectorBytes))),
    ]),
    get(step),
  ];
}

function moduleBytes(): Uint8Array {
  const { integer, vector } = valueType;
  const functionType = (integers: number, floats: number, result: Code = [0]): Code => [
    0x60,
    integers + floats,
    new Array<number>(integers).fill(integer),
    new Array<number>(floats).fill(valueType.float),
    result,
  ];
  const body = (locals: [count: number, type: number][], code: Code): Code => sized([locals.length, locals, code, 0x0b]);
  const names = ['addHalfBytes', 'addBytes', 'addVector', 'toUnit', 'toBytes'];
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, [
        names.length,
        functionType(5, 2),
        functionType(3, 2),
        functionType(3, 0),
        functionType(2, 0),
        functionType(3, 0, [1, valueType.float]),
      ]),
      section(2, [1, text('env'), text('memory'), 2, 0x00, 1]),
      section(3, [names.length, names.map((_, index) => index)]),
      section(7, [names.length, names.map((name, index) => [text(name), 0, index])]),
      section(10, [
        names.length,
        body(
          [
            [4, integer],
            [7, vector],
          ],
          addHalfBytesCode(),
        ),
        body(
          [
            [1, integer],
            [2, vector],
          ],
          addBytesCode(),
        ),
        body([[1, integer]], addVectorCode()),
        body(
          [
            [2, integer],
            [1, valueType.float],
            [3, vector],
          ],
          toUnitCode(),
        ),
        body(
          [
            [2, integer],
            [1, valueType.float],
            [2, vector],
          ],
          toBytesCode(),
        ),
      ]),
    ]),
  );
}
