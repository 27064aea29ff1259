import { expect, it } from 'vitest';
import { usageMonth } from './usage-month';

it.each([
  ['2026-11-21T06:00:00.000Z', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
  ['2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
])('counts %s in the month from %s', (at, start, end) => {
  expect(usageMonth(new Date(at))).toEqual({ start: new Date(start), end: new Date(end) });
});
