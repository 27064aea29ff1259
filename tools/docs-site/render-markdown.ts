import { Marked, type Tokens } from 'marked';
import { headingId } from './heading-id';
import { highlightCode } from './highlight-code';
import { escapeHtml, Html } from './html';

export interface Heading {
  level: number;
  text: string;
  id: string;
}

export interface RenderedMarkdown {
  title: string;
  /** The first paragraph as plain text, for search engines and link previews. */
  description: string;
  headings: Heading[];
  body: Html;
}

/**
 * Renders a page of the documentation. HTML in the Markdown is shown as text, headings carry ids, tables scroll by themselves,
 * and links to `page.md` become links to the page on the site.
 */
export function renderMarkdown(markdown: string): RenderedMarkdown {
  const headings: Heading[] = [];
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      heading({ tokens, depth }) {
        const heading = { level: depth, text: plainText(tokens), id: headingId(plainText(tokens)) };
        headings.push(heading);
        const anchor = depth === 1 ? '' : ` <a class="anchor" href="#${heading.id}" aria-label="Link to this section">#</a>`;
        return `<h${depth} id="${heading.id}">${this.parser.parseInline(tokens)}${anchor}</h${depth}>\n`;
      },
      html: ({ text }) => escapeHtml(text),
      code: ({ text, lang }) => `<pre tabindex="0"><code>${highlightCode(text, lang ?? '').text}</code></pre>\n`,
      link({ href, tokens }) {
        return `<a href="${escapeHtml(siteLink(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      table(token) {
        return `<div class="table" role="region" aria-label="Table: ${escapeHtml(headings.at(-1)?.text ?? '')}" tabindex="0">${tableHtml(token, (cell) => this.parser.parseInline(cell.tokens))}</div>\n`;
      },
    },
  });
  const body = new Html(marked.parse(markdown, { async: false }));
  const paragraph = marked.lexer(markdown).find((token) => token.type === 'paragraph') as Tokens.Paragraph | undefined;
  return { title: headings[0]?.text ?? '', description: paragraph ? plainText(paragraph.tokens) : '', headings, body };
}

/** `widget.md#sizes` in a file is `/docs/widget#sizes` on the site; other addresses stay. */
export function siteLink(href: string): string {
  const page = /^([a-z-]+)\.md(#.*)?$/.exec(href);
  if (!page) return href;
  return (page[1] === 'index' ? '/docs' : `/docs/${page[1]}`) + (page[2] ?? '');
}

function tableHtml({ header, rows }: Tokens.Table, cellHtml: (cell: Tokens.TableCell) => string): string {
  const head = header.map((cell) => `<th scope="col">${cellHtml(cell)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cellHtml(cell)}</td>`).join('')}</tr>`).join('');
  return `<table${header.length > 3 ? ' class="wide"' : ''}><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function plainText(tokens: Tokens.Generic[]): string {
  return tokens.map((token) => (token.tokens ? plainText(token.tokens) : String(token.text ?? ''))).join('');
}
