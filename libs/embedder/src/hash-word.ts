const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;
const primeSquared = Math.imul(prime, prime);
const shortestGram = 3;
const longestGram = 5;
const wordBegin = 60;
const wordEnd = 62;
/** From Thai on, up to Han and Hangul: scripts that the scanner cuts into pairs of characters. */
const firstPairedUnit = 0x0e00;

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv), over the UTF-16 units of the word, low byte first. */
export function hashWord(word: string): number {
  let hash = offsetBasis;
  for (let at = 0; at < word.length; at++) hash = mix(hash, word.charCodeAt(at));
  return hash >>> 0;
}

/**
 * Reports the bucket (0 to `buckets` - 1) of every 3- to 5-character piece of `<word>`, in a fixed order. A pair of characters of a script
 * without blanks gives each of its characters and the pair.
 */
export function eachGram(word: string, buckets: number, report: (bucket: number) => void): void {
  const isPair = word.length <= 2 && word.charCodeAt(0) >= firstPairedUnit;
  const shortest = isPair ? 1 : shortestGram;
  const from = isPair ? 0 : -1;
  const to = isPair ? word.length : word.length + 1;
  for (let begin = from; begin + shortest <= to; begin++) {
    let hash = offsetBasis;
    const end = Math.min(to, begin + longestGram);
    for (let at = begin; at < end; at++) {
      hash = mix(hash, at < 0 ? wordBegin : at === word.length ? wordEnd : word.charCodeAt(at));
      if (at - begin + 1 >= shortest) report((hash >>> 0) % buckets);
    }
  }
}

/** The high byte of most units is 0, which makes it one multiplication. */
function mix(hash: number, unit: number): number {
  if (unit < 256) return Math.imul(hash ^ unit, primeSquared);
  return Math.imul(Math.imul(hash ^ (unit & 255), prime) ^ (unit >>> 8), prime);
}
