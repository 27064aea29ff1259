export interface SnoozePreset {
  name: 'hour' | 'threeHours' | 'tomorrow' | 'nextWeek';
  until: Date;
}

/** Times at which to see a conversation again, in the time zone of the browser; days begin at nine. */
export function snoozePresets(now: Date): SnoozePreset[] {
  const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const nineIn = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
  const daysToMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { name: 'hour', until: inHours(1) },
    { name: 'threeHours', until: inHours(3) },
    { name: 'tomorrow', until: nineIn(1) },
    ...(daysToMonday > 1 ? [{ name: 'nextWeek' as const, until: nineIn(daysToMonday) }] : []),
  ];
}
