import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const minuteMs = 60_000;
const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 60 * minuteMs],
  ['month', 30 * 24 * 60 * minuteMs],
  ['day', 24 * 60 * minuteMs],
  ['hour', 60 * minuteMs],
  ['minute', minuteMs],
];

/** Numbers, sizes and times in the language of the console. */
export function useFormat() {
  const { i18n } = useTranslation();
  return useMemo(() => makeFormat(i18n.language), [i18n.language]);
}

/** The same for a given language; `now` is for comparing in {@link Format.ago}. */
export function makeFormat(language: string, now: () => number = Date.now) {
  const number = new Intl.NumberFormat(language);
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'long' });
  return {
    number: (value: number) => number.format(value),
    compact: (value: number) => compact.format(value),
    percent: (share: number) => percent.format(share),
    date: (iso: string) => date.format(new Date(iso)),
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
    time: (iso: string) => time.format(new Date(iso)),
    /** A calendar day (`2026-03-01`) without its year. */
    day: (isoDate: string) => day.format(new Date(`${isoDate}T00:00:00Z`)),
    bytes: (value: number) => formatBytes(value, language),
    ago: (iso: string) => {
      const differenceMs = new Date(iso).getTime() - now();
      const unit = units.find(([, lengthMs]) => Math.abs(differenceMs) >= lengthMs);
      return unit ? relative.format(Math.trunc(differenceMs / unit[1]), unit[0]) : relative.format(0, 'second');
    },
  };
}
export type Format = ReturnType<typeof makeFormat>;

function formatBytes(value: number, language: string): string {
  const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let size = value;
  let step = 0;
  while (size >= 1000 && step < names.length - 1) {
    size /= 1000;
    step += 1;
  }
  const options: Intl.NumberFormatOptions = {
    style: 'unit',
    unit: names[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: size < 10 && step > 0 ? 1 : 0,
  };
  return new Intl.NumberFormat(language, options).format(size);
}
