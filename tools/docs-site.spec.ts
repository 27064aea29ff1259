import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plans } from '@docent/billing';
import { routes } from '@docent/contracts';
import { buildDocsSite, navigation } from './docs-site';
import { renderMarkdown } from './docs-site/render-markdown';

const docs = new URL('../docs/', import.meta.url);
let folder = '';
let pages: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-site-'));
  await buildDocsSite(pathToFileURL(`${folder}/`), 'https://docent.example');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.html'));
  pages = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name.slice(0, -5), await readFile(join(folder, name), 'utf8')] as const)),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const idsOf = (page: string) => [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);

describe('the documentation site', () => {
  it('has a page for every file of docs and lists each in the navigation', async () => {
    const files = (await readdir(docs)).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3));
    const listed = navigation.flatMap(({ links }) => links.map(({ href }) => href.replace(/^\/docs\/?/, '') || 'index'));
    expect(Object.keys(pages).sort()).toEqual(files.sort());
    expect(listed.sort()).toEqual(files.sort());
  });

  it('links only to pages and headings that exist', () => {
    const broken: string[] = [];
    for (const [name, page] of Object.entries(pages)) {
      for (const [, href = ''] of page.matchAll(/\shref="([^"]+)"/g)) {
        const [path = '', id] = href.split('#');
        if (path !== '' && !/^\/docs(\/[a-z-]+)?$/.test(path)) continue;
        const target = pages[path === '' ? name : path.replace(/^\/docs\/?/, '') || 'index'];
        if (target === undefined || (id !== undefined && !idsOf(target).includes(id))) broken.push(`${name}: ${href}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('gives every heading an id of its own', () => {
    for (const [name, page] of Object.entries(pages)) {
      const ids = idsOf(page);
      expect(
        ids.filter((id, position) => ids.indexOf(id) !== position),
        name,
      ).toEqual([]);
    }
  });

  it('works under a policy that allows nothing but its own style sheet', () => {
    for (const [name, page] of Object.entries(pages)) {
      expect(page.match(/<(script|style|iframe|img)\b|<[a-z][^>]*\s(style|on[a-z]+)=|javascript:/gi), name).toBeNull();
    }
  });

  it('describes every route in the reference, with a command to copy', () => {
    for (const name of Object.keys(routes)) expect(pages.reference).toContain(`<h3 id="${name}">`);
    expect(pages.reference).toContain('https://docent.example/v1/bots');
    expect(pages.reference).not.toContain('localhost:3000');
  });

  it('shows HTML in Markdown as text', () => {
    const { body } = renderMarkdown(
      '# T\n\n<img src=x onerror=alert(1)>\n\nA <b>word</b> and [a link](<x" onclick="y>).\n\n```js\n</code><script>\n```',
    );
    expect(body.text).not.toMatch(/<(img|b|script)\b/);
    expect(body.text).not.toMatch(/"\s*onclick=/);
  });
});

describe('the documentation', () => {
  it('names every environment variable, and none that does not exist', async () => {
    const source = await readFile(new URL('../libs/platform/src/config.ts', import.meta.url), 'utf8');
    const known = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
    const text = await readFile(new URL('self-hosting.md', docs), 'utf8');
    const told = [...text.matchAll(/^- `([A-Z_]+)` /gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(known.sort());
  });

  it('tells the limits of each plan as the plans have them', async () => {
    const text = await readFile(new URL('plans-and-limits.md', docs), 'utf8');
    const row = (name: string) => new RegExp(`^\\| ${name} \\| (.+) \\|$`, 'm').exec(text)?.[1]?.split(' | ');
    const spaced = (value: number | null, unit = '') =>
      value === null ? 'no limit' : String(value).replace(/\B(?=(\d{3})+$)/g, ' ') + unit;
    const all = Object.values(plans);
    expect(row('Messages per month')).toEqual(all.map((plan) => spaced(plan.messagesPerMonth)));
    expect(row('Requests per minute')).toEqual(all.map((plan) => spaced(plan.requestsPerMinute)));
    expect(row('Sources')).toEqual(all.map((plan) => spaced(plan.sources)));
    expect(row('Storage')).toEqual(all.map((plan) => spaced(plan.storageBytes && plan.storageBytes / 1024 / 1024, ' MB')));
    expect(row('Bots')).toEqual(all.map((plan) => spaced(plan.bots)));
    expect(row('Seats')).toEqual(all.map((plan) => spaced(plan.seats)));
    for (const plan of all.filter((each) => each.messagesPerMonth !== null)) {
      expect(text).toContain(
        `The ${plan.name} plan includes ${spaced(plan.messagesPerMonth)} messages per month, ${spaced(plan.requestsPerMinute)} requests per minute, ${spaced(plan.sources)} sources,`,
      );
    }
  });

  it('gives each section one subject: no heading twice in the whole documentation', async () => {
    const files = (await readdir(docs)).filter((name) => name.endsWith('.md'));
    const headings = (await Promise.all(files.map((name) => readFile(new URL(name, docs), 'utf8')))).flatMap((text) =>
      [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
    );
    expect(headings.filter((heading, position) => headings.indexOf(heading) !== position)).toEqual([]);
  });
});
