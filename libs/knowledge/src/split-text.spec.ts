import type { ExtractedText } from '@docent/ports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText, type Chunk } from './split-text';

describe('splitText', () => {
  it('keeps a short document in one piece', () => {
    const chunks = splitText(aText('Opening hours\n\nNine to five.\n\nClosed on Sunday.\n'));
    expect(chunks).toEqual([
      { ordinal: 0, start: 0, end: 47, headings: [], page: null, text: 'Opening hours\n\nNine to five.\n\nClosed on Sunday.' },
    ]);
  });

  it('cuts at headings and names the path above each passage', () => {
    const [first, second] = [prose(900), prose(900)];
    const text = `Guide\n\nDelivery\n\n${first}\n\nReturns\n\n${second}\n`;
    const headings = [mark(text, 'Guide', 1), mark(text, 'Delivery', 2), mark(text, 'Returns', 2)];
    const chunks = splitText({ ...aText(text), headings });
    expect(chunks.map((chunk) => chunk.headings)).toEqual([
      ['Guide', 'Delivery'],
      ['Guide', 'Returns'],
    ]);
    expect(chunks[0]?.text).toBe(`Guide\n\nDelivery\n\n${first}`);
    expect(chunks[1]?.text).toBe(`Returns\n\n${second}`);
  });

  it('cuts long text between sentences into pieces of like size', () => {
    const chunks = splitText(aText(prose(5000)));
    expect(chunks.length).toBeGreaterThan(3);
    for (const chunk of chunks) {
      expect(chunk.text).toMatch(/^The .*\.$/su);
      expect(chunk.text.length).toBeGreaterThan(600);
      expect(chunk.text.length).toBeLessThanOrEqual(1400);
    }
  });

  it('takes initials and abbreviations for no ends of sentences', () => {
    const text = 'In 1914 Thomas J. Watson, Sr., was made head of the company by Mr. Charles R. Flint. '.repeat(60);
    for (const chunk of splitText(aText(text))) expect(chunk.text).toMatch(/^In 1914 .* R\. Flint\.$/u);
  });

  it('never cuts a row of a table and repeats the names of its columns', () => {
    const rows = Array.from({ length: 200 }, (_, at) => `Article ${at} | ${at * 3} euros | ${'in stock '.repeat(at % 7)}`.trim());
    const text = `Article | Price | Notes\n${rows.join('\n')}\n`;
    const chunks = splitText({ ...aText(text), tables: [{ start: 0, end: text.length, header: 'Article | Price | Notes' }] });
    expect(chunks.flatMap((chunk) => chunk.text.split('\n').slice(chunk.ordinal === 0 ? 1 : 0))).toEqual(rows);
    expect(chunks[0]).not.toHaveProperty('tableHeader');
    expect(chunks[1]?.tableHeader).toBe('Article | Price | Notes');
  });

  it('remembers pages, and keeps a sentence whole that runs over the end of one', () => {
    const one = `${prose(1200)} The warranty of the machine lasts for two years if`;
    const two = `it was bought new. ${prose(1200)}`;
    const text = `${one}\n\n${two}`;
    const pages = [
      { page: 1, start: 0, end: one.length + 2 },
      { page: 2, start: one.length + 2, end: text.length },
    ];
    const chunks = splitText({ ...aText(text), pages });
    expect(chunks.filter((chunk) => chunk.page === 1).at(-1)?.text).toMatch(/for two years if\s+it was bought new\.$/u);
    expect(chunks.filter((chunk) => chunk.page === 2)[0]?.text).toMatch(/^The /u);
  });

  it('makes passages of Chinese text shorter, because each character says more', () => {
    const text = '保修期为两年，从购买之日起计算。请保留发票。'.repeat(200);
    for (const chunk of splitText(aText(text))) {
      expect(chunk.text.length).toBeLessThanOrEqual(467);
      expect(chunk.text.endsWith('。')).toBe(true);
    }
  });

  it('gets through two million characters without a line break and a word of a million letters', () => {
    const line = `${'word '.repeat(400_000)}`;
    const word = `before ${'x'.repeat(1_000_000)} after`;
    for (const text of [line, word]) expectToCover(text, splitText(aText(text)));
    expect(splitText(aText(word)).at(-1)?.text).toMatch(/after$/u);
  });

  it('covers all text that is not blank exactly once, whatever the text, its headings, tables and pages are', () => {
    fc.assert(
      fc.property(anyExtractedText, (source) => {
        const chunks = splitText(source, { targetCharacters: 30, maxCharacters: 40 });
        expectToCover(source.text, chunks);
        for (const chunk of chunks) {
          expect(chunk.text.isWellFormed()).toBe(true);
          expect(chunk.text.trim()).toBe(chunk.text);
          expect(chunk.text).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** In order, without overlap, and with nothing but white space between. */
function expectToCover(text: string, chunks: Chunk[]): void {
  let at = 0;
  chunks.forEach((chunk, ordinal) => {
    expect(chunk.ordinal).toBe(ordinal);
    expect(chunk.start).toBeGreaterThanOrEqual(at);
    expect(text.slice(at, chunk.start).trim()).toBe('');
    expect(text.slice(chunk.start, chunk.end) === chunk.text).toBe(true);
    at = chunk.end;
  });
  expect(text.slice(at).trim()).toBe('');
}

const anyWord = fc.oneof(
  fc.stringMatching(/^[a-z]{1,12}$/u),
  fc.constantFrom(
    '. ',
    '! ',
    '\n',
    '\n\n',
    ' ',
    '\t',
    '。',
    '中文',
    'ไทย',
    '🙂',
    '👩‍👩‍👧',
    '- item\n',
    'a | b | c\n',
    '\u00a0',
    '\u3000',
    '\ufeff',
  ),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

const anyExtractedText = fc.array(anyWord, { maxLength: 80 }).chain((words) => {
  const text = words.join('').toWellFormed();
  const offset = fc.nat({ max: text.length }).map((at) => (isInsidePair(text, at) ? at - 1 : at));
  const spans = (maxLength: number) =>
    fc.array(offset, { maxLength: maxLength * 2 }).map((offsets) => {
      const sorted = [...new Set(offsets)].sort((one, other) => one - other);
      return sorted.flatMap((start, at) =>
        at % 2 === 0 && sorted[at + 1] !== undefined ? [{ start, end: sorted[at + 1]! }] : [],
      );
    });
  return fc.record({
    title: fc.constant('Any'),
    mediaType: fc.constant('text/plain'),
    text: fc.constant(text),
    headings: fc.array(
      fc.record({ level: fc.integer({ min: 1, max: 6 }), start: offset, text: fc.constantFrom('A', 'Two words') }),
      { maxLength: 6 },
    ),
    tables: spans(3).map((list) => list.map((span) => ({ ...span, header: 'a | b' }))),
    pages: spans(3).map((list) => list.map((span, at) => ({ ...span, page: at + 1 }))),
  });
});

function isInsidePair(text: string, at: number): boolean {
  return /[\udc00-\udfff]/u.test(text.charAt(at)) && at > 0;
}

function aText(text: string): ExtractedText {
  return { title: 'A text', mediaType: 'text/plain', text, pages: [], headings: [], tables: [] };
}

function mark(text: string, heading: string, level: number) {
  return { level, text: heading, start: text.indexOf(heading) };
}

function prose(length: number): string {
  const sentence = 'The parcel leaves our warehouse on the next working day and arrives within a week.';
  return Array.from({ length: Math.round(length / sentence.length) }, () => sentence).join(' ');
}
