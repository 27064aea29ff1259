import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readWords } from '../read-words';
import { openEmbedder, type TextEmbedder } from '../text-embedder';
import { learnRows, type LearningInput } from './learn-rows';

const base = openEmbedder(readFileSync(new URL('../../model/docent-words.bin', import.meta.url)));
/** Eight trades, each with a word that nobody else has: what it goes with is written in the passages alone. */
const trades = [
  'zorblat: boiler pressure valve steam gauge',
  'plindo: violin bow string rosin bridge',
  'quimfer: harbour anchor deck cargo mast',
  'vexnor: orchard apple cider ladder harvest',
  'sarkwit: bread flour oven yeast dough',
  'umbrik: saddle horse stable rein gallop',
  'trimoko: camera lens shutter tripod film',
  'feldrun: roof tile gutter chimney slate',
].map((line) => ({ invented: line.split(': ')[0]!, plain: line.split(': ')[1]!.split(' ') }));
const passages = Array.from({ length: 80 }, (_, number) => {
  const { invented, plain } = trades[number % 8]!;
  const [first, second, third] = [0, 1, 3].map((step) => plain[(number * 3 + (number >> 3) + step) % 5]!);
  return {
    source: `source ${number % 8}`,
    title: `The ${invented}`,
    text: `A ${invented} is checked with the ${first}. After that the ${second} is set again, and the ${third} rests for a day. Write the ${first} down in the book.`,
  };
});
const input: LearningInput = {
  embedder: base,
  passages,
  weightOf: () => 1,
  recipe: { batches: 200, pairs: 64, rate: [0.02, 0.002] },
};
const closeness = (embedder: TextEmbedder, one: string, other: string) =>
  embedder
    .embedText(readWords(one), () => 1)
    .reduce((sum, value, at) => sum + value * embedder.embedText(readWords(other), () => 1)[at]!, 0);

describe('learning a knowledge base', () => {
  it('brings words together that stand together there, and leaves the others alone', async () => {
    const taught = base.withRows((await learnRows(input))!);
    expect(closeness(taught, 'zorblat', 'boiler')).toBeGreaterThan(closeness(base, 'zorblat', 'boiler') + 0.2);
    expect(closeness(taught, 'zorblat', 'boiler')).toBeGreaterThan(closeness(taught, 'zorblat', 'violin') + 0.2);
    expect(closeness(taught, 'plindo', 'rosin')).toBeGreaterThan(closeness(taught, 'plindo', 'gauge') + 0.2);
    expect(taught.embedText(['invoice'], () => 1)).toEqual(base.embedText(['invoice'], () => 1));
  });

  it('learns from questions whose answer is known', async () => {
    const pairs = Array.from({ length: 12 }, (_, at) => ({
      question: `why does it gluffle ${at}`,
      answer: passages[(at * 8) % 80]!.text,
    }));
    const without = base.withRows((await learnRows(input))!);
    const taught = base.withRows((await learnRows({ ...input, pairs }))!);
    expect(closeness(taught, 'gluffle', 'valve')).toBeGreaterThan(closeness(without, 'gluffle', 'valve') + 0.05);
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const short = { ...input, recipe: { batches: 5, pairs: 32 } };
    const once = await learnRows(short);
    expect(await learnRows(short)).toEqual(once);
    expect(await learnRows({ ...short, recipe: { ...short.recipe, seed: 2 } })).not.toEqual(once);
  });

  it('keeps the mean of several trainings, each from the rows as they were', async () => {
    const rowAfter = async (seed: number, runs: number) => base.withRows((await learnRows({ ...input, recipe: { batches: 5, pairs: 32, bits: 8, seed, runs } }))!).rowOf('zorblat');
    const [one, other, both] = [await rowAfter(1, 1), await rowAfter(2, 1), await rowAfter(1, 2)];
    const step = Math.max(...one.map(Math.abs)) / 64;
    both.forEach((value, at) => expect(Math.abs(value - (one[at]! + other[at]!) / 2)).toBeLessThan(step));
    expect(one).not.toEqual(other);
  });

  it('leaves rare words alone where that is wanted', async () => {
    const taught = base.withRows((await learnRows({ ...input, recipe: { batches: 5, pairs: 32, fewestPassages: 11 } }))!);
    expect(taught.rowOf('checked')).not.toEqual(base.rowOf('checked'));
    expect(taught.rowOf('zorblat')).toEqual(base.rowOf('zorblat'));
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const shares: number[] = [];
    const learning = learnRows({
      ...input,
      signal: stop.signal,
      report: (share) => {
        shares.push(share);
        if (shares.length === 2) stop.abort(new Error('the knowledge has changed'));
      },
    });
    await expect(learning).rejects.toThrow('the knowledge has changed');
    expect(shares).toEqual([1 / 600, 2 / 600]);
  });

  it('has nothing to learn from one passage', async () => {
    expect(await learnRows({ ...input, passages: passages.slice(0, 1) })).toBeNull();
  });
});
