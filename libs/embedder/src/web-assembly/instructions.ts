import { signed, unsigned, type Code } from './code';

/**
 * The few instructions of WebAssembly that kernels are put together from, as nested expressions. Where a name does not say otherwise, shorts
 * are eight numbers of 16 bits and integers and floats are four of 32 bits in one vector. Opcodes:
 * https://webassembly.github.io/spec/core/binary/instructions.html
 */
export const valueType = { integer: 0x7f, float: 0x7d, vector: 0x7b } as const;
export const vectorBytes = 16;

export const get = (local: number): Code => [0x20, local];
export const set = (local: number, value: Code): Code => [value, 0x21, local];

/** Runs the body where the condition is not 0. */
export const when = (condition: Code, body: Code): Code => [condition, 0x04, 0x40, body, 0x0b];
export const leaveIf = (condition: Code): Code => when(condition, [0x0f]);
export const leaveIfZero = (value: Code): Code => leaveIf([value, 0x45]);
/** Runs the body, and again while `left` is below `right`. */
export const repeatWhileBelow = (left: Code, right: Code, body: Code): Code => [
  0x03,
  0x40,
  body,
  left,
  right,
  0x49,
  0x0d,
  0,
  0x0b,
];

/** One whole number, such as an address in bytes. */
export const constant = (value: number): Code => [0x41, signed(value)];
export const plus = (left: Code, right: Code): Code => [left, right, 0x6a];
export const minus = (left: Code, right: Code): Code => [left, right, 0x6b];
export const times = (left: Code, right: Code): Code => [left, right, 0x6c];
export const shiftLeft = (value: Code, bits: number): Code => [value, constant(bits), 0x74];
export const shiftRight = (value: Code, bits: number): Code => [value, constant(bits), 0x76];
export const loadInteger = (address: Code): Code => [address, 0x28, 2, 0];
export const storeInteger = (address: Code, value: Code): Code => [address, value, 0x36, 2, 0];

/** One float. */
export const float = (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
export const addFloat = (left: Code, right: Code): Code => [left, right, 0x92];
export const divideFloat = (left: Code, right: Code): Code => [left, right, 0x95];
export const rootOfFloat = (value: Code): Code => [value, 0x91];
export const largerFloat = (left: Code, right: Code): Code => [left, right, 0x97];
/** 1 where the float is 0. */
export const isZeroFloat = (value: Code): Code => [value, float(0), 0x5b];
export const loadFloat = (address: Code): Code => [address, 0x2a, 2, 0];
export const storeFloat = (address: Code, value: Code): Code => [address, value, 0x38, 2, 0];

/** Any address; 128 bits from there, `offset` bytes further on. */
export const loadVector = (address: Code, offset: number): Code => [address, 0xfd, 0x00, 0, unsigned(offset)];
export const storeVector = (address: Code, offset: number, value: Code): Code => [
  address,
  value,
  0xfd,
  0x0b,
  0,
  unsigned(offset),
];
/** The same byte sixteen times. */
export const bytesOf = (value: number): Code => [0xfd, 0x0c, new Array<number>(vectorBytes).fill(value)];
export const zeros: Code = bytesOf(0);
export const and = (left: Code, right: Code): Code => [left, right, 0xfd, 0x4e];
export const or = (left: Code, right: Code): Code => [left, right, 0xfd, 0x50];
/** 1 where any bit is set. */
export const anyTrue = (value: Code): Code => [value, 0xfd, 0x53];

export const addBytes = (left: Code, right: Code): Code => [left, right, 0xfd, 0x6e];
export const highHalfBytes = (value: Code): Code => [value, constant(4), 0xfd, 0x6d];
/** Bytes of both, in the order that is told: 0 to 15 of the left one, 16 to 31 of the right one. */
export const shuffle = (left: Code, right: Code, order: number[]): Code => [left, right, 0xfd, 0x0d, order];
/** The bytes of a table at 16 places. Relaxed only for places beyond the table, which four bits do not reach. */
export const lookUp = (table: Code, places: Code): Code => [table, places, 0xfd, unsigned(0x100)];
/** The lower or the upper half of the numbers, each twice as wide, without sign. */
export const widenBytes = (value: Code, upper: boolean): Code => [value, 0xfd, unsigned(upper ? 0x8a : 0x89)];

export const splatShort = (value: Code): Code => [value, 0xfd, 0x10];
export const addShorts = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0x8e)];
export const multiplyShorts = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0x95)];
/** By four bits: the upper byte of each gets bits of its own only, the lower one those of its neighbour as well. */
export const shiftShortsRight = (value: Code): Code => [value, constant(4), 0xfd, unsigned(0x8d)];
/** All bits of those, without sign, that are not below the other. */
export const atLeastShorts = (left: Code, right: Code): Code => [left, right, 0xfd, 0x36];
/** Products of signed bytes with small ones, neighbours added. Relaxed only beyond 7 bits of the small ones, which have 4. */
export const multiplyBytes = (signedBytes: Code, small: Code): Code => [signedBytes, small, 0xfd, unsigned(0x112)];
/** See {@link widenBytes}. */
export const widenShorts = (value: Code, upper: boolean): Code => [value, 0xfd, unsigned(upper ? 0xaa : 0xa9)];
/** Eight signed numbers of 16 bits as four sums of neighbours. */
export const addNeighbours = (value: Code): Code => [value, 0xfd, 0x7e];
/** Two vectors of 16 bits as one of unsigned bytes. */
export const narrowShorts = (left: Code, right: Code): Code => [left, right, 0xfd, 0x66];

export const addIntegers = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0xae)];
/** One of four integers. */
export const laneOfIntegers = (value: Code, index: number): Code => [value, 0xfd, 0x1b, index];
/** Two vectors of 32-bit numbers as one of 16 bits. */
export const narrowIntegers = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0x86)];

export const splatFloat = (value: Code): Code => [value, 0xfd, 0x13];
export const addFloats = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0xe4)];
export const subtractFloats = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0xe5)];
export const multiplyFloats = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0xe6)];
export const largerFloats = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0xe9)];
export const absoluteFloats = (value: Code): Code => [value, 0xfd, unsigned(0xe0)];
/** To the nearest whole number, the even one of two. */
export const nearestFloats = (value: Code): Code => [value, 0xfd, unsigned(0x6a)];
/** Of integers without sign. */
export const toFloats = (value: Code): Code => [value, 0xfd, unsigned(0xfa)];
export const toIntegers = (value: Code): Code => [value, 0xfd, unsigned(0xf8)];
/** One of four floats. */
export const laneOfFloats = (value: Code, index: number): Code => [value, 0xfd, 0x1f, index];
/** Adds to the four floats at an address. */
export const addToFloats = (address: Code, offset: number, values: Code): Code =>
  storeVector(address, offset, addFloats(loadVector(address, offset), values));
