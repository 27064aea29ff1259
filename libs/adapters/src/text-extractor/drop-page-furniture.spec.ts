import { expect, it } from 'vitest';
import { dropPageFurniture } from './drop-page-furniture';
import type { PdfLine } from './pdf-line';

it('takes out page numbers and running heads, and keeps the first of them', () => {
  const words = ['one', 'two', 'three', 'four', 'five'].map((word) => [
    `Chapter ${word}`,
    `begins with ${word}`,
    `and ends so: ${word}`,
  ]);
  const pages = words.map((lines, at) => aPage(['Handbook', ...lines, `Page ${at + 1} of 5`]));
  expect(dropPageFurniture(pages).map(textsOf)).toEqual([['Handbook', ...words[0]!], ...words.slice(1)]);
});

it('keeps headings that differ in their number only', () => {
  const pages = [1, 2, 3, 4, 5].map((page) =>
    aPage([`Chapter ${page}`, 'Words', 'more words', `line ${page}`, `end of ${page}`]),
  );
  expect(dropPageFurniture(pages).map((lines) => lines[0]?.text)).toEqual([1, 2, 3, 4, 5].map((page) => `Chapter ${page}`));
});

it('leaves figures in the text, lines that differ, and short documents alone', () => {
  const price = aPage(['Price list', 'Lamp', '40', 'Chair', '90', 'Prices in euros', 'Valid until May']);
  expect(dropPageFurniture([price]).map(textsOf)).toEqual([textsOf(price)]);
  const slides = [aPage(['42']), aPage(['Thanks', '7'])];
  expect(dropPageFurniture(slides).map(textsOf)).toEqual([['42'], ['Thanks', '7']]);
});

function aPage(texts: string[]): PdfLine[] {
  return texts.map((text, at) => ({ text, start: 50, end: 300, baseline: 800 - at * 14, size: 10 }));
}

function textsOf(lines: PdfLine[]): string[] {
  return lines.map((line) => line.text);
}
