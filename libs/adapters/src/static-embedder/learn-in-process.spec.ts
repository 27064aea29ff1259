import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Lesson } from '@docent/ports';
import { StaticEmbedder } from './static-embedder';

const embedder = new StaticEmbedder(readFileSync(new URL('../../../embedder/model/docent-words.bin', import.meta.url)));
const scope = { tenantId: 'a tenant' };
const trades = [
  ['zorblat', 'boiler', 'valve', 'steam'],
  ['plindo', 'violin', 'string', 'rosin'],
  ['quimfer', 'harbour', 'anchor', 'mast'],
  ['vexnor', 'orchard', 'cider', 'ladder'],
  ['sarkwit', 'bread', 'oven', 'yeast'],
  ['umbrik', 'saddle', 'rein', 'stable'],
] as const;
const passages = Array.from({ length: 60 }, (_, number) => {
  const [invented, first, second, third] = trades[number % trades.length]!;
  return {
    source: `note ${number % 6}`,
    title: `The ${invented}`,
    text: `The ${invented} stands beside the ${first}. Its ${second} is looked at before noon. Then the ${third} is seen to, and the ${first} rests.`,
  };
});
let lesson: Lesson;

beforeAll(async () => {
  const weights = await embedder.count(
    (async function* () {
      yield passages;
    })(),
  );
  lesson = { passages, pairs: [{ question: 'why does it gluffle', answer: passages[0]!.text }], weights };
});

describe('learning in a process of its own', () => {
  it('brings rows that change what the words mean, and says how far it is', async () => {
    const shares: number[] = [];
    const rows = await embedder.learn(lesson, new AbortController().signal, (share) => shares.push(share));
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    const closeness = async (model: Uint8Array | null) => {
      const knowledge = embedder.forKnowledge(scope, 'a bot', { version: 1, weights: lesson.weights, rows: model });
      const [one, other] = [await knowledge.embedQuestion('zorblat'), await knowledge.embedQuestion('boiler')];
      return one.values.reduce((sum, value, at) => sum + value * other.values[at]!, 0);
    };
    expect(await closeness(rows)).toBeGreaterThan((await closeness(null)) + 0.05);
  }, 120_000);

  it('is gone as soon as it is told to stop', async () => {
    const stop = new AbortController();
    const learning = embedder.learn(lesson, stop.signal, () => stop.abort(new Error('the knowledge has changed')));
    await expect(learning).rejects.toThrow('the knowledge has changed');
    await expect(embedder.learn(lesson, stop.signal)).rejects.toThrow('the knowledge has changed');
  }, 120_000);

  it('says what went wrong in the process', async () => {
    await expect(embedder.learn({ ...lesson, weights: new Uint8Array(3) }, new AbortController().signal)).rejects.toThrow(
      'no weights of a knowledge base',
    );
  }, 120_000);
});
