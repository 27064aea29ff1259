import { expect, it } from 'vitest';
import { RememberedWords } from './remembered-words';

const vector = (value: number) => Float32Array.from({ length: 8 }, (_, at) => value * (at - 3));

it('gives back what was kept, nearly', () => {
  const words = new RememberedWords(8, 3);
  words.keep(0xffffffff, vector(0.5));
  const target = new Float32Array(10);
  words.add(words.find(0xffffffff), 2, target, 2);
  vector(1).forEach((value, at) => expect(target[at + 2]).toBeCloseTo(value, 1));
  expect([target[0], target[1]]).toEqual([0, 0]);
});

it('forgets the oldest when it is full, and nothing else', () => {
  const words = new RememberedWords(8, 3);
  for (const hash of [1, 2, 3, 4]) words.keep(hash, vector(hash));
  expect([1, 2, 3, 4].map((hash) => words.find(hash) >= 0)).toEqual([false, true, true, true]);
});

it('keeps a vector of zeros', () => {
  const words = new RememberedWords(8, 1);
  const target = new Float32Array(8);
  words.add(words.keep(5, vector(0)), 1, target, 0);
  expect(target).toEqual(new Float32Array(8));
});
