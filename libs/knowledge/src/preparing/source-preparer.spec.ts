import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from 'vite';
import type { ExtractedText } from '@docent/ports';
import { SourcePreparer, type PreparedSource } from './source-preparer';

const root = join(import.meta.dirname, '../../../..');
const outDir = join(root, 'node_modules/.cache/docent', `preparing-${randomUUID()}`);
const threadFile = join(outDir, 'entry.mjs');
const preparers: SourcePreparer[] = [];
/** On a machine that does other things too. */
const timeout = 60_000;

const aPreparer = (file?: string): SourcePreparer => {
  const preparer = new SourcePreparer(file);
  preparers.push(preparer);
  return preparer;
};
/** A paragraph is about a passage. */
const book = (name: string, paragraphs: number): ExtractedText => ({
  title: name,
  mediaType: 'text/plain',
  text: Array.from({ length: paragraphs }, (_, at) => `${name} ${at}: the heron waits for fish number ${at * 7}, „ohne Eile“. ${'It waits for long. '.repeat(50)}`).join('\n\n'),
  pages: [],
  headings: [{ level: 1, text: `${name} 4`, start: 0 }],
  tables: [],
});

async function all(prepared: PreparedSource) {
  const content = createHash('sha256').update(prepared.text);
  const sizes = [];
  for await (const { count, total, columns, words, texts } of prepared.batches) {
    for (const column of columns) content.update(column);
    if (words) content.update(words.numbers).update(words.ends).update(JSON.stringify([words.newForms, words.newTerms]));
    sizes.push({ count, total, hasWords: words !== null, hasTexts: texts !== null });
  }
  prepared.close();
  return { hash: prepared.hash, language: prepared.language, content: content.digest('hex'), sizes };
}

beforeAll(async () => {
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { tsconfigPaths: true },
    build: { ssr: join(root, 'apps/api/src/preparing-thread.ts'), outDir, minify: false, rollupOptions: { output: { entryFileNames: 'entry.mjs' } } },
  });
}, timeout);
afterAll(async () => {
  for (const preparer of preparers) await preparer.onApplicationShutdown();
  await rm(outDir, { recursive: true, force: true });
});

it('prepares in its thread, several sources at once, exactly what it would prepare here', { timeout }, async () => {
  const [here, there] = [aPreparer(), aPreparer(threadFile)];
  const books = [book('Birds', 1_300), book('Boats', 1_100)];
  const prepared = await Promise.all(books.map(async (source) => all(await there.prepare(source, true))));
  for (const [at, source] of books.entries()) expect(prepared[at]).toEqual(await all(await here.prepare(source, true)));
  expect(prepared.map(({ sizes }) => sizes.at(-1))).toMatchObject([{ hasWords: true, hasTexts: false }, { hasWords: true, hasTexts: false }]);
  expect(prepared[0]!.sizes.length).toBeGreaterThan(1);
});

it('takes the next source after one that was left in the middle', { timeout }, async () => {
  const there = aPreparer(threadFile);
  const left = await there.prepare(book('Left', 4_500), true);
  for await (const batch of left.batches) {
    expect(batch.count).toBe(1000);
    break;
  }
  left.close();
  const next = await all(await there.prepare(book('Next', 300), false));
  expect(next.sizes.reduce((sum, { count }) => sum + count, 0)).toBe(next.sizes[0]!.total);
});

it('says so when its thread ends amidst the work, and starts another one for the next source', { timeout }, async () => {
  const there = aPreparer(threadFile);
  const broken = await there.prepare(book('Broken', 5_000), true);
  await there.onApplicationShutdown();
  await expect(all(broken)).rejects.toThrow('has ended');
  broken.close();
  expect((await all(await there.prepare(book('Whole', 300), true))).language).toBe('en');
});
