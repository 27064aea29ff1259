import { expect, it } from 'vitest';
import { chooseUnit } from './choose-unit';

it.each([
  [45, 'seconds'],
  [120, 'minutes'],
  [5400, 'minutes'],
  [7200, 'hours'],
  [0, 'seconds'],
])('shows %i seconds in %s', (seconds, unit) => {
  expect(chooseUnit(seconds)).toBe(unit);
});
