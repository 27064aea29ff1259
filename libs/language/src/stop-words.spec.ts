import { expect, it } from 'vitest';
import { isMisspeltStopWord } from './stop-words';

it.each([
  ['teh', 'en'],
  ['waht', 'en'],
  ['wher', 'en'],
  ['thee', 'en'],
  ['udn', 'de'],
  ['nciht', 'de'],
])('%s is a small word with a slip (%s)', (word, language) => {
  expect(isMisspeltStopWord(word, language)).toBe(true);
});

it.each([
  ['docker', 'en'],
  ['sate', 'en'],
  ['api', 'en'],
  ['bot', 'en'],
  ['teh', null],
  ['teh', 'ja'],
])('%s is none (%s)', (word, language) => {
  expect(isMisspeltStopWord(word, language)).toBe(false);
});
