import type { Code } from './web-assembly/code';
import {
  addShorts,
  addToFloats,
  and,
  bytesOf,
  constant,
  get,
  highHalfBytes,
  leaveIfZero,
  loadInteger,
  loadVector,
  minus,
  multiplyFloats,
  multiplyShorts,
  plus,
  repeatWhileBelow,
  set,
  shiftLeft,
  shuffle,
  splatFloat,
  splatShort,
  subtractFloats,
  toFloats,
  valueType,
  vectorBytes,
  widenBytes,
  widenShorts,
} from './web-assembly/instructions';
import type { KernelFunction } from './web-assembly/kernel-module';

const { integer, vector } = valueType;

/** So many numbers stand in the 16 bytes of a row of 4-bit levels that are added in one go: dimensions must be a multiple of this. */
export const numbersAtOnce = 32;

/** `RowKernels.addHalfBytes`: 16 bytes of every row at a time, whose sums stay in registers while the rows go by. */
export function addHalfBytesKernel(): KernelFunction {
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
    set(at, plus(get(at), constant(4))),
  ];
  const inTurn = (from: number): number[] =>
    Array.from({ length: 4 }, (_, pair) => from + pair * 2).flatMap((byte) => [byte, byte + 1, byte + 16, byte + 17]);
  const fourAsFloats = (last: boolean): Code =>
    multiplyFloats(subtractFloats(toFloats(widenShorts(get(half), last)), splatFloat(get(shift))), splatFloat(get(unit)));
  /** Eight numbers of the even and odd sums in their order, then as floats. */
  const addEight = (even: number, odd: number, upper: boolean, place: number): Code => [
    set(half, shuffle(get(even), get(odd), inTurn(upper ? 8 : 0))),
    addToFloats(get(target), place, fourAsFloats(false)),
    addToFloats(get(target), place + vectorBytes, fourAsFloats(true)),
  ];
  const code: Code = [
    leaveIfZero(get(count)),
    set(end, plus(get(rows), shiftLeft(get(count), 2))),
    // From a row's address to its factor.
    set(behind, minus(get(factors), get(rows))),
    repeatWhileBelow(get(offset), get(bytesPerRow), [
      sums.map((sum) => set(sum, bytesOf(0))),
      set(at, get(rows)),
      repeatWhileBelow(get(at), get(end), addRow),
      addEight(evenFirst, oddFirst, false, 0),
      addEight(evenFirst, oddFirst, true, 32),
      addEight(evenLast, oddLast, false, 64),
      addEight(evenLast, oddLast, true, 96),
      set(target, plus(get(target), constant(numbersAtOnce * 4))),
      set(offset, plus(get(offset), constant(vectorBytes))),
    ]),
  ];
  const locals: KernelFunction['locals'] = [
    [4, integer],
    [7, vector],
  ];
  return { name: 'addHalfBytes', integers: 5, floats: 2, locals, code };
}

/** `RowKernels.addBytes` */
export function addBytesKernel(): KernelFunction {
  const [target, row, count, factor, shift, end, packed, half] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const fourAsFloats = (last: boolean): Code =>
    subtractFloats(multiplyFloats(toFloats(widenShorts(get(half), last)), splatFloat(get(factor))), splatFloat(get(shift)));
  const addEight = (upper: boolean, place: number): Code => [
    set(half, widenBytes(get(packed), upper)),
    addToFloats(get(target), place, fourAsFloats(false)),
    addToFloats(get(target), place + vectorBytes, fourAsFloats(true)),
  ];
  const code: Code = [
    leaveIfZero(get(count)),
    set(end, plus(get(row), get(count))),
    repeatWhileBelow(get(row), get(end), [
      set(packed, loadVector(get(row), 0)),
      addEight(false, 0),
      addEight(true, 32),
      set(row, plus(get(row), constant(vectorBytes))),
      set(target, plus(get(target), constant(vectorBytes * 4))),
    ]),
  ];
  const locals: KernelFunction['locals'] = [
    [1, integer],
    [2, vector],
  ];
  return { name: 'addBytes', integers: 3, floats: 2, locals, code };
}
