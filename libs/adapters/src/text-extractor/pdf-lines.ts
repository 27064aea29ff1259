import type { PDFPageProxy } from 'unpdf/pdfjs';
import { untangleColumns } from './pdf-columns';
import type { PdfLine } from './pdf-line';

type PageItem = Awaited<ReturnType<PDFPageProxy['getTextContent']>>['items'][number];
type TextItem = Extract<PageItem, { str: string }>;

/** The pieces that pdf.js finds on a page, put together to lines in reading order. */
export function readLines(items: PageItem[]): PdfLine[] {
  const segments: PdfLine[] = [];
  let open: Segment | null = null;
  for (const item of items) {
    if (!('str' in item)) continue;
    const piece = place(item);
    if (open && !continues(open, piece)) {
      segments.push(open);
      open = null;
    }
    if (item.str.trim() !== '') open = open ? join(open, piece) : piece;
    if (item.hasEOL && open) {
      segments.push(open);
      open = null;
    }
  }
  if (open) segments.push(open);
  return joinRows(untangleColumns(segments)).map((line) => ({
    ...line,
    text: tidy(line.text),
  }));
}

interface Segment extends PdfLine {
  /** The direction of its last piece. */
  endsRightToLeft: boolean;
}

function place(item: TextItem): Segment {
  const [a, b, , , x, y] = item.transform as [number, number, number, number, number, number];
  const scale = Math.hypot(a, b) || 1;
  const start = (x * a + y * b) / scale;
  return {
    text: item.str,
    start,
    end: start + item.width,
    baseline: (y * a - x * b) / scale,
    size: scale,
    endsRightToLeft: item.dir === 'rtl',
  };
}

/** Same baseline (superscripts included) and no gap as wide as between columns. */
function continues(open: Segment, piece: Segment): boolean {
  const size = Math.max(open.size, piece.size);
  if (Math.abs(open.baseline - piece.baseline) > size * 0.5) return false;
  return gapBetween(open, piece) < size * 2;
}

/** Distance between two pieces of a line, whichever of them stands left. */
function gapBetween(open: PdfLine, piece: PdfLine): number {
  return Math.max(piece.start - open.end, open.start - piece.end);
}

function join(open: Segment, piece: Segment): Segment {
  // Where Latin text ends inside right-to-left text, the space between is often only in the drawing order.
  const isTurn = !open.endsRightToLeft && piece.endsRightToLeft && /[\p{L}\p{N}]$/u.test(open.text);
  const isApart = isTurn || gapBetween(open, piece) > Math.max(open.size, piece.size) * 0.12;
  return {
    text: `${open.text}${isApart ? ' ' : ''}${piece.text}`,
    start: Math.min(open.start, piece.start),
    end: Math.max(open.end, piece.end),
    baseline: open.baseline,
    size: open.text.length >= piece.text.length ? open.size : piece.size,
    endsRightToLeft: piece.endsRightToLeft,
  };
}

/** Neighbours on one baseline that no column parts (cells of a table, a number before its heading) are one line. */
function joinRows(segments: PdfLine[]): PdfLine[] {
  const lines: PdfLine[] = [];
  for (const segment of segments) {
    const last = lines.at(-1);
    const isSameRow = last && Math.abs(last.baseline - segment.baseline) < Math.min(last.size, segment.size) * 0.3;
    if (!last || !isSameRow || gapBetween(last, segment) < 0) lines.push({ ...segment });
    else
      Object.assign(last, {
        text: `${last.text} ${segment.text}`,
        start: Math.min(last.start, segment.start),
        end: Math.max(last.end, segment.end),
      });
  }
  return lines;
}

/**
 * Ligatures and presentation forms become their letters. Only now: while pdf.js puts right-to-left runs into logical order, a
 * ligature must be one character, or its letters come out reversed. Fonts that spell their ligature of lam and alef as two
 * letters are reversed all the same; it is put right where the order cannot be meant (two alefs in a row).
 */
function tidy(text: string): string {
  const letters = text.replace(/[\ufb00-\ufdff\ufe70-\ufefc]+/gu, (forms) => forms.normalize('NFKC'));
  const ordered = letters.replace(/ا([اأإآ])ل/gu, 'ال$1');
  return ordered.replace(/\s+/gu, ' ').trim();
}
