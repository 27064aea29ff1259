/** One piece in so many carries a stamp: one in each would be a text of words that nobody uses. */
export const piecesForStamp = 10;

/** Tenths of a millisecond that are told apart: the clock begins anew after some days. */
const range = 10 ** 10;
const length = 10;
const firstLetter = 'a'.charCodeAt(0);

/** Now, the same in every process of this machine, as a word: in tenths of a millisecond, with letters for digits, as a text of numbers would be checked as one. */
export function stamp(): string {
  const tenths = Math.round((performance.timeOrigin + performance.now()) * 10) % range;
  let word = '@';
  for (const digit of String(tenths).padStart(length, '0')) word += String.fromCharCode(firstLetter + Number(digit));
  return word;
}

/** Milliseconds since the stamp that begins at `at`. */
export function ageOfStamp(text: string, at: number, nowMs: number): number {
  let tenths = 0;
  for (let index = at + 1; index <= at + length; index += 1) tenths = tenths * 10 + text.charCodeAt(index) - firstLetter;
  const age = ((nowMs * 10) % range) - tenths;
  return (age < -range / 2 ? age + range : age) / 10;
}
