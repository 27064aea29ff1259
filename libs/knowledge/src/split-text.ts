import type { ExtractedText } from '@docent/ports';
import { listSections, type Section } from './list-sections';
import { cutToAtoms, type Atom } from './cut-to-atoms';

/** A passage: a span of the extracted text with what a reader of it alone would miss. */
export interface Chunk {
  ordinal: number;
  /** UTF-16 offsets into the extracted text, end exclusive; `text` is exactly that slice. */
  start: number;
  end: number;
  /** The headings above, outermost first. */
  headings: string[];
  /** The page on which it begins, or null where the format has no pages. */
  page: number | null;
  text: string;
  /** Names of the columns, where rows of a table stand here without the line that names them. */
  tableHeader?: string;
}

/** In letters of an alphabet; a Chinese or Japanese character says as much as three and counts so, a Korean one as two. */
export interface SplitOptions {
  /** About 180 English words. */
  targetCharacters?: number;
  maxCharacters?: number;
}

/**
 * Cuts a document into passages: at headings and pages first, then between paragraphs, then between sentences, never inside a
 * word, a row of a table or a line of code unless that alone is far too long. All text that is not blank is in exactly one
 * passage: there is no overlap, because every passage carries its headings, a quotation must have one place, and words that
 * count twice bend the statistics of the search. A document below the maximum is one passage. Linear in the text's length.
 */
export function splitText(source: ExtractedText, options: SplitOptions = {}): Chunk[] {
  const limits = { target: options.targetCharacters ?? 1100, max: options.maxCharacters ?? 1400 };
  const sections = listSections(source);
  const atoms = cutToAtoms(source, sections, limits.max);
  const pieces = isShort(atoms, limits.max) ? [{ atoms: atoms.flat(), sections }] : packSections(sections, atoms, limits);
  const pageAt = pageFinder(source);
  return pieces.filter((piece) => piece.atoms.length > 0).map((piece, ordinal) => toChunk(source, piece, ordinal, pageAt));
}

/** A table of a thousand columns must not weigh more in its names than in its rows. */
const longestTableHeader = 400;

interface Piece {
  atoms: Atom[];
  sections: Section[];
}

interface Limits {
  target: number;
  max: number;
}

function isShort(atoms: Atom[][], max: number): boolean {
  let weight = 0;
  let last: Atom | undefined;
  for (const section of atoms) {
    for (const atom of section) {
      weight += weightAfter(last, atom);
      if (weight > max) return false;
      last = atom;
    }
  }
  return true;
}

/** With the white space before it, which is part of the passage too. */
function weightAfter(last: Atom | undefined, atom: Atom): number {
  return atom.weight + (last ? atom.start - last.end : 0);
}

/** A section that is nothing but its heading goes with the next one. */
function packSections(sections: Section[], atoms: Atom[][], limits: Limits): Piece[] {
  const pieces: Piece[] = [];
  let carried: Atom[] = [];
  sections.forEach((section, at) => {
    const own = [...carried, ...atoms[at]!];
    const isOnlyHeading = section.isOnlyHeading && at < sections.length - 1 && carried.length < 20;
    carried = isOnlyHeading ? own : [];
    if (!isOnlyHeading) for (const group of packAtoms(own, limits)) pieces.push({ atoms: group, sections: [section] });
  });
  return pieces;
}

/** Groups of about equal size, so that no section ends in a scrap: the cuts lie nearest to the even marks. */
function packAtoms(atoms: Atom[], limits: Limits): Atom[][] {
  const total = atoms.reduce((sum, atom, at) => sum + weightAfter(atoms[at - 1], atom), 0);
  if (total <= limits.max) return [atoms];
  const goal = total / Math.ceil(total / limits.target);
  const groups: Atom[][] = [];
  let group: Atom[] = [];
  let weight = 0;
  let done = 0;
  atoms.forEach((atom, at) => {
    const added = weightAfter(atoms[at - 1], atom);
    const isPastMark = done + weight + added / 2 > goal * (groups.length + 1);
    if (group.length > 0 && (isPastMark || weight + added > limits.max)) {
      groups.push(group);
      group = [];
      done += weight;
      weight = 0;
    }
    group.push(atom);
    weight += added;
  });
  return [...groups, group];
}

function toChunk(source: ExtractedText, piece: Piece, ordinal: number, pageAt: (offset: number) => number | null): Chunk {
  const start = piece.atoms[0]!.start;
  const end = piece.atoms.at(-1)!.end;
  const text = source.text.slice(start, end);
  const header = piece.atoms.find((atom) => atom.tableHeader !== '')?.tableHeader ?? '';
  const headings = commonPath(piece.sections.filter((section) => !section.isOnlyHeading || piece.sections.length === 1));
  const chunk: Chunk = { ordinal, start, end, headings, page: pageAt(start), text };
  return header !== '' && !text.includes(header)
    ? { ...chunk, tableHeader: header.slice(0, longestTableHeader).toWellFormed() }
    : chunk;
}

function commonPath(sections: Section[]): string[] {
  const [first, ...others] = sections.map((section) => section.path);
  if (!first) return [];
  let length = first.length;
  for (const path of others) {
    length = Math.min(length, path.length);
    while (length > 0 && path[length - 1] !== first[length - 1]) length -= 1;
  }
  return first.slice(0, length);
}

/** Chunks come in order, so the pages are walked once. */
function pageFinder(source: ExtractedText): (offset: number) => number | null {
  const pages = [...source.pages].sort((one, other) => one.start - other.start);
  let at = 0;
  return (offset) => {
    while (at + 1 < pages.length && pages[at + 1]!.start <= offset) at += 1;
    return pages[at]?.page ?? null;
  };
}
