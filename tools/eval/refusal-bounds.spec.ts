import { expect, it } from 'vitest';
import type { Reaction } from './reaction';
import { refusalBounds } from './refusal-bounds';

function reactionsOf(answerable: boolean, confidences: number[]): Reaction[] {
  return confidences.map((confidence) => ({
    question: { id: '', lang: null, question: '', answerable, gold: [], answers: [], history: [] },
    answer: { results: [], answered: true, confidence, answer: '' },
    ms: 0,
  }));
}

it('says what one promise costs where the other is kept', () => {
  const reactions = [...reactionsOf(true, [0.2, 0.4, 0.6, 0.8]), ...reactionsOf(false, [0.1, 0.3, 0.5])];
  expect(refusalBounds(reactions)).toEqual({ refusedAnswerable: 0.5, answeredUnanswerable: 2 / 3 });
});

it('lets two of a hundred through, and five', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => at / 100);
  const reactions = [...reactionsOf(true, hundred), ...reactionsOf(false, hundred)];
  expect(refusalBounds(reactions)).toEqual({ refusedAnswerable: 0.98, answeredUnanswerable: 0.95 });
});

it('cannot tell where a kind of question is missing', () => {
  expect(refusalBounds(reactionsOf(true, [0.5]))).toEqual({ refusedAnswerable: null, answeredUnanswerable: null });
});
