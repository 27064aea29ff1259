export type Delimiter = ',' | ';' | '\t' | '|';

/**
 * Which character separates the columns: the one that cuts the first lines into the same number of fields, at least two. When
 * nothing but the content says that this is a table (`isNamedSo` false), the bar is higher: three columns, short fields, no
 * line that differs. Null where no character does.
 */
export function findDelimiter(text: string, isNamedSo: boolean): Delimiter | null {
  const lines = firstLines(text);
  if (lines.length < (isNamedSo ? 1 : 4)) return null;
  let best: { delimiter: Delimiter; score: number } | null = null;
  for (const delimiter of [';', '\t', '|', ','] as const) {
    const counts = lines.map((line) => countOutsideQuotes(line, delimiter));
    const columns = mostCommon(counts.filter((count) => count > 0));
    if (columns === 0) continue;
    const agreement = counts.filter((count) => count === columns).length / lines.length;
    if (!isNamedSo && !isSurelyTable(lines, columns, agreement)) continue;
    const score = agreement + Math.min(columns, 20) / 100;
    if (!best || score > best.score) best = { delimiter, score };
  }
  return best?.delimiter ?? (isNamedSo ? ',' : null);
}

function isSurelyTable(lines: string[], columns: number, agreement: number): boolean {
  const averageField = lines.reduce((sum, line) => sum + line.length, 0) / lines.length / (columns + 1);
  return agreement === 1 && columns >= 2 && averageField < 40;
}

/** Up to thirty whole lines; the last one may have been cut by the sample. */
function firstLines(text: string): string[] {
  const lines = text.slice(0, 65_536).split(/\r\n?|\n/u);
  if (lines.length > 1) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, 30);
}

function countOutsideQuotes(line: string, delimiter: string): number {
  let count = 0;
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) count += 1;
  }
  return count;
}

function mostCommon(counts: number[]): number {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  return [...frequency].sort((one, other) => other[1] - one[1])[0]?.[0] ?? 0;
}
