import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { childrenOf, isElement, textOf } from './html-nodes';

const longestCell = 2000;

/**
 * A table of data as one line per row; `header` is the line of column names, or ''. Null where the table only lays out the
 * page (tables inside, cells as long as a page): its content is then read like any other.
 */
export function readTable(table: Tree.Element): { lines: string[]; header: string } | null {
  const rows = rowsOf(table);
  if (rows === null) return null;
  const lines: string[] = [];
  const read: string[][] = [];
  let header = '';
  for (const row of rows) {
    const cells = childrenOf(row)
      .filter(isElement)
      .filter((cell) => cell.tagName === 'td' || cell.tagName === 'th');
    const texts = cells.map((cell) => textOf(cell));
    if (texts.some((text) => text.length > longestCell)) return null;
    if (texts.every((text) => text === '')) continue;
    const line = texts.join(' | ').replace(/(?: \| )+$/u, '');
    if (lines.length === 0 && cells.length > 1 && cells.every((cell) => cell.tagName === 'th')) header = line;
    lines.push(line);
    read.push(texts);
  }
  return { lines, header: header === '' && namesColumns(read) ? lines[0]! : header };
}

/** Word does not say which row is the header: words above figures are. */
function namesColumns([first, ...others]: string[][]): boolean {
  const isFigure = (text: string): boolean => /\d/u.test(text) && !/\p{L}{3}/u.test(text);
  if (!first || first.length < 2 || others.length < 2) return false;
  return (
    first.every((text) => text.length <= 60 && !isFigure(text)) &&
    others.every((row) => row.length === first.length && row.some(isFigure))
  );
}

/** The rows in order, a caption as the first of them; null where a table stands inside. */
function rowsOf(table: Tree.Element): Tree.Element[] | null {
  const rows: Tree.Element[] = [];
  const waiting: Tree.ChildNode[] = [...childrenOf(table)].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue;
    if (node.tagName === 'table') return null;
    if (node.tagName === 'tr') rows.push(node);
    for (let at = node.childNodes.length - 1; at >= 0; at -= 1) waiting.push(node.childNodes[at]!);
  }
  return rows;
}
