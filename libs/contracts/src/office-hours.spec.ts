import { describe, expect, it } from 'vitest';
import type { OfficeHours } from './handover';
import { isOpenAt } from './office-hours';

const berlin: OfficeHours = { timeZone: 'Europe/Berlin', open: [1, 2, 3, 4, 5, 7].map((day) => ({ day, from: '09:00', to: '17:30' })) };
const at = (iso: string) => new Date(iso);

describe('office hours', () => {
  it('are always open where none are given, and never where the list is empty', () => {
    expect(isOpenAt(null, at('2026-01-05T03:00:00Z'))).toBe(true);
    expect(isOpenAt({ timeZone: 'UTC', open: [] }, at('2026-01-05T12:00:00Z'))).toBe(false);
  });

  it('count by the clocks of their zone', () => {
    expect(isOpenAt(berlin, at('2026-01-05T07:59:59Z'))).toBe(false);
    expect(isOpenAt(berlin, at('2026-01-05T08:00:00Z'))).toBe(true);
    expect(isOpenAt(berlin, at('2026-01-05T16:29:59Z'))).toBe(true);
    expect(isOpenAt(berlin, at('2026-01-05T16:30:00Z'))).toBe(false);
    expect(isOpenAt(berlin, at('2026-01-10T10:00:00Z')), 'Saturday').toBe(false);
  });

  it('move with summer time, on the very morning of the change', () => {
    // Sunday 29 March 2026: at 02:00 the clocks in Berlin go to 03:00.
    expect(isOpenAt(berlin, at('2026-03-29T06:59:00Z'))).toBe(false);
    expect(isOpenAt(berlin, at('2026-03-29T07:00:00Z'))).toBe(true);
    // Sunday 25 October 2026: at 03:00 they go back to 02:00.
    expect(isOpenAt(berlin, at('2026-10-25T07:59:00Z'))).toBe(false);
    expect(isOpenAt(berlin, at('2026-10-25T08:00:00Z'))).toBe(true);
    const newYork = { ...berlin, timeZone: 'America/New_York' };
    expect(isOpenAt(newYork, at('2026-03-08T12:59:00Z'))).toBe(false);
    expect(isOpenAt(newYork, at('2026-03-08T13:00:00Z'))).toBe(true);
  });

  it('know the weekday of the zone, not of Greenwich, and half hours', () => {
    const mondayInKolkata = { timeZone: 'Asia/Kolkata', open: [{ day: 1, from: '00:00', to: '24:00' }] };
    expect(isOpenAt(mondayInKolkata, at('2026-01-04T18:29:00Z'))).toBe(false);
    expect(isOpenAt(mondayInKolkata, at('2026-01-04T18:30:00Z'))).toBe(true);
    expect(isOpenAt(mondayInKolkata, at('2026-01-05T18:29:59Z'))).toBe(true);
    expect(isOpenAt(mondayInKolkata, at('2026-01-05T18:30:00Z'))).toBe(false);
  });
});
