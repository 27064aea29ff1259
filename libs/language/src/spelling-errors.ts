/** Shorter words have too many neighbours for one of them to be meant. */
const shortestWord = 5;
/** Words of so many letters may have two errors. */
const longWord = 9;

/** How many errors a misspelt word may have: none for short words, for what is more than letters and so for scripts cut into pairs. */
export function mostErrors(word: string): number {
  if (word.length < shortestWord || !/^[\p{L}\p{M}]+$/u.test(word)) return 0;
  return word.length >= longWord ? 2 : 1;
}

/**
 * Letters to leave out, put in, replace or swap with their neighbour to make one word of the other (optimal string alignment; Damerau 1964).
 * Where it is more than `most`, some number above it.
 */
export function errorsBetween(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
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
    // No row is more than one better than the next, so that a swap from the row before cannot come below the limit either.
    if (least > most) return least;
    before = last;
    last = next;
  }
  return last[right.length]!;
}

function isSwapped(left: string, right: string, row: number, column: number): boolean {
  return left.charCodeAt(row - 1) === right.charCodeAt(column - 2) && left.charCodeAt(row - 2) === right.charCodeAt(column - 1);
}
