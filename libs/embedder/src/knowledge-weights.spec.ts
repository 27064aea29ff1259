import { expect, it } from 'vitest';
import type { EmbedderFileError } from './embedder-file';
import { KnowledgeWeights, priorWeights } from './knowledge-weights';
import { WordWeights } from './word-weights';

const embedder = { priorOf: (word: string) => (word === 'der' ? 0.3 : null) };

function counted(passages: string[][]): WordWeights {
  const weights = new WordWeights(embedder);
  for (const words of passages) weights.add(words);
  return weights;
}

const passages = [
  ['the', 'invoice', 'the'],
  ['the', 'parcel'],
  ['the', 'refund', 'invoice'],
  ['the', '密码'],
];

it('weighs words after a round trip as before, to a step', () => {
  const before = counted(passages);
  const after = new KnowledgeWeights(before.toBytes(), embedder);
  expect(after.passages).toBe(4);
  for (const word of ['the', 'invoice', 'parcel', 'refund', '密码', 'der', 'unheard'])
    expect(after.weightOf(word)).toBeCloseTo(before.weightOf(word), 1);
  expect(after.weightOf('parcel')).toBeGreaterThan(after.weightOf('the'));
});

it('reads its bytes wherever they lie in memory', () => {
  const bytes = counted(passages).toBytes();
  const shifted = new Uint8Array(bytes.length + 3).subarray(3);
  shifted.set(bytes);
  expect(new KnowledgeWeights(shifted, embedder).weightOf('invoice')).toBe(
    new KnowledgeWeights(bytes, embedder).weightOf('invoice'),
  );
});

it('finds each of many words', () => {
  const words = Array.from({ length: 20_000 }, (_, number) => `word${number}`);
  const weights = new KnowledgeWeights(counted([words, words.slice(0, 7_000), []]).toBytes(), embedder);
  const kinds = new Set(words.map((word) => weights.weightOf(word)));
  expect(kinds.size).toBe(2);
  expect(weights.weightOf('word6999')).toBeLessThan(weights.weightOf('word7000'));
});

it('takes knowledge without a passage', () => {
  expect(new KnowledgeWeights(counted([]).toBytes(), embedder).weightOf('anything')).toBeGreaterThan(0);
});

it.each([
  ['nothing', (bytes: Uint8Array) => bytes.subarray(0, 0), 'not_an_embedder'],
  ['other bytes', (bytes: Uint8Array) => bytes.fill(1, 0, 4), 'not_an_embedder'],
  ['a later format', (bytes: Uint8Array) => bytes.fill(9, 8, 9), 'unknown_version'],
  ['a cut end', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1), 'truncated'],
])('refuses %s by name', (_name, spoil, problem) => {
  expect(() => new KnowledgeWeights(spoil(counted(passages).toBytes()), embedder)).toThrow(
    expect.objectContaining<Partial<EmbedderFileError>>({ problem: problem as EmbedderFileError['problem'] }),
  );
});

it('falls back on what words weighed where the embedder learned', () => {
  const weigh = priorWeights(embedder);
  expect(weigh('der')).toBe(0.3);
  expect(weigh('Norden')).toBeGreaterThan(2);
});
