import { RememberedSpans } from './remembered-spans';

/** A piece of a text, as UTF-16 offsets; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** A sentence without an end in sight (a table, a log, Thai) is parted from here on: at the last line end, or where there is none, at a blank. */
const longSentence = 600;
const longThaiSentence = 200;
/** A line that is shorter than this and followed by a capital is a heading or an entry, not a wrapped sentence. */
const shortLine = 60;

const listMarker = /[ \t]*(?:[-*+•‣▪◦–]|\d{1,3}[.)]|[a-z][.)]|#{1,6}|\||>)[ \t]/y;
const bullet = /[ \t]*(?:[-*+•‣▪◦–]|#{1,6}|>)[ \t]+/y;
const abbreviations = new Set(
  `mr mrs ms dr prof sr jr st vs etc e.g i.e eg ie cf al inc ltd co corp no nos vol pp p fig figs eq sec ch ed eds rev gen col lt sgt capt approx dept est
   jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k a.m p.m z.b u.a d.h bzw ca bsp nr abs evtl ggf inkl usw vgl bd hrsg sog str art
   ej sra srta ud uds pág núm av p.ej m mme mlle env ex г гг в вв им т.е т.д т.п т.к др пр см ул руб тыс млн млрд н.э стр рис`.split(
    /\s+/,
  ),
);
const months = /^(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert|Jh)/;

/**
 * The sentences of a text in order: offsets into it, without the white space around them. Headings, list items, table rows and short lines
 * stand alone; wrapped lines are joined. A bullet or heading mark is left out, the number of a step is kept.
 */
export function splitSentences(text: string): Span[] {
  return remembered.find(text) ?? remembered.keep(text, split(text));
}

/** Passages are split at each question that finds them, and again where their sentences are quoted and checked. */
const remembered = new RememberedSpans();

function split(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  const close = (end: number): void => {
    pushSpan(text, start, end, spans);
    start = end;
  };
  let lineStart = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10) {
      if (endsAtLineBreak(text, lineStart, at)) close(at + 1);
      lineStart = at + 1;
    } else if (isTerminator(unit)) {
      const end = sentenceEnd(text, at, start);
      if (end) {
        close(end);
        at = Math.max(at, end - 1);
      }
    } else if ((unit === 32 || unit === 9) && at - start > (isThai(text.charCodeAt(at - 1)) ? longThaiSentence : longSentence)) {
      close(lineStart > start ? lineStart : at + 1);
    }
  }
  close(text.length);
  return spans;
}

function pushSpan(text: string, from: number, to: number, spans: Span[]): void {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  bullet.lastIndex = start;
  if (bullet.test(text) && bullet.lastIndex < end) start = bullet.lastIndex;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  if (end > start && /[\p{L}\p{N}]/u.test(text.slice(start, end))) spans.push({ start, end });
}

function isBlank(unit: number): boolean {
  return (
    unit === 32 ||
    (unit >= 9 && unit <= 13) ||
    unit === 0xa0 ||
    unit === 0x3000 ||
    unit === 0xfeff ||
    (unit >= 0x2000 && unit <= 0x200b)
  );
}

function isThai(unit: number): boolean {
  return unit >= 0x0e00 && unit <= 0x0eff;
}

function isTerminator(unit: number): boolean {
  return unit === 46 || unit === 33 || unit === 63 || unit === 0x2026 || isWideTerminator(unit);
}

/** Ends of sentences that need no blank behind them: Chinese and Japanese, Devanagari, Arabic, Urdu. */
function isWideTerminator(unit: number): boolean {
  return (
    unit === 0x3002 ||
    unit === 0xff01 ||
    unit === 0xff1f ||
    unit === 0xff0e ||
    unit === 0x0964 ||
    unit === 0x0965 ||
    unit === 0x061f ||
    unit === 0x06d4
  );
}

/** At most so many: a line of a million dots must not be looked through from each of them. */
const closers = /(?:[.!?…。！？)\]"'”’»」』）]|\[(?:\d{1,3}|\?)\]){0,16}/y;

/** Where the sentence ends whose last mark is at `at`, or 0 where it goes on. */
function sentenceEnd(text: string, at: number, start: number): number {
  closers.lastIndex = at + 1;
  closers.test(text);
  const end = Math.max(closers.lastIndex, at + 1);
  if (isWideTerminator(text.charCodeAt(at))) return end;
  if (end < text.length && !isBlank(text.charCodeAt(end))) return 0;
  let next = end;
  while (next < text.length && isBlank(text.charCodeAt(next))) next++;
  const following = text.slice(next, next + 12);
  // A small letter goes on: "Was it?" he asked.
  if (/^\p{Ll}/u.test(following)) return 0;
  if (text[at] !== '.') return end;
  return end === at + 1 && isAbbreviation(text, at, start, following) ? 0 : end;
}

function isAbbreviation(text: string, at: number, start: number, following: string): boolean {
  let wordStart = at;
  while (wordStart > start && !isBlank(text.charCodeAt(wordStart - 1)) && text[wordStart - 1] !== '(') wordStart--;
  const word = text.slice(wordStart, at);
  if (/^\p{Lu}$/u.test(word)) return true;
  if (/^\d{1,2}$/.test(word)) return wordStart <= start + 1 || months.test(following);
  return abbreviations.has(word.toLowerCase());
}

function endsAtLineBreak(text: string, lineStart: number, lineEnd: number): boolean {
  let next = lineEnd + 1;
  while (next < text.length && (text[next] === ' ' || text[next] === '\t' || text[next] === '\r')) next++;
  if (next >= text.length || text[next] === '\n') return true;
  listMarker.lastIndex = lineEnd + 1;
  if (listMarker.test(text)) return true;
  if (text[lineStart] === '#' || text[lineStart] === '|') return true;
  const line = text.slice(lineStart, lineEnd);
  // A row of a table, as extraction writes it.
  if (line.includes(' | ') || line.includes('\t')) return true;
  if (/[:;]\s*$/.test(line)) return true;
  return line.length < shortLine && !/^\p{Ll}/u.test(text.slice(next, next + 2)) && !/[,(\-–]\s*$/.test(line);
}
