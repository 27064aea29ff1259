/**
 * Parts small enough for the parser, whose time and memory grow faster than the text: cut at blank lines, never inside a fenced
 * block or an indented one. Where no blank line comes for long, any line end will do, and a fence is opened again.
 */
export function splitMarkdown(text: string, targetCharacters = 16_000): string[] {
  if (text.length <= targetCharacters) return [text];
  const parts: string[] = [];
  let start = 0;
  let fence = '';
  let reopened = '';
  let afterBlank = true;
  for (const line of text.matchAll(/[^\n]*(?:\n|$)/gu)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line[0])?.[1] ?? '';
    const length = line.index - start;
    const canCut = (fence === '' && afterBlank && !/^(?: {2,}|\t)/u.test(line[0])) || length >= targetCharacters * 4;
    if (canCut && length >= targetCharacters) {
      parts.push(reopened + text.slice(start, line.index));
      start = line.index;
      reopened = fence === '' ? '' : `${fence}\n`;
    }
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    afterBlank = line[0].trim() === '';
  }
  parts.push(reopened + text.slice(start));
  return parts;
}
