/** Parts small enough for the parser, cut before headings or at blank lines, never inside a fenced block. */
export function splitMarkdown(text: string, targetCharacters = 200_000): string[] {
  if (text.length <= targetCharacters) return [text];
  const parts: string[] = [];
  let start = 0;
  let fence = '';
  let afterBlank = true;
  for (const line of text.matchAll(/[^\n]*(?:\n|$)/gu)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line[0])?.[1] ?? '';
    const canCut = fence === '' && afterBlank && !/^(?: {2,}|\t)/u.test(line[0]);
    if (canCut && line.index - start >= targetCharacters) {
      parts.push(text.slice(start, line.index));
      start = line.index;
    }
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    afterBlank = line[0].trim() === '';
  }
  parts.push(text.slice(start));
  return parts;
}
