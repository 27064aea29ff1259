import type { PdfLine } from './pdf-line';
import type { TextBuilder } from './text-builder';

/** Writes lines as paragraphs and headings, page by page. Larger type than most of the document has is a heading. */
export function writePdfPages(pages: PdfLine[][], into: TextBuilder): void {
  const levels = headingLevels(pages);
  pages.forEach((lines, at) => {
    into.endParagraph();
    into.page(at + 1, () => {
      for (const block of splitBlocks(lines, levels)) {
        const level = levels.get(sizeOf(block[0]!));
        if (level !== undefined && isHeading(block)) into.heading(level, joinLines(block, true));
        else into.paragraph(joinLines(block, false));
      }
    });
  });
}

/** Sizes of type above the body's, the largest as level 1; sizes beyond the fourth share its level. */
function headingLevels(pages: PdfLine[][]): Map<number, number> {
  const characters = new Map<number, number>();
  for (const line of pages.flat()) characters.set(sizeOf(line), (characters.get(sizeOf(line)) ?? 0) + line.text.length);
  const body = [...characters].sort((one, other) => other[1] - one[1])[0]?.[0] ?? 0;
  const larger = [...characters.keys()].filter((size) => size >= body * 1.1).sort((one, other) => other - one);
  return new Map(larger.map((size, rank) => [size, Math.min(rank + 1, 4)]));
}

function sizeOf(line: PdfLine): number {
  return Math.round(line.size * 2) / 2;
}

/** Lines that belong together: one size of type, no gap above the usual distance of lines. */
function splitBlocks(lines: PdfLine[], levels: Map<number, number>): PdfLine[][] {
  const blocks: PdfLine[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1)?.at(-1);
    const step = last ? last.baseline - line.baseline : 0;
    const isNear = last && step > 0 && step < Math.max(last.size, line.size) * 1.75;
    const isSameKind = last && levels.get(sizeOf(last)) === levels.get(sizeOf(line));
    if (isNear && isSameKind) blocks.at(-1)!.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function isHeading(block: PdfLine[]): boolean {
  const text = block.map((line) => line.text).join(' ');
  return text.length <= 200 && block.length <= 4 && /\p{L}{2}/u.test(text);
}

/** Lines that run to the edge go on in the next one; short lines (lists, addresses, receipts) stay lines. */
function joinLines(block: PdfLine[], isOneLine: boolean): string {
  const widest = Math.max(...block.map(widthOf));
  const isProse =
    isOneLine || block.slice(0, -1).filter((line) => widthOf(line) > widest * 0.75).length > (block.length - 1) * 0.6;
  let text = block[0]!.text;
  block.slice(1).forEach((line, at) => {
    const goesOn =
      isOneLine || (isProse && widthOf(block[at]!) > widest * 0.7 && !startsItem(line.text) && hasLetters(block[at]!.text));
    if (!goesOn) text += `\n${line.text}`;
    else if (/\p{Ll}[-\u00ad\u2010]$/u.test(text) && /^\p{Ll}/u.test(line.text)) text = `${text.slice(0, -1)}${line.text}`;
    else text += isScriptWithoutSpaces(text, line.text) ? line.text : ` ${line.text}`;
  });
  return text;
}

function widthOf(line: PdfLine): number {
  return line.end - line.start;
}

/** A rule made of dashes is a line of its own. */
function hasLetters(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function startsItem(text: string): boolean {
  return /^(?:[•‣◦▪●○■–—*-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)/u.test(text);
}

function isScriptWithoutSpaces(before: string, after: string): boolean {
  const letter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
  return letter.test(before.at(-1) ?? '') && letter.test(after[0] ?? '');
}
