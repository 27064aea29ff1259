import type { ExtractedText } from '@docent/ports';

/** A stretch of the text under one heading and on one page. */
export interface Section {
  start: number;
  end: number;
  /** The headings above, outermost first, its own included. */
  path: string[];
  /** It holds a heading and nothing else. */
  isOnlyHeading: boolean;
}

/**
 * The text cut at every heading and at every page, whole and in order. A sentence that runs over the end of a page stays whole:
 * the cut then comes after it.
 */
export function listSections(source: ExtractedText): Section[] {
  const headings = [...source.headings].sort((one, other) => one.start - other.start);
  const cuts = new Set([
    0,
    ...headings.map((heading) => heading.start),
    ...source.pages.map((page) => pageCut(source.text, page.start)),
  ]);
  const starts = [...cuts].filter((start) => start >= 0 && start < source.text.length).sort((one, other) => one - other);
  const open: { level: number; text: string }[] = [];
  let next = 0;
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? source.text.length;
    let ownEnd = start;
    for (let heading = headings[next]; heading && heading.start <= start; heading = headings[++next]) {
      while (open.length > 0 && open.at(-1)!.level >= heading.level) open.pop();
      open.push({ level: heading.level, text: heading.text });
      if (heading.start === start) ownEnd = start + heading.text.length;
    }
    const isOnlyHeading = ownEnd > start && isBlank(source.text, ownEnd, end);
    return { start, end, path: open.map((heading) => heading.text), isOnlyHeading };
  });
}

const furthestSentenceEnd = 400;

/** Where the new page's own text begins: after the sentence that the page before left open. */
function pageCut(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 40), start).trimEnd();
  const after = text.slice(start, start + furthestSentenceEnd);
  const isOpen = before !== '' && !/[.!?…:;。！？।؟۔"”»)\]]$/u.test(before) && /^\s*\p{Ll}/u.test(after);
  if (!isOpen) return start;
  const end = /[.!?…]["”»)\]]*\s/u.exec(after);
  return end && !/\n\s*\n/u.test(after.trimStart().slice(0, end.index)) ? start + end.index + end[0].length : start;
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) > 32 && text[at]!.trim() !== '') return false;
  return true;
}
