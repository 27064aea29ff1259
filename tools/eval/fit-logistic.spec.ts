import { expect, it } from 'vitest';
import { fitLogistic, probabilityOf, type Case } from './fit-logistic';

/** True with the probability that the model gives, as weights instead of draws. */
function casesOf(bias: number, coefficients: number[]): Case[] {
  const values = [0, 0.25, 0.5, 0.75, 1].flatMap((first) => [0, 0.5, 1].map((second) => [first, second]));
  return values.flatMap((row) => {
    const p = probabilityOf({ bias, coefficients }, row);
    return [
      { values: row, isTrue: true, weight: 100 * p },
      { values: row, isTrue: false, weight: 100 * (1 - p) },
    ];
  });
}

it('finds the coefficients that made the cases', () => {
  const { bias, coefficients } = fitLogistic(casesOf(-1, [2, -1]), [1, -1]);
  expect(bias).toBeCloseTo(-1, 1);
  expect(coefficients[0]).toBeCloseTo(2, 1);
  expect(coefficients[1]).toBeCloseTo(-1, 1);
});

it('leaves out what would point the wrong way', () => {
  const { coefficients } = fitLogistic(casesOf(-1, [2, -1]), [1, 1]);
  expect(coefficients[1]).toBe(0);
  expect(coefficients[0]).toBeGreaterThan(1);
});
