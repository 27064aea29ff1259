import {
  addBytes,
  addShorts,
  and,
  anyTrue,
  atLeastShorts,
  bytesOf,
  constant,
  get,
  loadVector,
  lookUp,
  minus,
  or,
  plus,
  repeatWhileBelow,
  set,
  shiftRight,
  shiftShortsRight,
  splatShort,
  storeInteger,
  storeVector,
  times,
  valueType,
  vectorBytes,
  when,
  widenBytes,
  zeros,
  type Code,
  type KernelFunction,
  type KernelMemory,
} from '@docent/embedder/web-assembly';

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
export type RoughSums = (target: number, tables: number, base: number, blocks: number, rows: number, least: number) => number;

/** {@link RoughSums} */
export function roughKernel(): KernelFunction {
  const [target, tables, base, blocks, rows, least, ordinal, next, table, places, first] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ] as const;
  const [packed, sums, low, high, enough, half] = [11, 12, 13, 14, 15, 16] as const;
  const entry = (place: Code, at: number): Code => lookUp(loadVector(get(table), at * tableBytes), and(place, get(half)));
  const both = (row: number): Code => addBytes(entry(get(packed), row * 2), entry(shiftShortsRight(get(packed)), row * 2 + 1));
  const group = Array.from({ length: rowsAtOnce }, (_, row) => [
    set(packed, loadVector(get(base), row * lanes)),
    set(sums, row === 0 ? both(row) : addBytes(get(sums), both(row))),
  ]);
  const code: Code = [
    set(enough, splatShort(get(least))),
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
        set(low, addShorts(get(low), widenBytes(get(sums), false))),
        set(high, addShorts(get(high), widenBytes(get(sums), true))),
        set(base, plus(get(base), constant(lanes * rowsAtOnce))),
        set(table, plus(get(table), constant(tableBytes * rowsAtOnce * 2))),
      ]),
      when(anyTrue(or(atLeastShorts(get(low), get(enough)), atLeastShorts(get(high), get(enough)))), [
        storeVector(get(target), 0, get(low)),
        storeVector(get(target), vectorBytes, get(high)),
        storeInteger(get(places), get(ordinal)),
        set(target, plus(get(target), constant(lanes * 2))),
        set(places, plus(get(places), constant(4))),
      ]),
      set(ordinal, plus(get(ordinal), constant(1))),
    ]),
    shiftRight(minus(get(places), get(first)), 2),
  ];
  const locals: KernelFunction['locals'] = [
    [5, valueType.integer],
    [6, valueType.vector],
  ];
  return { name: 'rough', integers: 6, result: valueType.integer, locals, code };
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
