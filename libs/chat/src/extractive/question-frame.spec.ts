import { expect, it } from 'vitest';
import { frameWords } from './question-frame';

it.each([
  ['How many seats are there?', ['many']],
  ['what does 429 mean', ['mean']],
  ['What is the difference between a source and a passage?', ['difference']],
  ['Which version do I need?', ['need']],
  ['Was passiert, wenn das Limit erreicht ist?', ['passiert']],
  ['¿Qué significa esto?', ['significa']],
  // Here they are what is asked about.
  ['many seats', []],
  ['Is the mean of all values shown?', []],
])('%s', (question, words) => {
  expect([...frameWords(question)]).toEqual(words);
});
