/** What stands where a name stood. */
export const removed = '[removed]';
const shortest = 2;

interface Said {
  name: string | null;
  email: string | null;
  externalId: string | null;
  fields: Record<string, string>;
}

/** What a person is known by: name, address, customer id, and those fields of forms that are or look like one. Longest first. */
export function namesOf(people: Said[]): string[] {
  const names = people.flatMap(({ name, email, externalId, fields }) => [
    name,
    email,
    externalId,
    ...Object.entries(fields).flatMap(([key, value]) => (/name|mail|phone/.test(key) || /@|(?:\d[\s/().-]*){6}/.test(value) ? [value] : [])),
  ]);
  const distinct = new Set(names.map((name) => name?.trim() ?? '').filter((name) => name.length >= shortest));
  return [...distinct].toSorted((a, b) => b.length - a.length);
}

/** The same value without these names, in whatever case and however deep, where they stand as words of their own. */
export function withoutNames<T>(value: T, names: string[]): T {
  return names.length === 0 ? value : (replaced(value, patternOf(names)) as T);
}

/** Where {@link withoutNames} would take one out, in order. */
export function findNames(text: string, names: string[]): { start: number; end: number }[] {
  if (names.length === 0) return [];
  return [...text.matchAll(patternOf(names))].map(({ 0: name, index }) => ({ start: index, end: index + name.length }));
}

function patternOf(names: string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

function replaced(value: unknown, pattern: RegExp): unknown {
  if (typeof value === 'string') return value.replace(pattern, removed);
  if (Array.isArray(value)) return value.map((each) => replaced(each, pattern));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, pattern)]));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
