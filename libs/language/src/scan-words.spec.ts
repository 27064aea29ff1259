import { describe, expect, it } from 'vitest';
import { hashWord, scanWords } from './scan-words';

const pieces = [
  'a',
  'word',
  'größe',
  'слово',
  'كلمة',
  'हिन्दी',
  '東京',
  '7',
  '3,5',
  'x1',
  '-',
  '.',
  "'",
  '_',
  '@',
  '++',
  '#',
  ' ',
  '\n',
  '…',
  '🙂',
  'e\u0301',
];
const longWord = 'л'.repeat(100);

/** Seeded, so that a failure can be seen again. */
function* randomTexts(count: number): Generator<string> {
  let state = 7;
  const next = (below: number) => (state = Math.imul(state, 48_271) >>> 1) % below;
  for (let made = 0; made < count; made++) {
    yield Array.from({ length: 1 + next(12) }, () => (next(40) === 0 ? longWord : pieces[next(pieces.length)]!)).join('');
  }
}

function wordsOf(text: string, byPlace: boolean): string[] {
  const found: string[] = [];
  const report = (word: string, kind: string) => void found.push(`${kind} ${word}`);
  const reportPlain = (start: number, end: number, hash: number) => {
    expect(hash).toBe(hashWord(text, start, end));
    found.push(`word ${text.slice(start, end)}`);
  };
  if (byPlace) scanWords(text, report, reportPlain);
  else scanWords(text, report);
  return found;
}

describe('scanWords', () => {
  it('reports by place what it reports as words', () => {
    let words = 0;
    for (const text of randomTexts(4_000)) {
      const plain = wordsOf(text, false);
      words += plain.length;
      expect(wordsOf(text, true), text).toEqual(plain);
    }
    expect(words).toBeGreaterThan(10_000);
  });

  it('reports the parts of what holds together', () => {
    expect(wordsOf("it's e-mail to ann@example.org about txn-98", true)).toEqual([
      'word it',
      'word s',
      'word e',
      'word mail',
      'word to',
      'exact ann@example.org',
      'word ann',
      'word example',
      'word org',
      'word about',
      'exact txn-98',
      'word txn',
      'exact 98',
    ]);
  });
});
