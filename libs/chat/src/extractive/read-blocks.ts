import type { Span } from '@docent/language';

/** What a stretch of a passage between blank lines is. */
export interface Block extends Span {
  kind: 'prose' | 'list' | 'table' | 'code';
}

const listEntry = /^[ \t]*(?:[-*+•‣▪◦–]|\d{1,3}[.)]|[a-zA-Z][.)])[ \t]+\S/;
const tableRow = / \| |\t/;
const codeMark = /[{}()<>=;$\\|"`_]|(?<=\s)--?[a-zA-Z]|:\/\//g;
const endsAsProse = /[.!?…。！？।:：]["'”’»)\]]*\s*$/u;

/** The blocks of a text in order. Lists and programs go on over blank lines; a list takes what hangs below its entries. */
export function readBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const stretch = /[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*/g;
  for (let found = stretch.exec(text); found; found = stretch.exec(text))
    for (const part of partsOf(found[0], found.index)) {
      const above = part.kind === 'code' && blocks.length > 0 && beginsProgram(text, blocks.at(-1)!) ? blocks.pop()! : part;
      const last = blocks.at(-1);
      if (last?.kind === part.kind && (part.kind === 'list' || part.kind === 'code')) last.end = part.end;
      else blocks.push({ ...part, start: above.start });
    }
  return blocks;
}

/** Lines above a program that hold no sign of one ("import os") belong to it. */
function beginsProgram(text: string, { start, end, kind }: Block): boolean {
  const lines = text.slice(start, end);
  return kind === 'prose' && /^[a-z#/@$<{]/.test(lines) && !endsAsProse.test(lines);
}

/** A line that announces a list may stand right above it. */
function partsOf(stretch: string, start: number): Block[] {
  const lines = stretch.split('\n');
  const first = lines.findIndex((line) => listEntry.test(line));
  if (first < 0) return [{ start, end: start + stretch.length, kind: kindOf(lines) }];
  const above = lines.slice(0, first).join('\n').length;
  const list: Block = { start: first ? start + above + 1 : start, end: start + stretch.length, kind: 'list' };
  return first ? [{ start, end: start + above, kind: 'prose' }, list] : [list];
}

function kindOf(lines: string[]): Block['kind'] {
  if (lines.every((line) => tableRow.test(line)) && lines.length > 1) return 'table';
  return !endsAsProse.test(lines.at(-1)!) && lines.some(looksLikeCode) ? 'code' : 'prose';
}

/** More than one sign of a program for every five words, at the least one. */
function looksLikeCode(line: string): boolean {
  const marks = line.match(codeMark)?.length ?? 0;
  return marks > 0 && marks * 5 >= line.trim().split(/\s+/).length;
}
