import type { Nodes, Parents, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { readHtml } from './read-html';
import { splitMarkdown } from './split-markdown';
import type { TextBuilder } from './text-builder';

/**
 * Markdown (CommonMark with tables) as readable text: headings marked, lists and code kept, syntax gone. Long documents are
 * parsed in parts, because the parser's tree takes a hundred times the text's memory. Returns the title of the front matter,
 * the first heading of level one, or ''.
 */
export function readMarkdown(text: string, into: TextBuilder): string {
  const frontMatter = /^\ufeff?---[ \t]*\r?\n([\s\S]{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/u.exec(text);
  const title = {
    text:
      /^title:[ \t]*(.+)$/mu
        .exec(frontMatter?.[1] ?? '')?.[1]
        ?.trim()
        .replace(/^(["'])(.*)\1$/u, '$2') ?? '',
  };
  for (const part of splitMarkdown(text.slice(frontMatter?.[0].length ?? 0))) {
    if (part.length > longestPart) {
      into.paragraph(part);
      continue;
    }
    const tree = fromMarkdown(part, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
    new MarkdownWriter(into, title).write(tree);
  }
  return title.text;
}

/** What has no line ends for so long is no Markdown that a person wrote; it is kept as it stands. */
const longestPart = 200_000;

interface Step {
  node: Nodes;
  depth: number;
  bullet: string;
}

class MarkdownWriter {
  constructor(
    private readonly into: TextBuilder,
    private readonly title: { text: string },
  ) {}

  /** Blocks in order, with a stack of its own: quotes and lists nest as deep as the author likes. */
  write(root: Nodes): void {
    const steps: Step[] = [{ node: root, depth: 0, bullet: '' }];
    for (let step = steps.pop(); step; step = steps.pop()) this.block(step, steps);
  }

  private block(step: Step, steps: Step[]): void {
    const { node } = step;
    if (node.type === 'heading') this.heading(node.depth, inlineText(node));
    else if (node.type === 'paragraph') this.paragraph(inlineText(node), step);
    else if (node.type === 'code') this.into.lines(node.value.split('\n'), '');
    else if (node.type === 'table') this.table(node);
    else if (node.type === 'html') this.html(node.value);
    else if ('children' in node) pushBlocks(steps, step, node);
  }

  private heading(level: number, text: string): void {
    if (level === 1) this.title.text ||= text;
    this.into.heading(level, text);
  }

  private paragraph(text: string, step: Step): void {
    if (step.depth === 0) return this.into.paragraph(text);
    this.into.endLine();
    this.into.write(`${'  '.repeat(Math.min(step.depth - 1, 6))}${step.bullet}${text}`);
    this.into.endLine();
  }

  private table(table: Table): void {
    const lines = table.children.map((row) =>
      row.children.map((cell) => inlineText(cell).replace(/\s+/gu, ' ').trim()).join(' | '),
    );
    this.into.lines(lines, lines[0] ?? '');
  }

  /** Pieces of HTML inside Markdown as in a page, so that their tables stay tables. Blank lines tear tables into pieces of their own. */
  private html(value: string): void {
    const isTorn = /^\s*<\/?(?:tr|td|th|thead|tbody|tfoot)\b/iu.test(value);
    const title = readHtml(isTorn ? `<table>${value}` : value, this.into);
    this.title.text ||= title;
  }
}

function pushBlocks(steps: Step[], parent: Step, node: Parents): void {
  const start = node.type === 'list' ? (node.start ?? 1) : 1;
  const children = node.children.map((child, at): Step => {
    if (node.type === 'list') return { node: child, depth: parent.depth + 1, bullet: node.ordered ? `${start + at}. ` : '- ' };
    return { node: child, depth: parent.depth, bullet: node.type === 'listItem' && at > 0 ? '  ' : parent.bullet };
  });
  steps.push(...children.reverse());
}

/** The words of a paragraph; emphasis, links and images leave their text, line breaks become spaces. */
function inlineText(root: Nodes): string {
  const pieces: string[] = [];
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'break') pieces.push('\n');
    else if (node.type === 'html') continue;
    else if (node.type === 'image' || node.type === 'imageReference') pieces.push(node.alt ?? '');
    else if ('value' in node) pieces.push(node.type === 'text' ? node.value.replace(/[ \t]*\n[ \t]*/gu, ' ') : node.value);
    else if ('children' in node) waiting.push(...[...node.children].reverse());
  }
  return pieces.join('');
}
