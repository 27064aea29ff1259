import { normaliseText } from '@docent/language';
import { calendarWord } from './calendar-words';
import { numberWords, scales } from './number-words';

/** One number as it may be meant: `1.000` is a thousand or one. */
export type Readings = string[];

/** From here on a number in letters is a figure; below it is as often a pronoun or a way to count what was said ("two ways"). */
const leastWrittenFigure = 4;

/** In English these are verbs far more often; a source may have them as months all the same. */
const verbs = new Set(['may', 'march']);

/**
 * What a sentence states in figures: numbers, parts of dates and times, days and months. The number of a list item is none. `onlyDigits`:
 * without numbers in letters, which each language puts together in its own way.
 */
export function figuresStated(claim: string, onlyDigits = false): Readings[] {
  const text = normaliseText(claim).replace(/^\s*(?:[#>*_-]+\s*)*\d{1,3}[.)]\s+/, '');
  const stated: Readings[] = [];
  for (const { readings } of digitsIn(text)) stated.push(readings);
  for (const word of wordsIn(text)) {
    const values = onlyDigits ? undefined : numberWords.get(word);
    const dated = calendarWord(word);
    if (values?.every((value) => value >= leastWrittenFigure)) stated.push(values.map(String));
    else if (dated && !verbs.has(word)) stated.push([dated]);
  }
  return stated;
}

/** All figures that a text holds, however they are written there. */
export function figuresKnown(passage: string): Set<string> {
  const text = normaliseText(passage);
  const known = new Set<string>();
  for (const { readings, end } of digitsIn(text)) {
    for (const reading of readings) known.add(reading);
    addHalfDays(known, readings, text.slice(end, end + 12));
    if (/^s\b/.test(text.slice(end, end + 2))) addDecade(known, Number(readings[0]));
  }
  let tens = 0;
  for (const word of wordsIn(text)) {
    const values = numberWords.get(word) ?? [];
    for (const value of values) known.add(String(value));
    // twenty-four, vingt-quatre, treinta y cuatro
    const unit = values.find((value) => value > 0 && value < 10);
    if (tens && unit) known.add(String(tens + unit));
    if (values.length > 0 || !/^(?:and|y|et|und)$/.test(word)) tens = values.find((value) => value >= 20 && value < 100) ?? 0;
    const compound = /^(.+)und(.+)$/.exec(word);
    if (compound) addCompound(known, compound[1]!, compound[2]!);
    const dated = calendarWord(word);
    if (dated) known.add(dated);
    if (dated?.startsWith('month ')) known.add(dated.slice(6));
  }
  for (const [numeral] of passage.matchAll(/(?<![\p{L}\p{N}])[IVXLC]{1,7}(?![\p{L}\p{N}])/gu))
    known.add(String(romanValue(numeral)));
  addMonths(known);
  addIdeographs(known, text);
  return known;
}

/** The 1620s are the twenties of the 17th century. */
function addDecade(known: Set<string>, year: number): void {
  known.add(String(year % 100)).add(String(Math.floor(year / 100) + 1));
}

const romanSigns: Record<string, number> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

function romanValue(numeral: string): number {
  const values = [...numeral].map((sign) => romanSigns[sign]!);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
}

/** A date in digits says its month too. */
function addMonths(known: Set<string>): void {
  for (let month = 1; month <= 12; month += 1) if (known.has(String(month))) known.add(`month ${month}`);
}

/** German puts the unit first: vierundzwanzig. */
function addCompound(known: Set<string>, unit: string, tens: string): void {
  const [first, second] = [numberWords.get(unit)?.[0], numberWords.get(tens)?.[0]];
  if (first && second) known.add(String(first + second));
}

/** 9 pm is 21 o'clock, and the other way round. */
function addHalfDays(known: Set<string>, readings: Readings, after: string): void {
  const hour = Number(readings[0]);
  if (/^\s?(?:p\.?\s?m\b|uhr abends)/.test(after) && hour < 12) known.add(String(hour + 12));
  if (/^(?::00)?\s?(?:uhr|h\b|:\d\d)?/.test(after) && hour > 12 && hour < 24) known.add(String(hour - 12));
}

const digitRun = /\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])|\d+(?:[.,'’]\d+)*/g;

function* digitsIn(text: string): Generator<{ readings: Readings; end: number }> {
  for (const match of text.matchAll(digitRun)) {
    const end = match.index + match[0].length;
    // Full hours: 9:00 is said as 9.
    if (/^0{1,2}$/.test(match[0]) && /\d:$/.test(text.slice(Math.max(0, match.index - 2), match.index))) continue;
    const parts = match[0].split(/[.,]/);
    // Dates and versions: each part counts.
    if (parts.length > 2 && !/^\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?$/.test(match[0])) {
      for (const part of parts) yield { readings: [plain(part)], end };
      continue;
    }
    const readings = readingsOf(match[0]);
    const scale = scales.find(([sign]) => sign.test(text.slice(end, end + 14)))?.[1];
    yield {
      readings: scale ? [...readings, ...readings.map((reading) => plain(String(Number(reading) * scale)))] : readings,
      end,
    };
  }
}

function readingsOf(run: string): Readings {
  const number = run.replace(/[ \u00a0\u202f'’]/g, '');
  const last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
  if (last < 0) return [plain(number)];
  const whole = number.replace(/[.,]/g, '');
  const decimal = `${number.slice(0, last).replace(/[.,]/g, '')}.${number.slice(last + 1)}`;
  const grouped = number.length - last === 4;
  // Two kinds of separators: the last one is the decimal sign.
  const mixed = number.includes('.') && number.includes(',');
  if (grouped && mixed) return [plain(decimal)];
  return grouped ? [plain(whole), plain(decimal)] : [plain(decimal)];
}

/** Without leading and trailing zeros; long codes stay as they are. */
function plain(number: string): string {
  return number.length > 15 ? number : String(Number(number));
}

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+/gu) ?? [];
}

const ideographs = '零一二三四五六七八九';

/** 七天, 二十四, 三百: read digit by digit with ten, hundred, thousand, ten thousand. */
function addIdeographs(known: Set<string>, text: string): void {
  for (const [run] of text.matchAll(/[零〇一二两兩三四五六七八九十百千万]+/g)) {
    let [total, digit] = [0, 0];
    for (const sign of run.replace(/[两兩]/g, '二').replaceAll('〇', '零')) {
      const scale = { 十: 10, 百: 100, 千: 1000, 万: 10_000 }[sign];
      if (scale === 10_000) total = (total + digit) * scale;
      else if (scale) total += (digit || 1) * scale;
      digit = scale ? 0 : ideographs.indexOf(sign);
      if (!scale) known.add(String(digit));
    }
    known.add(String(total + digit));
  }
}
