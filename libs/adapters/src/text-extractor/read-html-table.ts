import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { contentOf, isBoilerplate } from './html-boilerplate';
import { childrenOf, isElement } from './html-nodes';

const longestCell = 2000;

export interface HtmlTable {
  /** '' where it has none. */
  caption: string;
  /** One for each row. */
  lines: string[];
  /** The line of column names, or ''. */
  header: string;
}

/**
 * A table of data as one line per row. Null where the table only lays out the page (tables inside, cells as long as a page): its content is then read like any other.
 */
export function readTable(table: Tree.Element): HtmlTable | null {
  const rows = rowsOf(table);
  if (rows === null) return null;
  const lines: string[] = [];
  const read: string[][] = [];
  let header = '';
  for (const row of rows) {
    const cells = childrenOf(row)
      .filter(isElement)
      .filter((cell) => cell.tagName === 'td' || cell.tagName === 'th');
    const texts = cells.map(contentOf);
    if (texts.some((text) => text.length > longestCell)) return null;
    if (texts.every((text) => text === '')) continue;
    const line = texts.join(' | ').replace(/(?: \| )+$/u, '');
    if (lines.length === 0 && cells.length > 1 && cells.every((cell) => cell.tagName === 'th')) header = line;
    lines.push(line);
    read.push(texts);
  }
  return { caption: captionOf(table), lines, header: header === '' && namesColumns(read) ? lines[0]! : header };
}

function captionOf(table: Tree.Element): string {
  const caption = childrenOf(table).find((child) => isElement(child) && child.tagName === 'caption');
  return caption ? contentOf(caption as Tree.Element) : '';
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

/** The rows in order; null where a table stands inside. */
function rowsOf(table: Tree.Element): Tree.Element[] | null {
  const rows: Tree.Element[] = [];
  const waiting: Tree.ChildNode[] = [...childrenOf(table)].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue;
    if (node.tagName === 'table') return null;
    if (node.tagName === 'tr' && !isBoilerplate(node, false)) rows.push(node);
    for (let at = node.childNodes.length - 1; at >= 0; at -= 1) waiting.push(node.childNodes[at]!);
  }
  return rows;
}
