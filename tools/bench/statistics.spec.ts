import { expect, it } from 'vitest';
import { median, quantile, spread } from './statistics';

it('takes quantiles by nearest rank, whatever the order', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(
    quantile(
      Array.from({ length: 100 }, (_, index) => 100 - index),
      0.99,
    ),
  ).toBe(99);
  expect(quantile([5], 0.99)).toBe(5);
  expect(quantile([], 0.5)).toBeNaN();
  expect(spread([2, 1, 3], 1)).toBe('1.0 to 3.0');
});
