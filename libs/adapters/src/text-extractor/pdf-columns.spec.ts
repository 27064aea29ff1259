import { expect, it } from 'vitest';
import { untangleColumns } from './pdf-columns';
import type { PdfLine } from './pdf-line';

it('reads the left column of prose first, even where the page was written line by line', () => {
  const heading = segment('A heading across both columns of the page', 50, 550, 0);
  const rows = Array.from({ length: 8 }, (_, row) => [left(row + 1), right(row + 1)]);
  const found = untangleColumns([heading, ...rows.flat()]);
  expect(found).toEqual([heading, ...rows.map(([first]) => first), ...rows.map(([, second]) => second)]);
});

it('keeps the rows of a table, and the order of pages written column by column', () => {
  const cells = Array.from({ length: 8 }, (_, row) => [
    segment(`Article ${row}`, 50, 120, row),
    segment(`${row} euros`, 320, 380, row),
  ]).flat();
  expect(untangleColumns(cells)).toEqual(cells);
  const columns = [...Array.from({ length: 8 }, (_, row) => left(row)), ...Array.from({ length: 8 }, (_, row) => right(row))];
  expect(untangleColumns(columns)).toEqual(columns);
});

function left(row: number): PdfLine {
  return segment(`left words that fill the line ${row}`, 50, 290, row);
}

function right(row: number): PdfLine {
  return segment(`right words that fill the line ${row}`, 310, 550, row);
}

function segment(text: string, start: number, end: number, row: number): PdfLine {
  return { text, start, end, baseline: 800 - row * 14, size: 10 };
}
