import { expect, it } from 'vitest';
import { explainWords } from './explain-words';

const idf: Record<string, number> = { refund: 4, day: 1 };
const weigh = async (terms: string[]) => terms.map((term) => idf[term] ?? 2);
const passage = { title: 'Refunds', headings: ['Days'], text: 'A refund takes fourteen days.', language: 'en' };

it('names the words that a passage holds, the telling ones first, whatever their form', async () => {
  const words = await explainWords('How many days does refunding take on Mars?', passage, weigh);
  expect(words.map(({ word }) => word)).toEqual(['refunding', 'take', 'days']);
  expect(words.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

it('names a repeated word once', async () => {
  expect(await explainWords('refund, refund!', passage, weigh)).toEqual([{ word: 'refund', share: 1 }]);
});

it('names nothing where the passage holds none of the words', async () => {
  expect(await explainWords('Wann hat der Laden auf?', passage, weigh)).toEqual([]);
});
