/** What a field must never be, whatever its type: wrong types, characters that no database stores, names with a meaning elsewhere. */
export const hostileValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  'x'.repeat(100_000),
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udc00b',
  '__proto__',
  'constructor',
  "' OR true --",
  '"; DROP TABLE bots; --',
  '${7*7}{{7*7}}',
  '../../../../etc/passwd',
  'javascript:alert(1)',
  'https://x.example/\u0000',
  'https://x.example/\ud800',
  '\u202eabc\u2066',
  '٣',
  [],
  [[]],
  ['x'],
  [null],
  {},
  { $gt: '' },
  { toString: 'x', length: 5 },
  JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}'),
  nested(2000),
];

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

/** The same for what stands in a path or a query, already encoded. */
export const hostileSegments: string[] = [
  'x',
  '0',
  '-1',
  '2147483648',
  '9007199254740991',
  'null',
  'undefined',
  '%00',
  'a%00b',
  '%ff',
  '%c0%ae%c0%ae',
  '%ED%A0%80',
  '%',
  '%zz',
  '..',
  '%2e%2e',
  '..%2f..%2fetc%2fpasswd',
  '%2f',
  '%5c',
  ';x=y',
  "'%20OR%20true--",
  '%7B%22%24gt%22%3A%22%22%7D',
  '__proto__',
  'constructor',
  '00000000-0000-0000-0000-000000000000',
  '00000000-0000-4000-8000-00000000000G',
  'F0000000-0000-4000-8000-000000000000',
  '%F0%9F%98%80',
  'x'.repeat(199),
  'x'.repeat(5000),
  '+',
  '1e9',
  '99999999999999999999',
];

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
