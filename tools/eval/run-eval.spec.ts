import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DirectProduct } from './direct-product';
import { runEval } from './run-eval';

/** What others read from the file: keep these names. */
const keys = ['recall@1', 'recall@5', 'recall@10', 'mrr@10', 'ndcg@10', 'spanHit', 'answeredUnanswerable', 'refusedAnswerable', 'msPerQuestion'];
const without = ['typos', 'compounds', 'languages', 'held-out'];

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'docent-eval-'));
  const set = async (name: string, files: Record<string, object[]>) => {
    await mkdir(join(dir, name));
    for (const [file, lines] of Object.entries(files)) await writeFile(join(dir, name, file), lines.map((line) => JSON.stringify(line)).join('\n'));
  };
  // Ids as numbers: other people's folders have them.
  await set('harbour', {
    'passages.jsonl': [
      { id: 1, doc: 'ferry', title: 'Ferry', text: 'The ferry to Holm leaves at noon from the western quay.', lang: 'en' },
      { id: 2, doc: 'berths', title: 'Berths', text: 'A berth costs 24 euros per night for boats up to ten metres.', lang: 'en' },
    ],
    'questions.jsonl': [
      { id: 1, lang: 'en', question: 'When does the ferry to Holm leave?', answerable: true, gold: [1], answers: ['at noon'], tags: {} },
      { id: 2, lang: 'en', question: 'Who wrote the opera Fidelio?', answerable: false, gold: [], answers: [], tags: {} },
    ],
  });
  await set('strangers', { 'questions.jsonl': [{ id: 'a', lang: 'en', question: 'What is my horoscope for today?', answerable: false }] });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

it('writes the figures of each set, and those of plain BM25 under the same names', async () => {
  const out = join(dir, 'figures.json');
  const lines: string[] = [];
  await runEval({ dir, out, product: new DirectProduct(), without, print: (line) => lines.push(line) });
  const { sets } = JSON.parse(await readFile(out, 'utf8')) as { sets: (Record<string, unknown> & { bm25: object })[] };
  expect(sets.map(({ name }) => name)).toEqual(['harbour', 'strangers']);
  for (const set of sets) {
    expect(Object.keys(set)).toEqual(expect.arrayContaining(keys));
    expect(Object.keys(set.bm25)).toEqual(expect.arrayContaining(keys));
  }
  const found = { 'recall@1': 1, 'mrr@10': 1, 'ndcg@10': 1, spanHit: 1 };
  expect(sets[0]).toMatchObject({ ...found, answeredUnanswerable: 0, refusedAnswerable: 0, bm25: { ...found, answeredUnanswerable: 1 } });
  expect(sets[1]).toMatchObject({ answeredUnanswerable: 0 });
  expect(lines.join('\n')).toContain('harbour');
});

it('names the sets that there are where one is asked for that is not', async () => {
  await expect(runEval({ dir, product: new DirectProduct(), only: ['harbor'], without })).rejects.toThrow('holds no set named harbor. There are: harbour, strangers');
});
