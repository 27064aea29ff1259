import { html, type Html } from './html';

/** Plain text with `code` in backticks and blank lines between paragraphs, as descriptions of the API have it. */
export function textHtml(text: string): Html {
  const paragraphs = text
    .split('\n\n')
    .map((paragraph) =>
      paragraph.split('`').map((piece, position) => (position % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`)),
    );
  return html`${paragraphs.map((paragraph, position) => html`${position > 0 && html`<span class="gap"></span>`}${paragraph}`)}`;
}
