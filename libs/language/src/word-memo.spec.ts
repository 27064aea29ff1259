import { describe, expect, it } from 'vitest';
import { WordMemo } from './word-memo';

describe('WordMemo', () => {
  it('finds every word at its place, and none that it was not told, also where hashes are the same', () => {
    for (const hashOf of [() => 1, (word: string) => word.length, (word: string) => Math.imul(word.charCodeAt(0), 0x01000193)]) {
      const memo = new WordMemo<{ form: string }>();
      const words = Array.from({ length: 600 }, (_, at) => `w${at.toString(36)}`);
      for (const form of words) memo.add({ form }, hashOf(form));
      expect(memo.size).toBe(600);
      for (const form of words) expect(memo.find(`see ${form} here`, 4, 4 + form.length, hashOf(form))?.form).toBe(form);
      expect(memo.find('zz', 0, 2, hashOf('zz'))).toBeUndefined();
    }
  });

  it('grows, and forgets all at once', () => {
    const memo = new WordMemo<{ form: string }>();
    for (let at = 0; at < 5_000; at++) memo.add({ form: String(at) }, at);
    expect(memo.find('4999', 0, 4, 4_999)?.form).toBe('4999');
    memo.clear();
    expect([memo.size, memo.find('4999', 0, 4, 4_999)]).toEqual([0, undefined]);
  });
});
