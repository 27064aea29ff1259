import { signed, unsigned, type Code } from '@docent/embedder';

/**
 * The few instructions of WebAssembly that the kernels of the index are put together from, as nested expressions. Opcodes:
 * https://webassembly.github.io/spec/core/binary/instructions.html
 */
export const integer = 0x7f;
export const vector = 0x7b;
export const vectorBytes = 16;

export const get = (local: number): Code => [0x20, local];
export const set = (local: number, value: Code): Code => [value, 0x21, local];
export const constant = (value: number): Code => [0x41, signed(value)];
export const plus = (left: Code, right: Code): Code => [left, right, 0x6a];
export const minus = (left: Code, right: Code): Code => [left, right, 0x6b];
export const times = (left: Code, right: Code): Code => [left, right, 0x6c];
export const shiftRight = (value: Code, bits: number): Code => [value, constant(bits), 0x76];
export const storeInteger = (address: Code, value: Code): Code => [address, value, 0x36, 2, 0];
/** Runs the body where the condition is not 0. */
export const when = (condition: Code, body: Code): Code => [condition, 0x04, 0x40, body, 0x0b];
/** Runs the body, and again while `left` is below `right`. */
export const repeatWhileBelow = (left: Code, right: Code, body: Code): Code => [0x03, 0x40, body, left, right, 0x49, 0x0d, 0, 0x0b];
export const leaveIfZero = (value: Code): Code => [value, 0x45, 0x04, 0x40, 0x0f, 0x0b];

/** 128 bits, `offset` bytes behind the address in a local; any address. */
export const load = (address: number, offset: number): Code => [get(address), 0xfd, 0x00, 0, unsigned(offset)];
export const store = (address: number, offset: number, value: Code): Code => [get(address), value, 0xfd, 0x0b, 0, unsigned(offset)];
export const bytesOf = (value: number): Code => [0xfd, 0x0c, new Array<number>(vectorBytes).fill(value)];
export const zeros: Code = bytesOf(0);
export const and = (left: Code, right: Code): Code => [left, right, 0xfd, 0x4e];
/** Of each 16 bits: the upper byte gets bits of its own only, the lower one those of its neighbour as well. */
export const shiftRight4 = (value: Code): Code => [value, constant(4), 0xfd, 0x8d, 0x01];
export const add8 = (left: Code, right: Code): Code => [left, right, 0xfd, 0x6e];
export const add16 = (left: Code, right: Code): Code => [left, right, 0xfd, 0x8e, 0x01];
export const add32 = (left: Code, right: Code): Code => [left, right, 0xfd, 0xae, 0x01];
/** Relaxed only beyond 7 bits of the second operand, which has 4: products of neighbours added, as 16 bits. */
export const dot16 = (signedBytes: Code, small: Code): Code => [signedBytes, small, 0xfd, unsigned(0x112)];
export const addNeighbours = (value: Code): Code => [value, 0xfd, 0x7e];
export const lane = (value: Code, index: number): Code => [value, 0xfd, 0x1b, index];
/** The bytes of a table at 16 places. Relaxed only for places beyond the table, which four bits do not reach. */
export const lookUp = (table: Code, places: Code): Code => [table, places, 0xfd, unsigned(0x100)];
/** The lower or the upper eight bytes as 16 bits each, without sign. */
export const widen = (value: Code, upper: boolean): Code => [value, 0xfd, unsigned(upper ? 0x8a : 0x89)];
export const splat16 = (value: Code): Code => [value, 0xfd, 0x10];
export const or = (left: Code, right: Code): Code => [left, right, 0xfd, 0x50];
/** All bits of those of 16 bits, without sign, that are not below the other. */
export const atLeast16 = (left: Code, right: Code): Code => [left, right, 0xfd, 0x36];
export const anyTrue = (value: Code): Code => [value, 0xfd, 0x53];
