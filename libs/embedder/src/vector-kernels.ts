import type { Code } from './web-assembly/code';
import {
  absoluteFloats,
  addFloat,
  addFloats,
  addToFloats,
  constant,
  divideFloat,
  float,
  get,
  isZeroFloat,
  laneOfFloats,
  largerFloat,
  largerFloats,
  leaveIf,
  leaveIfZero,
  loadVector,
  multiplyFloats,
  narrowIntegers,
  narrowShorts,
  nearestFloats,
  plus,
  repeatWhileBelow,
  rootOfFloat,
  set,
  shiftLeft,
  splatFloat,
  storeVector,
  toIntegers,
  valueType,
  vectorBytes,
  when,
} from './web-assembly/instructions';
import type { KernelFunction } from './web-assembly/kernel-module';

const { integer, float: floatType, vector: vectorType } = valueType;

/** Bytes stand for numbers around this one. */
export const middleOfBytes = 128;

/** `RowKernels.addVector` */
export function addVectorKernel(): KernelFunction {
  const [target, source, count, end] = [0, 1, 2, 3] as const;
  const code: Code = [
    leaveIfZero(get(count)),
    set(end, plus(get(source), get(count))),
    repeatWhileBelow(get(source), get(end), [
      addToFloats(get(target), 0, loadVector(get(source), 0)),
      addToFloats(get(target), vectorBytes, loadVector(get(source), vectorBytes)),
      set(source, plus(get(source), constant(2 * vectorBytes))),
      set(target, plus(get(target), constant(2 * vectorBytes))),
    ]),
  ];
  return { name: 'addVector', integers: 3, locals: [[1, integer]], code };
}

/** `RowKernels.toUnit` */
export function toUnitKernel(): KernelFunction {
  const [target, count, at, end, square, factor, left, right] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const squared = (place: number): Code => multiplyFloats(loadVector(get(at), place), loadVector(get(at), place));
  const twoLanes = (first: number): Code => addFloat(laneOfFloats(get(left), first), laneOfFloats(get(left), first + 1));
  const code: Code = [
    leaveIfZero(get(count)),
    set(end, plus(get(target), get(count))),
    set(at, get(target)),
    repeatWhileBelow(get(at), get(end), [
      set(left, addFloats(get(left), squared(0))),
      set(right, addFloats(get(right), squared(vectorBytes))),
      set(at, plus(get(at), constant(2 * vectorBytes))),
    ]),
    set(left, addFloats(get(left), get(right))),
    set(square, addFloat(twoLanes(0), twoLanes(2))),
    leaveIf(isZeroFloat(get(square))),
    set(factor, splatFloat(divideFloat(float(1), rootOfFloat(get(square))))),
    repeatWhileBelow(get(target), get(end), [
      storeVector(get(target), 0, multiplyFloats(loadVector(get(target), 0), get(factor))),
      set(target, plus(get(target), constant(vectorBytes))),
    ]),
  ];
  const locals: KernelFunction['locals'] = [
    [2, integer],
    [1, floatType],
    [3, vectorType],
  ];
  return { name: 'toUnit', integers: 2, locals, code };
}

/** `RowKernels.toBytes` */
export function toBytesKernel(): KernelFunction {
  const [target, vector, count, at, end, step, largest, factor] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const four = (place: number): Code =>
    toIntegers(
      addFloats(nearestFloats(multiplyFloats(loadVector(get(at), place), get(factor))), splatFloat(float(middleOfBytes))),
    );
  const largerLane = (first: number): Code =>
    largerFloat(laneOfFloats(get(largest), first), laneOfFloats(get(largest), first + 1));
  const code: Code = [
    set(end, plus(get(vector), shiftLeft(get(count), 2))),
    set(at, get(vector)),
    repeatWhileBelow(get(at), get(end), [
      set(largest, largerFloats(get(largest), absoluteFloats(loadVector(get(at), 0)))),
      set(at, plus(get(at), constant(vectorBytes))),
    ]),
    set(step, divideFloat(largerFloat(largerLane(0), largerLane(2)), float(middleOfBytes - 1))),
    // Of a vector of zeros every step is as good.
    when(isZeroFloat(get(step)), set(step, float(1))),
    set(factor, splatFloat(divideFloat(float(1), get(step)))),
    set(at, get(vector)),
    repeatWhileBelow(get(at), get(end), [
      storeVector(get(target), 0, narrowShorts(narrowIntegers(four(0), four(16)), narrowIntegers(four(32), four(48)))),
      set(target, plus(get(target), constant(vectorBytes))),
      set(at, plus(get(at), constant(4 * vectorBytes))),
    ]),
    get(step),
  ];
  const locals: KernelFunction['locals'] = [
    [2, integer],
    [1, floatType],
    [2, vectorType],
  ];
  return { name: 'toBytes', integers: 3, result: floatType, locals, code };
}
