import type { PdfLine } from './pdf-line';

const edgeLines = 2;
const fewestPages = 4;
const shareOfPages = 0.6;

/**
 * Takes out what repeats at the upper and lower edges of pages and tears the sentences that run over them: page numbers, and
 * lines that stand there on most pages. Of those the first is kept, it may be the only place of a title; lines that differ in a
 * number may be headings and stay.
 */
export function dropPageFurniture(pages: PdfLine[][]): PdfLine[][] {
  const counts = new Map<string, number>();
  for (const lines of pages)
    for (const text of new Set(edgesOf(lines).map((line) => line.text))) counts.set(text, (counts.get(text) ?? 0) + 1);
  const needed = Math.max(fewestPages, pages.length * shareOfPages);
  const seen = new Set<string>();
  return pages.map((lines) => {
    const edges = new Set(edgesOf(lines));
    return lines.filter((line) => {
      if (!edges.has(line)) return true;
      if (lines.length > edgeLines && isPageNumber(line.text)) return false;
      const isRepeated = seen.has(line.text) && (counts.get(line.text) ?? 0) >= needed;
      seen.add(line.text);
      return !isRepeated;
    });
  });
}

function edgesOf(lines: PdfLine[]): PdfLine[] {
  const byHeight = [...lines].sort((one, other) => other.baseline - one.baseline);
  return byHeight.length <= edgeLines * 2 ? byHeight : [...byHeight.slice(0, edgeLines), ...byHeight.slice(-edgeLines)];
}

function isPageNumber(text: string): boolean {
  return /^(?:(?:page|seite|página|pagina|стр\.?)\s*)?[-–—|]?\s*\d{1,4}\s*(?:[-–—|]|(?:of|von|de|di|sur|из|\/)\s*\d{1,4})?$/iu.test(
    text.trim(),
  );
}
