import { expect, it } from 'vitest';
import { WordSequences, type WordSequence } from './word-sequences';

it('gives back what was put in, whatever its numbers and lengths, across pages', () => {
  const sequences = new WordSequences();
  const random = numbers(3);
  const kept = Array.from({ length: 3_000 }, (_, at) => {
    const part = () => Array.from({ length: Math.floor(random() * (at % 100 === 0 ? 4_000 : 30)) }, () => Math.floor(2 ** (random() * 30.9)));
    return [part(), part(), part()] as const;
  });
  const places = kept.map((parts) => sequences.add(...parts));
  expect(new Set(places).size).toBe(places.length);
  for (const at of [0, 2_999, 100, 1_500, ...kept.keys()]) expect(partsOf(sequences.read(places[at]!))).toEqual(kept[at]);
});

it('holds a passage that is larger than a page, and the limits of each length of a number', () => {
  const sequences = new WordSequences();
  const limits = [0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, 2 ** 31 - 1];
  const long = Array.from({ length: 100_000 }, (_, at) => at);
  const places = [sequences.add(limits, [], []), sequences.add([], long, limits), sequences.add([], [], []), sequences.add([], [], [7])];
  expect(places.map((place) => partsOf(sequences.read(place)))).toEqual([
    [limits, [], []],
    [[], long, limits],
    [[], [], []],
    [[], [], [7]],
  ]);
});

it('takes little more than the bytes of the numbers', () => {
  const sequences = new WordSequences();
  for (let at = 0; at < 10_000; at++) sequences.add([1], [], Array.from({ length: 100 }, (_, index) => index));
  expect(sequences.bytes).toBeLessThan(10_000 * 104 * 1.05);
});

function partsOf({ words, second, third }: WordSequence): number[][] {
  return [[...words.subarray(0, second)], [...words.subarray(second, third)], [...words.subarray(third)]];
}

function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
