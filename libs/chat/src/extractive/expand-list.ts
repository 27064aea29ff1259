import type { Span } from '@docent/language';

/** A longer list is quoted up to here, at the end of an entry. */
const longestList = 1_500;
const listEntry = /^[ \t]*(?:[-*+•‣▪◦–]|\d{1,3}[.)]|[a-zA-Z][.)])[ \t]+\S/;
const step = /^[ \t]*\d{1,3}[.)][ \t]+\S/;

interface Line extends Span {
  text: string;
}

/**
 * The span that must be quoted together with a sentence: a line that announces a list ("…:") brings the list, and a step brings all steps with
 * the line that announces them, where `wantsSteps`. Otherwise the sentence alone.
 */
export function expandList(text: string, sentence: Span, wantsSteps: boolean): Span {
  const lines = linesOf(text);
  const index = lines.findIndex((line) => line.start <= sentence.start && sentence.start < line.end);
  const line = lines[index];
  if (!line) return sentence;
  if (/[:：]\s*$/.test(text.slice(sentence.start, sentence.end))) {
    const first = nextLine(lines, index);
    return first !== undefined && listEntry.test(lines[first]!.text) ? spanOf(lines, first, sentence.start) : sentence;
  }
  if (!wantsSteps || !step.test(line.text)) return sentence;
  let first = index;
  while (first > 0 && isPartOfList(lines[first - 1]!)) first--;
  while (first < index && !step.test(lines[first]!.text)) first++;
  const intro = lines[first - 1];
  return spanOf(lines, first, intro && /[:：]\s*$/.test(intro.text) ? intro.start : lines[first]!.start);
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length;) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak < 0 ? text.length : lineBreak;
    lines.push({ start, end, text: text.slice(start, end) });
    start = end + 1;
  }
  return lines;
}

/** The first line behind it that is not blank. */
function nextLine(lines: Line[], index: number): number | undefined {
  for (let next = index + 1; next < lines.length; next++) if (lines[next]!.text.trim()) return next;
  return undefined;
}

/** Entries, what hangs below them, and blank lines between them. */
function isPartOfList(line: Line): boolean {
  return listEntry.test(line.text) || /^(?:\s{2,}\S|\s*$)/.test(line.text);
}

function spanOf(lines: Line[], first: number, start: number): Span {
  let end = lines[first]!.end;
  for (let index = first; index < lines.length && isPartOfList(lines[index]!); index++) {
    const line = lines[index]!;
    if (line.end - start > longestList) break;
    if (line.text.trim()) end = line.start + line.text.trimEnd().length;
  }
  const leading = /^\s*/.exec(lines[first]!.text)![0].length;
  return { start: start === lines[first]!.start ? start + leading : start, end };
}
