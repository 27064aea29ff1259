import { splitSentences } from '@docent/language';
import type { ExtractedText, TableSpan } from '@docent/ports';
import type { Section } from './list-sections';

/** What a passage is put together from: a paragraph, a sentence of a long one, a row of a table. Not blank at either end. */
export interface Atom {
  start: number;
  end: number;
  /** Length in letters; see `SplitOptions`. */
  weight: number;
  /** Of the table it is a row of; '' elsewhere. */
  tableHeader: string;
}

/** A row is kept whole up to so many times the maximum; what is longer is no row that anyone reads. */
const longestRow = 4;

/** The atoms of each section, none heavier than `max` but for rows of tables. */
export function cutToAtoms(source: ExtractedText, sections: Section[], max: number): Atom[][] {
  const tables = [...source.tables].sort((one, other) => one.start - other.start);
  const text: WeighedText = { letters: source.text, isNarrow: !wide.test(source.text) };
  let nextTable = 0;
  return sections.map((section) => {
    const atoms: Atom[] = [];
    let at = section.start;
    while (at < section.end) {
      while (nextTable < tables.length && tables[nextTable]!.end <= at) nextTable += 1;
      const table = tables[nextTable];
      if (!table || table.start >= section.end) {
        cutProse(text, at, section.end, max, atoms);
        break;
      }
      cutProse(text, at, Math.max(at, table.start), max, atoms);
      const end = Math.min(table.end, section.end);
      cutRows(text, Math.max(at, table.start), end, table, max, atoms);
      at = end;
    }
    return atoms;
  });
}

/** The text, and whether each of its characters weighs one. */
interface WeighedText {
  letters: string;
  isNarrow: boolean;
}

function cutRows(text: WeighedText, start: number, end: number, table: TableSpan, max: number, atoms: Atom[]): void {
  const { letters } = text;
  for (let at = start; at < end;) {
    const lineEnd = Math.min(indexOrEnd(letters.indexOf('\n', at), letters.length) + 1, end);
    const row = trimmed(letters, at, lineEnd);
    if (row.end > row.start) {
      const weight = weigh(text, row.start, row.end);
      if (weight <= max * longestRow) atoms.push({ ...row, weight, tableHeader: table.header });
      else cutProse(text, row.start, row.end, max, atoms);
    }
    at = lineEnd;
  }
}

/** Cuts at blank lines; a piece that is still too heavy at the ends of sentences; then at line ends; in the end anywhere. */
function cutProse(text: WeighedText, start: number, end: number, max: number, atoms: Atom[], level = 0): void {
  const whole = trimmed(text.letters, start, end);
  if (whole.end <= whole.start) return;
  const weight = level === 0 ? Infinity : weigh(text, whole.start, whole.end);
  if (weight <= max) return void atoms.push({ ...whole, weight, tableHeader: '' });
  const findEnds = waysToCut[level];
  if (!findEnds) return cutHard(text, whole.start, whole.end, max, atoms);
  // Searched in the piece alone: a search that ran on through the rest of the text would make the whole quadratic.
  let at = whole.start;
  for (const pieceEnd of [...findEnds(text.letters.slice(whole.start, whole.end)), whole.end - whole.start]) {
    cutProse(text, at, whole.start + pieceEnd, max, atoms, level + 1);
    at = whole.start + pieceEnd;
  }
}

/** Each gives the ends of pieces, in order. Sentences are those that answers are made of, so that none is torn. */
const waysToCut: ((piece: string) => number[])[] = [
  blankLines,
  (piece) => splitSentences(piece).map((sentence) => sentence.end),
  (piece) => Array.from(piece.matchAll(/\n+/gu), (lineEnd) => lineEnd.index),
];

/** Where `/\n[ \t]*\n/` matches; the engine of expressions takes several times as long for it. */
function blankLines(piece: string): number[] {
  const found: number[] = [];
  for (let at = piece.indexOf('\n'); at !== -1;) {
    let next = at + 1;
    while (piece.charCodeAt(next) === 32 || piece.charCodeAt(next) === 9) next += 1;
    const isBlank = piece.charCodeAt(next) === 10;
    if (isBlank) found.push(at);
    at = piece.indexOf('\n', isBlank ? next + 1 : next);
  }
  return found;
}

/** Up to the maximum at a time, back to the last space or comma if one is near, never between the halves of a pair. */
function cutHard(text: WeighedText, start: number, end: number, max: number, atoms: Atom[]): void {
  const { letters } = text;
  for (let at = start; at < end;) {
    let weight = 0;
    let stop = at;
    let space = -1;
    while (stop < end && weight < max) {
      const code = letters.charCodeAt(stop);
      weight += weightOf(code);
      stop += 1;
      if (code === 32 || code === 9 || code === 10 || code === 0xff0c || code === 0x3001) space = stop;
    }
    if (stop < end && space > at + (stop - at) / 2) stop = space;
    if (stop < end && isHighSurrogate(letters.charCodeAt(stop - 1)) && stop - 1 > at) stop -= 1;
    const piece = trimmed(letters, at, stop);
    if (piece.end > piece.start) atoms.push({ ...piece, weight: weigh(text, piece.start, piece.end), tableHeader: '' });
    at = stop;
  }
}

function weigh({ letters, isNarrow }: WeighedText, start: number, end: number): number {
  if (isNarrow) return end - start;
  let weight = 0;
  for (let at = start; at < end; at += 1) weight += weightOf(letters.charCodeAt(at));
  return weight;
}

/** Whatever weighs more than one. */
const wide = /[\u2e80-\u9fff\uac00-\ud7a3]/u;

/** Han and Kana 3, Hangul 2, all else 1. */
function weightOf(code: number): number {
  if (code < 0x2e80) return 1;
  if (code < 0xa000) return 3;
  return code >= 0xac00 && code < 0xd7a4 ? 2 : 1;
}

function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return { start: from, end: to };
}

/** As `String.prototype.trim` sees it. */
function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  return code >= 0xa0 && /\s/u.test(String.fromCharCode(code));
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function indexOrEnd(index: number, end: number): number {
  return index === -1 ? end : index;
}
