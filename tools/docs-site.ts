import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildOpenApi } from '@docent/contracts/openapi';
import { html } from './docs-site/html';
import { layOut, type NavigationGroup, type Page } from './docs-site/layout';
import { referenceBody, referenceNavigation } from './docs-site/reference-page';
import { renderMarkdown } from './docs-site/render-markdown';

const source = new URL('../docs/', import.meta.url);

/** The pages in reading order: file name without `.md`, and how the navigation calls it. */
export const navigation: NavigationGroup[] = [
  { title: 'Begin', links: links({ index: 'What is Docent?', 'getting-started': 'Getting started', concepts: 'Concepts' }) },
  {
    title: 'Use',
    links: links({ knowledge: 'Knowledge', learning: 'Learning', answers: 'Answers', widget: 'Widget', inbox: 'Inbox', 'plans-and-limits': 'Plans and limits' }),
  },
  { title: 'Build', links: links({ api: 'API', reference: 'API reference' }) },
  { title: 'Run', links: links({ 'self-hosting': 'Self-hosting', security: 'Security' }) },
];

/** Renders docs/*.md and the reference of the API as static pages; the server serves them at /docs and /docs/<name>. */
export async function buildDocsSite(outputFolder: URL, publicUrl = 'http://localhost:3000'): Promise<void> {
  await mkdir(outputFolder, { recursive: true });
  for (const page of await pagesOf(publicUrl)) {
    const beside = page.kind === 'reference' ? referenceNavigation(buildOpenApi(publicUrl)) : navigation;
    await writeFile(new URL(`${page.name}.html`, outputFolder), layOut(page, beside).text);
  }
  await cp(new URL('docs-site/style.css', import.meta.url), new URL('style.css', outputFolder));
}

/** Every page with its rendered body. */
export async function pagesOf(publicUrl: string): Promise<Page[]> {
  const all = navigation.flatMap((group) => group.links);
  return Promise.all(
    all.map(async ({ href }, position): Promise<Page> => {
      const name = href.replace(/^\/docs\/?/, '') || 'index';
      const rendered = renderMarkdown(await readFile(new URL(`${name}.md`, source), 'utf8'));
      if (name !== 'reference') return { ...rendered, name, kind: 'text', next: all[position + 1] };
      const body = referenceBody(buildOpenApi(publicUrl), html`${rendered.body}`);
      return { ...rendered, name, kind: 'reference', body };
    }),
  );
}

function links(pages: Record<string, string>): NavigationGroup['links'] {
  return Object.entries(pages).map(([name, text]) => ({ href: name === 'index' ? '/docs' : `/docs/${name}`, text }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildDocsSite(new URL('../dist/docs/', import.meta.url));
