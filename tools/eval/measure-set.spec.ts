import { expect, it } from 'vitest';
import type { EvalQuestion } from './eval-set';
import { holdsAnswer } from './holds-answer';
import { figuresOf } from './measure-set';
import type { Reaction } from './reaction';

it('measures ranking by place of the gold units, each unit counted once', () => {
  const figures = figuresOf([
    aReaction({ gold: ['a'] }, ['a', 'a', 'b']),
    aReaction({ gold: ['b', 'c'] }, ['x', 'b', 'b', 'c']),
    aReaction({ gold: ['z'] }, ['x']),
  ]);
  expect(figures['recall@1']).toBeCloseTo(1 / 3);
  expect(figures['recall@5']).toBeCloseTo(2 / 3);
  expect(figures['mrr@10']).toBeCloseTo((1 + 1 / 2) / 3);
  const second = (1 / Math.log2(3) + 1 / Math.log2(4)) / (1 + 1 / Math.log2(3));
  expect(figures['ndcg@10']).toBeCloseTo((1 + second) / 3);
});

it('measures refusals against what can be answered, and leaves out what nobody labelled', () => {
  const figures = figuresOf([
    aReaction({ answerable: false }, [], { answered: false, confidence: 0.1 }),
    aReaction({ answerable: false }, [], { answered: true, confidence: 0.6 }),
    aReaction({ answerable: true, gold: ['a'] }, ['a'], { answered: false, confidence: 0.3 }),
    aReaction({ answerable: true, gold: ['a'] }, ['a'], { answered: true, confidence: 0.9 }),
    aReaction({ answerable: null }, [], { answered: false, confidence: 0 }),
  ]);
  expect(figures).toMatchObject({
    answeredUnanswerable: 0.5,
    refusedAnswerable: 0.5,
    abstentionPrecision: 0.5,
    abstentionRecall: 0.5,
    auroc: 0.75,
  });
});

it('finds answer strings in the first three passages and in the answer', () => {
  const texts = ['one', 'two', 'the **Blue** whale', 'blue whale'];
  const reaction = aReaction({ answers: ['blue whale'], gold: ['a'] }, ['a', 'b', 'c', 'd']);
  reaction.answer.results.forEach((result, index) => (result.text = texts[index]!));
  expect(figuresOf([reaction])).toMatchObject({ spanHit: 1, answerHit: 0 });
  expect(holdsAnswer('A\u00a0“Blue”\nwhale', ['"blue" whale'])).toBe(true);
  expect(holdsAnswer('A whale', ['blue'])).toBe(false);
});

it('has no figure where there is no question for it', () => {
  expect(figuresOf([])).toMatchObject({ 'recall@1': null, spanHit: null, auroc: null, refusedAnswerable: null });
});

function aReaction(
  question: Partial<EvalQuestion>,
  ids: string[],
  answer: { answered?: boolean; confidence?: number } = {},
): Reaction {
  return {
    question: { id: 'q', lang: 'en', question: '', answerable: true, gold: [], answers: [], history: [], ...question },
    answer: { results: ids.map((id) => ({ id, text: '' })), answered: true, answer: '', ...answer },
    ms: 1,
  };
}
