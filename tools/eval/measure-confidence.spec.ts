import { expect, it } from 'vitest';
import { auroc } from './auroc';
import type { EvalQuestion } from './eval-set';
import { measureConfidence, meanConfidence } from './measure-confidence';
import type { Reaction } from './reaction';

function aReaction(answerable: boolean | null, confidence: number, cited: string, answered = true): Reaction {
  const question: EvalQuestion = { id: 'q', lang: 'en', question: '', answerable, gold: ['a'], answers: [], history: [] };
  return {
    question,
    answer: { results: [], answered, confidence, answer: '', cited: answered ? [{ id: cited, quote: '' }] : [] },
    ms: 1,
  };
}

const reactions = [
  aReaction(true, 0.9, 'a'),
  aReaction(true, 0.6, 'b'),
  aReaction(true, 0.2, 'a', false),
  aReaction(false, 0.8, 'a'),
  aReaction(false, 0.1, 'a', false),
  aReaction(null, 0.9, 'a'),
];

it('counts what is answered, right and wrong from each confidence on', () => {
  const at = (threshold: number) => measureConfidence(reactions)!.curve.find((point) => point.threshold === threshold)!;
  expect(at(0)).toMatchObject({ answered: 2 / 3, right: 1 / 3 });
  expect(at(0).wrong).toBeCloseTo(2 / 3);
  expect(at(0.7)).toMatchObject({ answered: 1 / 3, right: 1 / 3, wrong: 0.5 });
  expect(at(0.9)).toMatchObject({ wrong: 0 });
});

it('compares what tenths of confidence claim with what is right', () => {
  expect(measureConfidence(reactions)!.calibration).toEqual([
    { from: 0.6, answers: 1, claimed: 0.6, right: 0 },
    { from: 0.8, answers: 1, claimed: 0.8, right: 0 },
    { from: 0.9, answers: 1, claimed: 0.9, right: 1 },
  ]);
});

it('says nothing where a set has one kind of question only, and averages those that have both', () => {
  expect(measureConfidence(reactions.slice(0, 3))).toBeNull();
  const figures = measureConfidence(reactions)!;
  expect(meanConfidence([figures, figures])!.curve).toEqual(figures.curve);
  expect(meanConfidence([])).toBeNull();
});

it('has the chance that the lower is below the higher', () => {
  expect(auroc([0.1, 0.5], [0.5, 0.9])).toBeCloseTo(0.875);
  expect(auroc([], [1])).toBeNull();
});
