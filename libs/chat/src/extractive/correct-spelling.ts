import { normaliseText, scanWords } from '@docent/language';

/** Shorter words have too many neighbours for one of them to be meant. */
const shortestWord = 5;
/** Words of so many letters may have two errors. */
const longWord = 9;

/** The question with its misspelt words as the texts write them. `unknown`: words, in lower case, that stand nowhere and that nobody knows. */
export function correctSpelling(question: string, unknown: string[], texts: string[]): string {
  const wrong = unknown.filter((word) => word.length >= shortestWord && /^[\p{L}\p{M}]+$/u.test(word));
  if (wrong.length === 0) return question;
  const there = new Set<string>();
  for (const text of texts) scanWords(normaliseText(text), (word, kind) => kind === 'word' && there.add(word));
  let corrected = question;
  for (const word of wrong) {
    const meant = nearest(word, there);
    if (meant) corrected = corrected.replace(new RegExp(`(?<![\\p{L}\\p{M}])${word}(?![\\p{L}\\p{M}])`, 'giu'), meant);
  }
  return corrected;
}

/** The first word with the fewest errors between them; people rarely get the first letter wrong. */
function nearest(word: string, there: ReadonlySet<string>): string | null {
  const most = word.length >= longWord ? 2 : 1;
  let best: { other: string; cost: number } | null = null;
  for (const other of there) {
    if (Math.abs(other.length - word.length) > most) continue;
    const errors = errorsBetween(word, other);
    const cost = errors + (other[0] === word[0] ? 0 : 0.5);
    if (errors <= most && (!best || cost < best.cost)) best = { other, cost };
  }
  return best && best.other;
}

/** Letters to leave out, put in, replace or swap with their neighbour (optimal string alignment). */
function errorsBetween(left: string, right: string): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const next = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const isSwapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const errors = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      next.push(isSwapped ? Math.min(errors, before[column - 2]! + 1) : errors);
    }
    before = last;
    last = next;
  }
  return last[right.length]!;
}
