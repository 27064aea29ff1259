import { expect, it } from 'vitest';
import { eachGram, hashWord } from './hash-word';
import { readWords } from './read-words';

it('gives the same words with and without diacritics of Latin letters', () => {
  expect(readWords('Wie ändere ich die Größe? ¿Cómo está el año?')).toEqual([
    'wie',
    'andere',
    'ich',
    'die',
    'grosse',
    'como',
    'esta',
    'el',
    'ano',
  ]);
  expect(readWords('CAFE\u0301 ﬁne')).toEqual(['cafe', 'fine']);
});

it('leaves marks of other scripts alone', () => {
  expect(readWords('й हिन्दी')).toEqual(['й', 'हिन्दी']);
});

it('parts Chinese, Japanese and Thai into pairs', () => {
  expect(readWords('更改密码')).toEqual(['更改', '改密', '密码']);
  expect(readWords('パス')).toEqual(['パス']);
  expect(readWords('รหัส').length).toBeGreaterThan(1);
});

it('hashes as FNV-1a does', () => {
  // The published value for "a" continues with the high byte of its UTF-16 unit, 0.
  expect(hashWord('')).toBe(0x811c9dc5);
  expect(hashWord('a')).toBe(Math.imul(0xe40c292c, 0x01000193) >>> 0);
});

it('cuts words into pieces of three to five characters with their ends, pairs into characters', () => {
  const countOf = (word: string) => {
    let count = 0;
    eachGram(word, 1_000, () => count++);
    return count;
  };
  expect(countOf('cat')).toBe(3 + 2 + 1);
  expect(countOf('a')).toBe(1);
  expect(countOf('密码')).toBe(3);
});
