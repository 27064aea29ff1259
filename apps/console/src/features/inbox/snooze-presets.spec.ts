import { describe, expect, it } from 'vitest';
import { snoozePresets } from './snooze-presets';

const untilOf = (now: Date) => Object.fromEntries(snoozePresets(now).map(({ name, until }) => [name, until]));

describe('snoozePresets', () => {
  it('wakes at nine tomorrow and on the next Monday', () => {
    const wednesday = new Date(2026, 10, 18, 16, 20);
    expect(untilOf(wednesday)).toEqual({
      hour: new Date(2026, 10, 18, 17, 20),
      threeHours: new Date(2026, 10, 18, 19, 20),
      tomorrow: new Date(2026, 10, 19, 9),
      nextWeek: new Date(2026, 10, 23, 9),
    });
  });

  it('offers the Monday once, when it is tomorrow', () => {
    const sunday = new Date(2026, 10, 22, 8);
    expect(untilOf(sunday)).toMatchObject({ tomorrow: new Date(2026, 10, 23, 9) });
    expect(untilOf(sunday)).not.toHaveProperty('nextWeek');
  });

  it('takes the next one on a Monday', () => {
    expect(untilOf(new Date(2026, 10, 23, 8)).nextWeek).toEqual(new Date(2026, 10, 30, 9));
  });
});
