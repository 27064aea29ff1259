import { describe, expect, it } from 'vitest';
import { findSlashWord } from './find-slash-word';

describe('findSlashWord', () => {
  it.each([
    ['/', 1, { start: 0, word: '' }],
    ['/shi', 4, { start: 0, word: 'shi' }],
    ['Hello /grüße', 12, { start: 6, word: 'grüße' }],
    ['line\n/ok', 8, { start: 5, word: 'ok' }],
  ])('finds it in %j', (text, caret, expected) => {
    expect(findSlashWord(text, caret)).toEqual(expected);
  });

  it.each([
    ['and/or', 6],
    ['https://a.example/b', 19],
    ['/ship it', 8],
    ['no', 2],
  ])('finds none in %j', (text, caret) => {
    expect(findSlashWord(text, caret)).toBeUndefined();
  });
});
