import type { PassageExplanation } from '@docent/contracts';
import type { z } from 'zod';

export type Explanation = z.infer<typeof PassageExplanation>;

export interface Piece {
  text: string;
  /** Where it begins in the passage's text. */
  start: number;
  /** Within the stretch that is nearest by meaning. */
  isNear: boolean;
  /** A word that carried the passage: it stands in the question too, or means something near to a word there. */
  carries: 'word' | 'meaning' | null;
}

/** Words shorter than this count as the same only when they are the same; longer ones also by their beginning. */
const shortWord = 5;
const endingLength = 2;
/** What carries less is not worth a mark. */
export const leastShare = 0.08;

/** Cuts a passage's text so that what carried it can be marked; the pieces together are the text. */
export function cutMarks(text: string, explanation: Explanation | undefined): Piece[] {
  if (!explanation) return text ? [{ text, start: 0, isNear: false, carries: null }] : [];
  const { lexical, vector, window } = explanation;
  const carriedBy = (word: string) => {
    if (lexical.some((one) => isSameWord(one.word, word))) return 'word';
    return vector.some((one) => one.share >= leastShare && one.nearest.toLowerCase() === word) ? 'meaning' : null;
  };
  const pieces: Piece[] = [];
  let last: Piece | undefined;
  const add = (from: number, to: number, carries: Piece['carries']) => {
    if (to <= from) return;
    const isNear = window !== null && from >= window.start && to <= window.end;
    if (last && last.isNear === isNear && last.carries === carries) last.text += text.slice(from, to);
    else pieces.push((last = { text: text.slice(from, to), start: from, isNear, carries }));
  };
  /** The edges of the window cut too. */
  const addCut = (from: number, to: number, carries: Piece['carries']) => {
    const edges = window ? [window.start, window.end].filter((edge) => edge > from && edge < to) : [];
    const ends = [...edges, to];
    ends.forEach((end, at) => add(at === 0 ? from : ends[at - 1]!, end, carries));
  };
  let done = 0;
  for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const carries = carriedBy(word.toLowerCase());
    if (!carries) continue;
    addCut(done, index, null);
    addCut(index, index + word.length, carries);
    done = index + word.length;
  }
  addCut(done, text.length, null);
  return pieces;
}

/** The index compares stems; that two words begin alike says nearly the same, and is all that is known here. */
function isSameWord(asked: string, found: string): boolean {
  const wanted = asked.toLowerCase();
  if (wanted === found) return true;
  const shared = Math.min(wanted.length, found.length) - endingLength;
  return (
    shared >= shortWord - 1 && Math.abs(wanted.length - found.length) <= 4 && wanted.slice(0, shared) === found.slice(0, shared)
  );
}

/** The part of a passage worth showing first: around what is nearest by meaning, or its beginning. Offsets into the text. */
export function cutToShow(text: string, explanation: Explanation | undefined, most = 420): { start: number; end: number } {
  const window = explanation?.window;
  if (text.length <= most || !window) return { start: 0, end: toWordEnd(text, Math.min(text.length, most)) };
  const room = Math.max(0, most - (window.end - window.start));
  const start = Math.max(0, window.start - Math.floor(room / 2));
  return {
    start: start === 0 ? 0 : toWordEnd(text, start),
    end: toWordEnd(text, Math.min(text.length, Math.max(window.end, start + most))),
  };
}

/** The next place between two words; the place itself where there is none near. */
function toWordEnd(text: string, at: number): number {
  const space = text.slice(at, at + 30).search(/\s/);
  return at >= text.length ? text.length : space < 0 ? at : at + space;
}
