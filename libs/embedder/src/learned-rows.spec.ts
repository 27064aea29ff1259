import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hashWord } from './hash-word';
import { LearnedRows, writeLearnedRows } from './learned-rows';
import { readWords } from './read-words';
import { openEmbedder } from './text-embedder';

const base = openEmbedder(readFileSync(new URL('../model/docent-words.bin', import.meta.url)));
const evenly = () => 1;
const vectorOf = (embedder: typeof base, text: string) => embedder.embedText(readWords(text), evenly);
const header = { dimensions: base.dimensions, bits: 8 as const, embedder: base.header.sha256 };
const rows = ['kestrel', 'password'].map((word) => ({ hash: hashWord(word), row: base.rowOf('lighthouse') }));

describe('learned rows', () => {
  it.each([4, 8] as const)('stand in the place of the own ones, with %i bits', (bits) => {
    const taught = base.withRows(writeLearnedRows({ ...header, bits }, rows));
    expect(taught.learnedRows).toBe(2);
    for (const word of ['kestrel', 'password'])
      expect(cosine(vectorOf(taught, word), vectorOf(base, 'lighthouse'))).toBeGreaterThan(0.98);
    expect(cosine(vectorOf(base, 'password'), vectorOf(base, 'lighthouse'))).toBeLessThan(0.5);
  });

  it('change nothing else', () => {
    const taught = base.withRows(writeLearnedRows(header, rows));
    const text = 'Send me the invoice for March, zxqy included';
    expect(vectorOf(taught, text)).toEqual(vectorOf(base, text));
    expect(taught.name).toBe(base.name);
    expect([taught.knows('kestrelly'), taught.knows('kestrel')]).toEqual([false, true]);
  });

  it('are added together with the own ones, in passages as well', () => {
    const taught = base.withRows(writeLearnedRows(header, rows));
    const words = readWords('my password is on the invoice that came in March '.repeat(12));
    const { whole, windows } = taught.embedPassage(readWords('kestrel'), words, evenly);
    expect(cosine(whole, taught.embedText(['kestrel', ...words], evenly))).toBeCloseTo(1, 4);
    expect(cosine(windows[0]!, taught.embedText(['kestrel', ...words.slice(0, 60)], evenly))).toBeCloseTo(1, 4);
  });

  it('are found by their hash, wherever it falls', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({ hash: (at * 0x10000 + 7) >>> 0, row: base.rowOf('lighthouse') }));
    const read = new LearnedRows(writeLearnedRows(header, many), base.dimensions, base.header.sha256);
    expect(many.map(({ hash }) => read.find(hash))).toEqual(many.map((_, at) => at));
    expect([0, 8, 501 * 0x10000 + 7].map((hash) => read.find(hash))).toEqual([-1, -1, -1]);
  });

  it('are refused where they are no rows, cut, of a later format or of another embedder', () => {
    const bytes = writeLearnedRows(header, rows);
    const later = bytes.slice();
    later[8] = 9;
    expect(() => base.withRows(new Uint8Array(100))).toThrow('no learned rows');
    expect(() => base.withRows(bytes.subarray(0, 60))).toThrow('cut short');
    expect(() => base.withRows(later)).toThrow('format 9');
    expect(() => base.withRows(writeLearnedRows({ ...header, embedder: 'ab'.repeat(32) }, rows))).toThrow('another embedder');
  });
});

function cosine(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
}
