import type { Code } from '@docent/embedder';
import {
  add16,
  add8,
  and,
  anyTrue,
  atLeast16,
  bytesOf,
  constant,
  get,
  integer,
  load,
  lookUp,
  minus,
  or,
  plus,
  repeatWhileBelow,
  set,
  shiftRight,
  shiftRight4,
  splat16,
  store,
  storeInteger,
  times,
  vector,
  vectorBytes,
  when,
  widen,
  zeros,
} from './kernel-instructions';
import type { KernelMemory } from './vector-kernel';

/** So many vectors lie side by side: a row holds a byte of each. */
export const lanes = vectorBytes;
/** A byte of a row is two places in two tables of 16 bytes. */
export const tableBytes = 16;
/** Eight entries are added before there is room for more. */
export const largestEntry = 31;
/** Rows are read in groups. */
const rowsAtOnce = 4;
/** Behind the sums: which blocks they are of. */
export const ordinalsBehind = 2_048;

/**
 * For blocks of 16 vectors the sums of what the tables hold where the vectors' bytes say (André, Kermarrec and Le Scouarnec 2015: tables that
 * fit into a register). Row by row: `rows` bytes of each vector, a multiple of 4; the lower half of a byte is a place in the row's first
 * table, the upper half in its second; entries up to {@link largestEntry}, sums below 2^16. The blocks in which a vector reaches `least` are
 * kept: their 16 sums of 16 bits at `target`, their places among the blocks, 32 bits each, {@link ordinalsBehind}. Returns how many those
 * are. All addresses are bytes.
 */
export type RoughSums = (
  target: number,
  tables: number,
  base: number,
  blocks: number,
  rows: number,
  least: number,
) => number;

export const roughLocals: Code = [2, 5, integer, 6, vector];

export function roughCode(): Code {
  const [target, tables, base, blocks, rows, least, ordinal, next, table, places, first] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ] as const;
  const [packed, sums, low, high, enough, half] = [11, 12, 13, 14, 15, 16] as const;
  const entry = (place: Code, at: number): Code => lookUp(load(table, at * tableBytes), and(place, get(half)));
  const both = (row: number): Code => add8(entry(get(packed), row * 2), entry(shiftRight4(get(packed)), row * 2 + 1));
  const group = Array.from({ length: rowsAtOnce }, (_, row) => [
    set(packed, load(base, row * lanes)),
    set(sums, row === 0 ? both(row) : add8(get(sums), both(row))),
  ]);
  return [
    set(enough, splat16(get(least))),
    set(half, bytesOf(15)),
    set(first, plus(get(target), constant(ordinalsBehind))),
    set(places, get(first)),
    repeatWhileBelow(get(ordinal), get(blocks), [
      set(low, zeros),
      set(high, zeros),
      set(table, get(tables)),
      set(next, plus(get(base), times(get(rows), constant(lanes)))),
      repeatWhileBelow(get(base), get(next), [
        group,
        set(low, add16(get(low), widen(get(sums), false))),
        set(high, add16(get(high), widen(get(sums), true))),
        set(base, plus(get(base), constant(lanes * rowsAtOnce))),
        set(table, plus(get(table), constant(tableBytes * rowsAtOnce * 2))),
      ]),
      when(anyTrue(or(atLeast16(get(low), get(enough)), atLeast16(get(high), get(enough)))), [
        store(target, 0, get(low)),
        store(target, vectorBytes, get(high)),
        storeInteger(get(places), get(ordinal)),
        set(target, plus(get(target), constant(lanes * 2))),
        set(places, plus(get(places), constant(4))),
      ]),
      set(ordinal, plus(get(ordinal), constant(1))),
    ]),
    shiftRight(minus(get(places), get(first)), 2),
  ];
}

/** The same in plain JavaScript. */
export function plainRoughSums(memory: KernelMemory): RoughSums {
  return (target, tables, base, blocks, rows, least) => {
    const bytes = new Uint8Array(memory.buffer);
    const ordinals = new Int32Array(memory.buffer, target + ordinalsBehind, blocks);
    let kept = 0;
    for (let block = 0; block < blocks; block++) {
      const sums = new Uint16Array(memory.buffer, target + kept * lanes * 2, lanes);
      for (let lane = 0; lane < lanes; lane++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) {
          const places = bytes[base + (block * rows + row) * lanes + lane]!;
          const table = tables + row * 2 * tableBytes;
          sum += bytes[table + (places & 15)]! + bytes[table + tableBytes + (places >> 4)]!;
        }
        sums[lane] = sum;
      }
      if (sums.some((sum) => sum >= least)) ordinals[kept++] = block;
    }
    return kept;
  };
}
