import { describe, expect, it } from 'vitest';
import type { MapQuestion, MeaningMap } from '@docent/contracts';
import { findGaps } from './find-gaps';

const question = (text: string, topic: number | null, answered = false): MapQuestion => ({
  conversationId: '00000000-0000-7000-8000-000000000001',
  seq: 1,
  text,
  answered,
  askedAt: '2026-11-21T10:00:00.000Z',
  topic,
  nearest: null,
  place: topic === null ? null : { x: 0, y: 0 },
});

const map = (questions: MapQuestion[], pairs: string[] = []): MeaningMap => ({
  set: 'words@160#1',
  passages: 2,
  sampled: false,
  points: [],
  sources: pairs.map((name, at) => ({ id: `00000000-0000-7000-8000-00000000000${at}`, name, type: 'qa', passages: 1 })),
  topics: [
    { title: 'Warranty', passages: 1, x: 0, y: 0 },
    { title: 'Delivery', passages: 1, x: 1, y: 1 },
  ],
  questions,
});

describe('findGaps', () => {
  it('gathers unanswered questions by topic, and those of the same words once; what is asked most comes first', () => {
    const gaps = findGaps(
      map([
        question('Where is my parcel?', 1),
        question('Is it insured?', 0),
        question('  where is MY parcel? ', 1),
        question('Answered', 1, true),
        question('asdf', null),
      ]),
    );
    expect(gaps.map(({ title, count }) => [title, count])).toEqual([
      ['Delivery', 2],
      ['Warranty', 1],
      ['', 1],
    ]);
    expect(gaps[0]!.questions).toMatchObject([{ text: 'Where is my parcel?', asked: [0, 2], isCovered: false }]);
  });

  it('does not count what has an answer of its own meanwhile', () => {
    const [gap] = findGaps(map([question('Is it insured?', 0), question('Is it heavy?', 0)], ['Is it insured?']));
    expect(gap).toMatchObject({ count: 1, questions: [{ text: 'Is it heavy?' }, { text: 'Is it insured?', isCovered: true }] });
    expect(findGaps(map([question('Is it heavy?', 0)]), ['is it heavy? '])[0]).toMatchObject({ count: 0 });
  });
});
