import { signed, unsigned, type Code } from './web-assembly-code';

/**
 * The few instructions of WebAssembly that the kernels are put together from, as nested expressions. Opcodes:
 * https://webassembly.github.io/spec/core/binary/instructions.html
 */
export const valueType = { integer: 0x7f, float: 0x7d, vector: 0x7b } as const;
export const vectorBytes = 16;

export const get = (local: number): Code => [0x20, local];
export const set = (local: number, value: Code): Code => [value, 0x21, local];
export const constant = (value: number): Code => [0x41, signed(value)];
export const plus = (left: Code, right: Code): Code => [left, right, 0x6a];
export const times = (left: Code, right: Code): Code => [left, right, 0x6c];
export const shiftLeft = (value: Code, bits: number): Code => [value, constant(bits), 0x74];
export const loadInteger = (address: Code): Code => [address, 0x28, 2, 0];
export const loadFloat = (address: Code): Code => [address, 0x2a, 2, 0];
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
export const leaveIfZero = (value: Code): Code => [value, 0x45, 0x04, 0x40, 0x0f, 0x0b];

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
export const bytesOf = (value: number): Code => [0xfd, 0x0c, new Array<number>(vectorBytes).fill(value)];
export const and = (left: Code, right: Code): Code => [left, right, 0xfd, 0x4e];
export const highHalfBytes = (value: Code): Code => [value, constant(4), 0xfd, 0x6d];
/** Bytes of both, in the order that is told: 0 to 15 of the left one, 16 to 31 of the right one. */
export const shuffle = (left: Code, right: Code, order: number[]): Code => [left, right, 0xfd, 0x0d, order];
/** The lower or the upper half of the numbers, each twice as wide, without sign. */
export const widenBytes = (value: Code, upper: boolean): Code => [value, 0xfd, unsigned(upper ? 0x8a : 0x89)];
export const widenShorts = (value: Code, upper: boolean): Code => [value, 0xfd, unsigned(upper ? 0xaa : 0xa9)];
export const toFloats = (value: Code): Code => [value, 0xfd, unsigned(0xfa)];
export const splatShort = (value: Code): Code => [value, 0xfd, 0x10];
export const splatFloat = (value: Code): Code => [value, 0xfd, 0x13];
export const addShorts = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0x8e)];
export const multiplyShorts = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0x95)];
export const addFloats = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0xe4)];
export const subtractFloats = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0xe5)];
export const multiplyFloats = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0xe6)];
/** One of four floats. */
export const lane = (value: Code, index: number): Code => [value, 0xfd, 0x1f, index];
export const addFloat = (left: Code, right: Code): Code => [left, right, 0x92];
export const divideFloat = (left: Code, right: Code): Code => [left, right, 0x95];
export const rootOfFloat = (value: Code): Code => [value, 0x91];
/** 1 where the float is 0. */
export const isZeroFloat = (value: Code): Code => [value, float(0), 0x5b];
export const leaveIf = (condition: Code): Code => [condition, 0x04, 0x40, 0x0f, 0x0b];
export const multiplyFloat = (left: Code, right: Code): Code => [left, right, 0x94];
export const largerFloat = (left: Code, right: Code): Code => [left, right, 0x97];
export const float = (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
export const absoluteFloats = (value: Code): Code => [value, 0xfd, unsigned(0xe0)];
export const largerFloats = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0xe9)];
/** To the nearest whole number, the even one of two. */
export const nearestFloats = (value: Code): Code => [value, 0xfd, unsigned(0x6a)];
export const toIntegers = (value: Code): Code => [value, 0xfd, unsigned(0xf8)];
/** Two vectors of 32-bit numbers as one of 16 bits; two of 16 bits as one of unsigned bytes. */
export const narrowIntegers = (left: Code, right: Code): Code => [left, right, 0xfd, unsigned(0x86)];
export const narrowShorts = (left: Code, right: Code): Code => [left, right, 0xfd, 0x66];
