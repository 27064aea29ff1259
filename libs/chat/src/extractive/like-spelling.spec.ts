import { expect, it } from 'vitest';
import { likeSpelling } from './like-spelling';

it.each([
  ['colour', 'color'],
  ['centres', 'centers'],
  ['organised', 'organized'],
  ['travelling', 'traveling'],
  ['catalogue', 'catalog'],
])('%s is %s', (left, right) => {
  expect(likeSpelling(left, right)).toBeGreaterThan(0.9);
});

it.each([
  ['postgres', 'postgresql'],
  ['documento', 'document'],
])('%s and %s are of one family', (left, right) => {
  expect(likeSpelling(left, right)).toBe(0.8);
});

it.each([
  ['price', 'prize'],
  ['four', 'for'],
  ['guardan', 'guarded'],
  ['contract', 'contrast'],
])('%s is not %s', (left, right) => {
  expect(likeSpelling(left, right)).toBe(0);
});
