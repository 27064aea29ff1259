/** How a row may be stored: 4 bits (two values a byte, the first in the low half) or 8. */
export type RowBits = 4 | 8;

/** Values are `(level - middle) * scale`, levels counting from 0: 4 bits are 16 levels around 7.5, 8 bits 256 around 127.5. */
export function middleOf(bits: RowBits): number {
  return (2 ** bits - 1) / 2;
}

/** Shares of the largest value that the outermost level may stand for: cutting the tail off makes the steps for the rest finer. */
const candidates = [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52];

/** Packs one row into `target` from `at` on with the scale that loses least (squared error), and returns that scale. */
export function quantiseRow(row: Float32Array, bits: RowBits, target: Uint8Array, at: number): number {
  const middle = middleOf(bits);
  let largest = 0;
  for (const value of row) largest = Math.max(largest, Math.abs(value));
  let best = { scale: 0, loss: Infinity };
  for (const share of bits === 8 ? [1] : candidates) {
    const scale = Math.fround((largest * share) / middle);
    const loss = scale ? lossOf(row, scale, middle) : 0;
    if (loss < best.loss) best = { scale, loss };
  }
  for (let index = 0; index < row.length; index++) {
    const level = levelOf(row[index]!, best.scale, middle);
    if (bits === 8) target[at + index] = level;
    else if (index % 2 === 0) target[at + index / 2] = level;
    else target[at + (index - 1) / 2]! |= level << 4;
  }
  return best.scale;
}

function levelOf(value: number, scale: number, middle: number): number {
  return scale ? Math.max(0, Math.min(2 * middle, Math.round(value / scale + middle))) : Math.ceil(middle);
}

function lossOf(row: Float32Array, scale: number, middle: number): number {
  let sum = 0;
  for (const value of row) sum += (value - (levelOf(value, scale, middle) - middle) * scale) ** 2;
  return sum;
}
