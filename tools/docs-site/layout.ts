import { html, type Html } from './html';
import type { Heading } from './render-markdown';

export interface NavigationGroup {
  title: string;
  links: { href: string; text: string }[];
}

export interface Page {
  /** `index` is served at /docs, every other at /docs/<name>. */
  name: string;
  title: string;
  description: string;
  headings: Heading[];
  body: Html;
  /** The reference is wider and has its own contents in the navigation. */
  kind: 'text' | 'reference';
  next?: { href: string; text: string };
}

/** One page of the site: navigation, text and the contents of the page; no script, no inline style. */
export function layOut(page: Page, navigation: NavigationGroup[]): Html {
  const address = page.name === 'index' ? '/docs' : `/docs/${page.name}`;
  const menu = navigationHtml(navigation, address);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="${page.description}" />
        <title>${page.title} · Docent</title>
        <link rel="stylesheet" href="/docs/style.css" />
      </head>
      <body class="${page.kind}">
        <a class="skip" href="#content">Skip to the text</a>
        <header class="top">
          <a class="brand" href="/docs"
            ><span class="mark" aria-hidden="true">D</span>Docent <span class="quiet">Documentation</span></a
          >
          <nav class="shortcuts" aria-label="Shortcuts">
            <a href="/docs/reference">API reference</a><a href="/demo">Demo</a><a class="button" href="/">Console</a>
          </nav>
        </header>
        <details class="menu">
          <summary>Menu</summary>
          <nav aria-label="Pages, short">${menu}</nav>
        </details>
        <div class="columns">
          <nav class="side" aria-label="Pages">${menu}</nav>
          <main id="content" tabindex="-1">
            ${page.body}
            ${page.next && html`<a class="next" href="${page.next.href}"><span class="quiet">Next</span>${page.next.text}</a>`}
          </main>
          ${contents(page)}
        </div>
      </body>
    </html> `;
}

function navigationHtml(navigation: NavigationGroup[], address: string): Html {
  const link = ({ href, text }: { href: string; text: string }) =>
    html`<li><a href="${href}" ${href === address && html` aria-current="page"`}>${text}</a></li>`;
  return html`${navigation.map(
    ({ title, links }) =>
      html`<p class="group">${title}</p>
        <ul>
          ${links.map(link)}
        </ul>`,
  )}`;
}

function contents({ headings, kind }: Page): Html | false {
  const sections = headings.filter(({ level }) => level === 2);
  if (kind === 'reference' || sections.length < 2) return false;
  return html`<nav class="contents" aria-label="On this page">
    <p class="group">On this page</p>
    <ul>
      ${sections.map(({ id, text }) => html`<li><a href="#${id}">${text}</a></li>`)}
    </ul>
  </nav>`;
}
