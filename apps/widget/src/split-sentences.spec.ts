import { expect, it } from 'vitest';
import { splitSentences } from './split-sentences';

const text = 'Parcels take **two days**.[1] You can return them within 30 days.[2] Ask [us](https://example.com) anything';

it('keeps the sentence that is still being written for later', () => {
  expect(splitSentences(text, false)).toEqual(['Parcels take two days. ', 'You can return them within 30 days. ']);
  expect(splitSentences(text, true).at(-1)).toBe('Ask us anything');
});

it('says every word once while the text grows', () => {
  let said: string[] = [];
  for (let length = 0; length <= text.length; length++) {
    const sentences = splitSentences(text.slice(0, length), length === text.length);
    expect(sentences.slice(0, said.length)).toEqual(said);
    if (sentences.length > said.length) said = sentences;
  }
  expect(said.join('')).toBe('Parcels take two days. You can return them within 30 days. Ask us anything');
});
