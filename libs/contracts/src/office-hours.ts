import type { OfficeHours } from './handover';

/** Whether somebody is there at this moment; always, where no hours are given. An open span holds its first minute and not its last. */
export function isOpenAt(hours: OfficeHours | null, moment: Date): boolean {
  if (!hours) return true;
  const { day, time } = localTime(hours.timeZone, moment);
  return hours.open.some((span) => span.day === day && span.from <= time && time < span.to);
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** Weekday (1 = Monday) and `HH:MM` as the clocks on the wall of that zone show them, summer time included. */
function localTime(timeZone: string, moment: Date): { day: number; time: string } {
  let format = formats.get(timeZone);
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })));
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { day: weekdays.indexOf(parts.get('weekday')!) + 1, time: `${parts.get('hour')}:${parts.get('minute')}` };
}
