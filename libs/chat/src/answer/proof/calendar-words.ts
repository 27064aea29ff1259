const languages = ['en', 'de', 'es', 'fr', 'ru', 'ar', 'hi', 'pt', 'it', 'nl'];

/** Names of months and days of the week in lower case with what they stand for, so that `Sonntag` and `Sunday` are one. Made when first asked for. */
export function calendarWord(word: string): string | undefined {
  return (words ??= readCalendar()).get(word);
}

let words: Map<string, string> | undefined;

function readCalendar(): Map<string, string> {
  const known = new Map<string, string>();
  for (const language of languages) {
    for (const options of [{ month: 'long' }, { month: 'long', day: 'numeric' }] as const) {
      const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month += 1)
        keep(known, partOf(format, Date.UTC(2023, month - 1, 2), 'month'), `month ${month}`);
    }
    const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
    for (let day = 1; day <= 7; day += 1) keep(known, partOf(format, Date.UTC(2023, 0, day), 'weekday'), `day ${day}`);
  }
  for (const [word, meaning] of [...known]) if (meaning.startsWith('day')) keep(known, `${word}s`, meaning);
  return known;
}

function keep(known: Map<string, string>, word: string, meaning: string): void {
  if (/^[\p{L}\p{M}-]{3,}$/u.test(word)) known.set(word, known.get(word) ?? meaning);
}

function partOf(format: Intl.DateTimeFormat, at: number, type: 'month' | 'weekday'): string {
  return (format.formatToParts(at).find((part) => part.type === type)?.value ?? '').toLowerCase();
}
