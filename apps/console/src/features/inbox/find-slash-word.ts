/** The word after a `/` that the caret stands in, with where it begins; undefined where there is none. */
export function findSlashWord(text: string, caret: number): { start: number; word: string } | undefined {
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return undefined;
  const word = found[1]!;
  return { start: caret - word.length - 1, word };
}
