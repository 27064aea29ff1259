/** A word of the vocabulary that the asked one may have been meant for. */
export interface Spelling {
  /** Number of the word in the vocabulary. */
  form: number;
  /** Letters to leave out, put in, replace or swap with their neighbour. */
  distance: number;
}

/** Shorter words have too many neighbours for one of them to be meant. */
const shortestWord = 5;
/** Words of so many letters may have two errors. */
const longWord = 9;
const lengthShift = 27;
const letterMask = (1 << lengthShift) - 1;

/**
 * Which letters a word has (one bit each, foreign ones share) and, above, how many. A word one error away differs in at most two bits, so
 * that nearly all of a vocabulary is passed over at a nanosecond a word, without a structure beside it.
 */
export function signatureOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index++) letters |= 1 << (word.charCodeAt(index) % lengthShift);
  return letters | (Math.min(31, word.length) << lengthShift);
}

/**
 * Words of the vocabulary that `word` may be a misspelling of: those one error away, and for long words, where there are none, two
 * (Damerau 1964; neighbouring letters may be swapped). Nothing for short words and for scripts that are cut into pairs.
 */
export function nearestSpellings(word: string, spellings: readonly string[], signatures: Int32Array): Spelling[] {
  if (word.length < shortestWord || !/^[\p{L}\p{M}]+$/u.test(word)) return [];
  const signature = signatureOf(word);
  const most = word.length >= longWord ? 2 : 1;
  const found: Spelling[] = [];
  const length = signature >>> lengthShift;
  for (let form = 0; form < spellings.length; form++) {
    const other = signatures[form]!;
    const longer = (other >>> lengthShift) - length;
    if (longer > most || longer < -most || bitCount((other ^ signature) & letterMask) > most * 2) continue;
    const distance = errorsBetween(word, spellings[form]!, most);
    if (distance <= most) found.push({ form, distance });
  }
  const least = found.reduce((nearest, { distance }) => Math.min(nearest, distance), Infinity);
  return found.filter(({ distance }) => distance === least);
}

function bitCount(bits: number): number {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Optimal string alignment distance; more than `most` where it is more. */
function errorsBetween(left: string, right: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const next = [row];
    let least = row;
    for (let column = 1; column <= right.length; column++) {
      const same = left.charCodeAt(row - 1) === right.charCodeAt(column - 1);
      let errors = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && isSwapped(left, right, row, column)) errors = Math.min(errors, before[column - 2]! + 1);
      next.push(errors);
      least = Math.min(least, errors);
    }
    if (least > most) return least;
    before = last;
    last = next;
  }
  return last[right.length]!;
}

function isSwapped(left: string, right: string, row: number, column: number): boolean {
  return left.charCodeAt(row - 1) === right.charCodeAt(column - 2) && left.charCodeAt(row - 2) === right.charCodeAt(column - 1);
}
