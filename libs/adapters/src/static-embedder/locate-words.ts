import { readWords } from '@docent/embedder';

/**
 * Where the words `from` to `to` (exclusive, as `readWords` counts them) stand in a text, in UTF-16 units. Words are read from a normalised
 * text, whose places differ, so whole runs without blanks are counted; within one that holds many words, as in Chinese, the place is
 * the share of its length.
 */
export function locateWords(text: string, from: number, to: number): { start: number; end: number } {
  let counted = 0;
  let start = text.length;
  let end = 0;
  for (const { 0: run, index } of text.matchAll(/\S+/g)) {
    const words = readWords(run).length;
    const [first, last] = [counted, counted + words];
    counted = last;
    if (words === 0 || last <= from || first >= to) continue;
    const place = (word: number): number => index + Math.round((run.length * Math.max(0, word - first)) / words);
    start = Math.min(start, words > wordsOfOneRun ? place(from) : index);
    end = words > wordsOfOneRun && to < last ? place(to) : index + run.length;
  }
  return { start: Math.min(start, end), end };
}

/** An address or a code is several words; more than this in one run is a script without blanks. */
const wordsOfOneRun = 6;
