import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openEmbedder, readWords } from '@docent/embedder';
import { standardRecipe, type Corpus, type TrainingRecipe } from '@docent/embedder/training';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint } from './checkpoint';
import { exportEmbedder } from './export-embedder';
import { readCorpus } from './read-corpus';
import { Trainer, type TrainingState } from './trainer';

const recipe: TrainingRecipe = { ...standardRecipe, batches: 24, pairs: 32, dimensions: 64, vocabulary: 300, buckets: 512 };
const languages = ['en', 'de'];
let folder: string;
let corpus: Corpus;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'embedder-'));
  writeCorpus(folder);
  corpus = readCorpus({ folder, languages, holdOut: 'kept-back' });
});
afterAll(() => rmSync(folder, { recursive: true }));

it('makes the same file with one thread and with two, and another one for another seed', async () => {
  const one = await train(recipe, 1);
  expect(one).toEqual(await train(recipe, 2));
  expect(one).not.toEqual(await train({ ...recipe, seed: 2 }, 1));
}, 60_000);

it('makes the bytes that it always made; a change of the trainer that changes none shows it here', async () => {
  const hash = createHash('sha256')
    .update(await train(recipe, 1))
    .digest('hex');
  expect(hash).toBe('86639138820bd7a08f0eccb0a8d927438f70df563a9754fd13670e1f9478623d');
}, 60_000);

it('makes the same file when it is stopped and taken up again', async () => {
  const file = path.join(folder, 'checkpoint');
  const first = new Trainer(corpus, recipe, 2);
  await first.run((batch) => batch < 10);
  expect(first.state.batch).toBe(10);
  writeCheckpoint(file, recipe, first.state);
  await first.close();
  expect(() => readCheckpoint(file, { ...recipe, seed: 2 })).toThrow('another recipe');
  expect(await train(recipe, 2, readCheckpoint(file, recipe))).toEqual(await train(recipe, 2));
}, 60_000);

it('learns which words belong together, also across languages', async () => {
  const embedder = openEmbedder(await train({ ...recipe, batches: 150, oneSource: 0 }, 2));
  const vectorOf = (text: string) => embedder.embedText(readWords(text), () => 1);
  const near = cosine(vectorOf('apple'), vectorOf('orchard'));
  expect(near).toBeGreaterThan(cosine(vectorOf('apple'), vectorOf('harbour')) + 0.2);
  expect(cosine(vectorOf('apfel'), vectorOf('orchard'))).toBeGreaterThan(cosine(vectorOf('apfel'), vectorOf('harbour')) + 0.2);
}, 60_000);

it('leaves out what is held back', () => {
  expect(corpus.words.words).not.toContain('secretword');
});

async function train(settings: TrainingRecipe, threads: number, state?: TrainingState): Promise<Buffer> {
  const trainer = new Trainer(corpus, settings, threads, state);
  await trainer.run(() => true);
  const bytes = exportEmbedder({
    recipe: settings,
    languages,
    words: corpus.words.words,
    vocabulary: trainer.vocabulary,
    parameters: trainer.state.parameters,
    notes: {},
  });
  await trainer.close();
  return Buffer.from(bytes);
}

/** Eight worlds of words, each in two languages, whose words stand together and never with those of another. */
function writeCorpus(target: string): void {
  const worlds = [
    {
      en: 'apple orchard blossom harvest cider ladder picker branch',
      de: 'apfel obstgarten bluete ernte most leiter pfluecker zweig',
    },
    { en: 'ship harbour anchor sailor deck lighthouse cargo mast', de: 'schiff hafen anker matrose deck leuchtturm fracht mast' },
    ...['bak', 'fel', 'gos', 'hun', 'nir', 'zev'].map((name) => ({
      en: numbered(name, 'an'),
      de: numbered(name.toUpperCase(), 'ig'),
    })),
  ];
  const text = (words: string, shift: number) =>
    Array.from(
      { length: 40 },
      (_, at) => words.split(' ')[(at * 3 + shift * 5 + (at >> 3)) % 8] + (at % 10 === 9 ? '.\n\n' : ''),
    ).join(' ');
  const page = (world: number, lang: 'en' | 'de', shift: number) => ({
    title: '',
    headings: [`${worlds[world]![lang].split(' ')[shift % 8]} ${shift}`],
    text: text(worlds[world]![lang], shift),
  });
  const both = Array.from({ length: 240 }, (_, number) => ({ world: number % worlds.length, shift: number }));
  const lines: Record<string, unknown[]> = {
    sections: [
      ...both.map(({ world, shift }) => ({ source: `source-${world}`, ...page(world, 'en', shift) })),
      { source: 'kept-back/x', title: 'secretword', headings: [], text: 'secretword' },
    ],
    parallel: both.map(({ world, shift }) => ({
      lang: 'de',
      source: `quelle-${world}`,
      local: page(world, 'de', shift),
      en: page(world, 'en', shift),
    })),
    definitions: both.map(({ world, shift }) => ({
      word: worlds[world]!.en.split(' ')[shift % 8],
      definition: text(worlds[world]!.en, shift).slice(0, 60),
      example: '',
      synonyms: [],
    })),
    intents: both.map(({ world, shift }) => ({
      intent: `intent-${world}`,
      text: `${text(worlds[world]!.en, shift).slice(0, 30)} ${shift}`,
    })),
  };
  for (const [name, objects] of Object.entries(lines))
    writeFileSync(
      path.join(target, `${name}.jsonl.gz`),
      gzipSync(objects.map((object) => `${JSON.stringify(object)}\n`).join('')),
    );
}

function numbered(name: string, ending: string): string {
  return Array.from({ length: 8 }, (_, at) => `${name}${'aeiouyäö'[at]}${ending}`).join(' ');
}

function cosine(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
}
