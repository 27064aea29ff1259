/** Seconds in each unit. */
export const durationUnits = { seconds: 1, minutes: 60, hours: 3600 } as const;
export type DurationUnit = keyof typeof durationUnits;

/** The largest unit in which a time is a whole number. */
export function chooseUnit(seconds: number): DurationUnit {
  if (seconds > 0 && seconds % durationUnits.hours === 0) return 'hours';
  return seconds > 0 && seconds % durationUnits.minutes === 0 ? 'minutes' : 'seconds';
}
