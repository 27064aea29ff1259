import type { PdfLine } from './pdf-line';

/**
 * Most writers emit a page column by column, and their order is kept. Some emit it line by line across two columns of prose;
 * there the left column is put before the right one. Tables, whose cells are short, stay row by row.
 */
export function untangleColumns(segments: PdfLine[]): PdfLine[] {
  const rows = groupRows(segments);
  const gutter = findGutter(rows);
  if (gutter === null) return segments;
  const ordered: PdfLine[] = [];
  let right: PdfLine[] = [];
  for (const row of rows) {
    const isAcross = row.some((segment) => segment.start < gutter && segment.end > gutter);
    if (isAcross) {
      ordered.push(...right, ...row);
      right = [];
    } else for (const segment of row) (segment.end <= gutter ? ordered : right).push(segment);
  }
  return [...ordered, ...right];
}

function groupRows(segments: PdfLine[]): PdfLine[][] {
  const rows: PdfLine[][] = [];
  for (const segment of segments) {
    const first = rows.at(-1)?.[0];
    if (first && Math.abs(first.baseline - segment.baseline) < first.size * 0.3) rows.at(-1)!.push(segment);
    else rows.push([segment]);
  }
  return rows;
}

/** The middle of the strip that stays empty between both halves of at least six rows of prose, most of the page. */
function findGutter(rows: PdfLine[][]): number | null {
  const pairs = rows.filter((row) => row.length === 2 && row.every(isProse));
  if (pairs.length < 6 || pairs.length < rows.length * 0.4) return null;
  const sorted = pairs.map((row) => [...row].sort((one, other) => one.start - other.start) as [PdfLine, PdfLine]);
  const from = Math.max(...sorted.map(([left]) => left.end));
  const to = Math.min(...sorted.map(([, right]) => right.start));
  return from < to ? (from + to) / 2 : null;
}

function isProse(segment: PdfLine): boolean {
  return segment.text.length >= 20 && segment.text.trim().split(/\s+/u).length >= 3;
}
