import { CharacterClass, characterClasses } from './character-classes';

/** Letters of a word, a code or number that must be found as it is written, or a pair of characters. */
export type WordKind = 'word' | 'exact' | 'pair';

/** A word of any length beyond this is an attack or a blob: it is cut, so that it costs what a word may cost. */
const maxWordLength = 64;

export type ReportWord = (word: string, kind: WordKind) => void;

/** Hears of a word of letters by its place in the text; `hash` is what {@link hashWord} says of it. */
export type ReportPlainWord = (start: number, end: number, hash: number) => void;

/** Hears of two words with a hyphen between them before it hears of each: people write "e-mail" and "email", "log-in" and "login". */
export type ReportJoined = (joined: string, parts: string[]) => void;

/**
 * Walks the words of a text that is in NFKC and lower case, in order. A code, number or address ("txn-98765-2024",
 * "821.14", "v1.2.3", "ann@example.org", "c++") is reported whole as `exact` and, where it has parts, the parts as well.
 * With `reportPlain` nothing is cut out of the text for words of letters: most of them are known already to whoever asks.
 */
export function scanWords(text: string, report: ReportWord, reportPlain?: ReportPlainWord, reportJoined?: ReportJoined): void {
  let position = 0;
  while (position < text.length) {
    const kind = characterClasses[text.charCodeAt(position)];
    if (kind === CharacterClass.Paired) position = reportPairs(text, position, report);
    else if (kind === CharacterClass.Letter || kind === CharacterClass.Digit)
      position = reportCompound(text, position, report, reportPlain, reportJoined);
    else position++;
  }
}

/** FNV-1a over UTF-16 units. */
export function hashWord(text: string, start: number, end: number): number {
  let hash = firstHash;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), hashFactor);
  return hash;
}

const firstHash = 0x811c9dc5 | 0;
const hashFactor = 0x01000193;

function reportPairs(text: string, start: number, report: ReportWord): number {
  let end = start + 1;
  while (end < text.length && isPairPart(text.charCodeAt(end))) end++;
  // A low surrogate without its Han half is the tail of an emoji.
  const first = text.charCodeAt(start);
  if (first >= 0xdc00 && first <= 0xdfff) return start + 1;
  if (end - start === 1) report(text.slice(start, end), 'pair');
  for (let at = start; at + 2 <= end; at++) report(text.slice(at, at + 2), 'pair');
  return end;
}

function isPairPart(unit: number): boolean {
  return (
    characterClasses[unit] === CharacterClass.Paired ||
    (characterClasses[unit] === CharacterClass.Mark && unit < 0x1100 && unit >= 0x0e00)
  );
}

/** A run of words held together by joiners: "it's", "e-mail", "192.168.0.1", "docker-compose.yml". */
function reportCompound(
  text: string,
  start: number,
  report: ReportWord,
  reportPlain?: ReportPlainWord,
  reportJoined?: ReportJoined,
): number {
  let end = start;
  let hasDigit = false;
  let partStart = start;
  let parts = 0;
  let longestPart = 0;
  let joined = '';
  let hash = firstHash;
  const { length } = text;
  for (;;) {
    let unit = end < length ? text.charCodeAt(end) : 0;
    let kind = characterClasses[unit];
    while (kind === CharacterClass.Letter || kind === CharacterClass.Mark || kind === CharacterClass.Digit) {
      if (kind === CharacterClass.Digit) hasDigit = true;
      hash = Math.imul(hash ^ unit, hashFactor);
      end++;
      unit = end < length ? text.charCodeAt(end) : 0;
      kind = characterClasses[unit];
    }
    parts++;
    longestPart = Math.max(longestPart, end - partStart);
    if (kind !== CharacterClass.Joiner || !startsWord(text, end + 1)) break;
    joined += text[end];
    partStart = ++end;
  }
  const symbolEnd = endOfSymbol(text, end);
  if (symbolEnd > end && parts === 1) {
    report(cut(text, start, symbolEnd), 'exact');
    return symbolEnd;
  }
  if (parts === 1) {
    if (reportPlain && !hasDigit && end - start <= maxWordLength) reportPlain(start, end, hash);
    else report(cut(text, start, end), hasDigit ? 'exact' : 'word');
  } else if (longestPart === 1 && !hasDigit && /^\.+$/.test(joined)) report(cut(text, start, end).replaceAll('.', ''), 'exact');
  else {
    if (reportJoined && joined === '-' && !hasDigit && end - start <= longestJoined) {
      const parts = text.slice(start, end).split('-');
      reportJoined(parts.join(''), parts);
    }
    reportParts(text, start, end, hasDigit, joined, report, reportPlain);
  }
  return end;
}

/** With its hyphen. */
const longestJoined = 24;

function reportParts(
  text: string,
  start: number,
  end: number,
  hasDigit: boolean,
  joined: string,
  report: ReportWord,
  reportPlain?: ReportPlainWord,
): void {
  const isNumber = hasDigit && /^[.,]+$/.test(joined) && !/\p{L}/u.test(text.slice(start, end));
  if (isNumber) return report(plainNumber(cut(text, start, end)), 'exact');
  if (hasDigit || /[@_./:]/.test(joined)) report(cut(text, start, end), 'exact');
  for (let from = start, at = start, digits = false; at <= end; at++) {
    const kind = at < end ? characterClasses[text.charCodeAt(at)] : CharacterClass.Joiner;
    digits ||= kind === CharacterClass.Digit;
    if (kind !== CharacterClass.Joiner) continue;
    if (reportPlain && !digits && at - from <= maxWordLength) reportPlain(from, at, hashWord(text, from, at));
    else report(cut(text, from, at), digits ? 'exact' : 'word');
    from = at + 1;
    digits = false;
  }
}

/** "1,234.50" → "1234.50"; a comma before anything but three digits is a decimal comma ("3,5" → "3.5"). */
function plainNumber(number: string): string {
  return number.replace(/,(?=\d{3}(?:\D|$))/g, '').replaceAll(',', '.');
}

function startsWord(text: string, position: number): boolean {
  const kind = characterClasses[text.charCodeAt(position)];
  return kind === CharacterClass.Letter || kind === CharacterClass.Digit;
}

/** The end of "++" or "#" right behind a name ("c++", "f#"), unless a word goes on. */
function endOfSymbol(text: string, end: number): number {
  const unit = text.charCodeAt(end);
  const length = unit === 0x2b && text.charCodeAt(end + 1) === 0x2b ? 2 : unit === 0x23 ? 1 : 0;
  return length && !startsWord(text, end + length) ? end + length : end;
}

function cut(text: string, start: number, end: number): string {
  return text.slice(start, Math.min(end, start + maxWordLength));
}
