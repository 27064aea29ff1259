import { describe, expect, it } from 'vitest';
import { csvRecord } from './write-csv';

describe('csvRecord', () => {
  it('quotes every cell and doubles quotes (RFC 4180)', () => {
    expect(csvRecord(['a', '', 'b "c", d', 'two\r\nlines', '名前'])).toBe('"a","","b ""c"", d","two\r\nlines","名前"\r\n');
  });

  it.each([
    '=1+1',
    '+49 30',
    '-5',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '−1',
    '  =1',
    '\u00a0=1',
    '\u200b=1',
    '\u202e=1',
    '\u0001=1',
    '\ufeff=1',
  ])('makes %j harmless', (cell) => {
    expect(csvRecord([cell])).toBe(`"'${cell}"\r\n`);
  });

  it.each(['1-1', 'a=b', 'ada@example.com', "'=1", ' x', '(+49) 30'])('leaves %j as it is', (cell) => {
    expect(csvRecord([cell])).toBe(`"${cell}"\r\n`);
  });
});
