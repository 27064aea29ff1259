export interface TextBlock {
  /** Offset of the block in the whole text, in UTF-16 units. */
  start: number;
  text: string;
  /** The page that begins here; null in the middle of a page, and where there are no pages. */
  page: number | null;
}

const longestBlock = 4000;

/** Cuts a text into blocks at page starts and, within long stretches, at line ends, so that a browser can draw it piecewise. Joined, the blocks are the text. */
export function cutText(text: string, pages: readonly { page: number; start: number }[]): TextBlock[] {
  const starts = new Map(pages.map(({ page, start }) => [start, page]));
  const edges = [...new Set([0, ...starts.keys(), text.length])].filter((edge) => edge <= text.length).sort((a, b) => a - b);
  const blocks: TextBlock[] = [];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    let start = edges[index]!;
    const end = edges[index + 1]!;
    let page = starts.get(start) ?? null;
    while (start < end) {
      const next = end - start <= longestBlock ? end : breakNear(text, start + longestBlock, end);
      blocks.push({ start, text: text.slice(start, next), page });
      start = next;
      page = null;
    }
  }
  return blocks;
}

function breakNear(text: string, from: number, end: number): number {
  const line = text.indexOf('\n', from);
  if (line >= 0 && line < end && line - from < longestBlock) return line + 1;
  const splitsPair = text.charCodeAt(from - 1) >= 0xd800 && text.charCodeAt(from - 1) <= 0xdbff;
  return splitsPair ? from + 1 : from;
}
