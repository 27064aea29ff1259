import { errorsBetween, mostErrors } from '@docent/language';

/** A word of the vocabulary that the asked one may have been meant for. */
export interface Spelling {
  /** Number of the word in the vocabulary. */
  form: number;
  /** Letters to leave out, put in, replace or swap with their neighbour. */
  distance: number;
}

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
  const most = mostErrors(word);
  if (most === 0) return [];
  const signature = signatureOf(word);
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
