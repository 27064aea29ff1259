import { expect, it } from 'vitest';
import { PostingLists } from './posting-lists';

/** What is to be held, as plainly as can be. */
type PlainLists = Map<number, { passage: number; frequency: number }[]>;

it('gives back every entry of every list, in order, whatever its gaps and frequencies', () => {
  const { lists, plain } = filled(20_000);
  for (const [term, entries] of plain) {
    expect(lists.length(term)).toBe(entries.length);
    expect(entriesOf(lists, term)).toEqual(entries);
  }
  expect(lists.length(100_000)).toBe(0);
  expect(entriesOf(lists, 100_000)).toEqual([]);
});

it('leaves out no block that holds a passage from the one that is asked for', () => {
  const { lists, plain } = filled(8_000);
  for (const [term, entries] of plain)
    for (const share of [0, 0.3, 0.7, 1]) {
      const from = entries[Math.floor(share * (entries.length - 1))]!.passage;
      const found = entriesOf(lists, term, () => from).filter(({ passage }) => passage >= from);
      expect(found).toEqual(entries.filter(({ passage }) => passage >= from));
    }
});

it('skips blocks, and stops where it is told', () => {
  const lists = new PostingLists();
  for (let passage = 0; passage < 100_000; passage += 3) lists.add(0, passage, 4);
  expect(entriesOf(lists, 0, () => 90_000).length).toBeLessThan(5_000);
  let runs = 0;
  lists.eachRun(0, () => ++runs < 3);
  expect(runs).toBe(3);
});

it('takes little more than two bytes an entry where words are frequent', () => {
  const lists = new PostingLists();
  for (let passage = 0; passage < 100_000; passage++) for (let term = passage % 3; term < 30; term += 3) lists.add(term, passage, 4);
  expect(lists.bytes / 1_000_000).toBeLessThan(2.2);
});

function filled(passages: number): { lists: PostingLists; plain: PlainLists } {
  const lists = new PostingLists();
  const plain: PlainLists = new Map();
  let state = passages;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  // Some passages hold nothing for a long while: gaps of every size.
  for (let passage = 0, step = 0; step < passages; step++, passage += step % 500 === 0 ? Math.floor(2 ** (random() * 17)) : 1)
    for (const term of new Set(Array.from({ length: 4 }, () => Math.floor(400 * random() ** 3)))) {
      const frequency = random() < 0.8 ? 4 * Math.ceil(random() * 3) : Math.floor(random() * 256);
      lists.add(term, passage, frequency);
      plain.set(term, [...(plain.get(term) ?? []), { passage, frequency }]);
    }
  return { lists, plain };
}

function entriesOf(lists: PostingLists, term: number, from?: () => number) {
  const found: { passage: number; frequency: number }[] = [];
  lists.eachRun(
    term,
    (entries, count) => {
      for (let at = 0; at < count; at++) found.push({ passage: entries[at]! >> 8, frequency: entries[at]! & 255 });
    },
    from,
  );
  return found;
}
