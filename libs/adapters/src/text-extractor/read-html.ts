import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { contentOf, findArticle, isBoilerplate } from './html-boilerplate';
import { childrenOf, isElement, textOf } from './html-nodes';
import { leanTree } from './lean-tree';
import { readTable, type HtmlTable } from './read-html-table';
import type { TextBuilder } from './text-builder';

/**
 * The readable text of a page: headings, paragraphs, list items and table rows, without menus, scripts and page furniture.
 * Walks with a stack of its own, because nesting may be deeper than the call stack. Returns the page's title or ''.
 */
export function readHtml(html: string, into: TextBuilder): string {
  const document = parse(html, { treeAdapter: leanTree });
  const article = findArticle(document);
  new HtmlWriter(into).write(article.root, article.isWholePage);
  return pageTitle(document);
}

const blocks = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr html legend ' +
    'main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

type Step = { node: Tree.ChildNode; leaving: boolean };

class HtmlWriter {
  private inline = '';
  private readonly lists: { ordered: boolean; item: number }[] = [];
  private bullet = '';

  constructor(private readonly into: TextBuilder) {}

  write(root: Tree.ParentNode, isWholePage: boolean): void {
    const steps: Step[] = [];
    pushChildren(steps, root);
    for (let step = steps.pop(); step; step = steps.pop()) {
      if (step.leaving) this.leave(step.node as Tree.Element);
      else if (step.node.nodeName === '#text') this.inline += (step.node as Tree.TextNode).value;
      else if (isElement(step.node) && !isBoilerplate(step.node, isWholePage)) this.enter(step.node, steps);
    }
    this.flush();
  }

  private enter(element: Tree.Element, steps: Step[]): void {
    const name = element.tagName;
    if (/^h[1-6]$/u.test(name)) return this.heading(element, Number(name[1]));
    if (name === 'br') return void (this.inline += '\n');
    if (name === 'table') {
      const table = readTable(element);
      this.flush();
      if (table) return this.table(table);
    }
    if (name === 'pre') return this.code(element);
    this.open(element);
    steps.push({ node: element, leaving: true });
    pushChildren(steps, element);
  }

  private open(element: Tree.Element): void {
    const name = element.tagName;
    if (name === 'li') this.openItem();
    else if (blocks.has(name)) this.flush();
    if (name === 'ul' || name === 'ol' || name === 'menu') this.lists.push({ ordered: name === 'ol', item: 0 });
  }

  private leave(element: Tree.Element): void {
    const name = element.tagName;
    if (name === 'li' || blocks.has(name)) this.flush();
    if (name === 'li') this.bullet = '';
    if (name === 'ul' || name === 'ol' || name === 'menu') this.lists.pop();
  }

  private openItem(): void {
    this.flush();
    const list = this.lists.at(-1);
    if (list) list.item += 1;
    const depth = Math.min(Math.max(this.lists.length - 1, 0), 6);
    this.bullet = `${'  '.repeat(depth)}${list?.ordered ? `${list.item}.` : '-'} `;
  }

  private heading(element: Tree.Element, level: number): void {
    this.flush();
    this.into.heading(level, contentOf(element));
  }

  private table({ caption, lines, header }: HtmlTable): void {
    this.into.paragraph(caption);
    this.into.lines(lines, header);
  }

  private code(element: Tree.Element): void {
    this.flush();
    const lines = textOf(element, true)
      .replace(/\r\n?/gu, '\n')
      .replace(/^\n+|\s+$/gu, '')
      .split('\n');
    if (lines.some((line) => line.trim() !== '')) this.into.lines(lines, '');
  }

  /** Writes what stands between two block borders: a list item on its own line, anything else as a paragraph. */
  private flush(): void {
    const text = this.inline
      .replace(/[ \t\n\f\r]*\n[ \t\n\f\r]*/gu, '\n')
      .replace(/[ \t\f\r\n\u00a0]+/gu, ' ')
      .trim();
    this.inline = '';
    if (text === '') return;
    if (this.lists.length === 0) return this.into.paragraph(text);
    this.into.endLine();
    this.into.write(this.bullet === '' ? `${'  '.repeat(Math.min(this.lists.length, 6))}${text}` : `${this.bullet}${text}`);
    this.into.endLine();
    this.bullet = '';
  }
}

function pushChildren(steps: Step[], parent: Tree.ParentNode): void {
  const children = childrenOf(parent);
  for (let at = children.length - 1; at >= 0; at -= 1) steps.push({ node: children[at]!, leaving: false });
}

/** `<title>` mostly carries the site's name too; where it begins or ends with the first heading, the heading is the title. */
function pageTitle(document: Tree.Document): string {
  let title = '';
  let heading = '';
  const waiting: Tree.ChildNode[] = [...childrenOf(document)].reverse();
  for (let node = waiting.pop(); node && !(title && heading); node = waiting.pop()) {
    if (!isElement(node) || node.tagName === 'svg') continue;
    if (node.tagName === 'title') title ||= textOf(node);
    else if (node.tagName === 'h1') heading ||= textOf(node);
    else for (const child of [...childrenOf(node)].reverse()) waiting.push(child);
  }
  return heading !== '' && (title === '' || title.startsWith(heading) || title.endsWith(heading)) ? heading : title;
}
