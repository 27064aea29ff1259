import { expect, it } from 'vitest';
import { formatDuration } from './format-duration';

it.each([
  [7, '0:07'],
  [760, '12:40'],
  [11_100, '3:05:00'],
  [90_000, '25:00:00'],
  [200_000, '2 d'],
])('shows %i seconds as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
