import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { en } from './en';

const home = join(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(home, path), 'utf8');

function textsOf(texts: object): string[] {
  return Object.values(texts).flatMap((text: unknown) => (typeof text === 'object' ? textsOf(text!) : [String(text)]));
}

it('says every word on a button or page that the documentation names', () => {
  const said = new Set(textsOf(en));
  const widget = read('apps/widget/src/strings.ts');
  const pages = readdirSync(join(home, 'docs')).filter((name) => name.endsWith('.md'));
  const named = pages.flatMap((page) => [...read(`docs/${page}`).matchAll(/\*\*([^*]+)\*\*/g)].map(([, label]) => `${page}: ${label}`));
  expect(named.length).toBeGreaterThan(20);
  const isSaid = (label: string) => said.has(label) || widget.includes(`'${label}'`);
  expect(named.filter((each) => !isSaid(each.slice(each.indexOf(': ') + 2)))).toEqual([]);
});
