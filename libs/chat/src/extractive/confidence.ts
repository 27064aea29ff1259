import type { ExtractInput } from './extract-types';
import type { ReadQuestion } from './read-question';
import type { ScoredSentence } from './score-sentences';

/** Below this the answer is withheld. */
export const minimumConfidence = 0.172;

/** Evidence that the best sentence answers; every figure is about 0 to 1 and none depends on a language. */
export type Features = Record<(typeof featureNames)[number], number>;

export const featureNames = ['own', 'near', 'whole', 'rarest', 'passage', 'type', 'margin', 'unknown', 'short', 'strength'] as const;

export function featuresOf(question: ReadQuestion, input: ExtractInput, sentences: ScoredSentence[]): Features {
  const best = sentences[0]!;
  const rarest = question.words.reduce((most, word) => Math.max(most, word.weight), 0);
  const ofPassage = sentences.filter((sentence) => sentence.passageIndex === best.passageIndex);
  const passage = Math.max(...ofPassage.map((sentence) => sentence.whole));
  const other = sentences.find((sentence) => sentence.passageIndex !== best.passageIndex);
  const highest = Math.max(...input.weights.values(), 1);
  return {
    own: best.own,
    near: best.near,
    whole: best.whole,
    rarest: Math.min(1, (1 - best.whole) / Math.max(rarest, 0.01)),
    passage,
    type: best.type,
    margin: other ? 1 - other.score / best.score : 1,
    unknown: question.words.filter((word) => Math.min(...word.terms.map((term) => input.weights.get(term) ?? 1)) >= highest * 0.999).length / question.words.length,
    short: 1 / question.words.length,
    strength: Math.min(1, (input.passages[best.passageIndex]!.lexicalScore || 0) / (highest * 10)),
  };
}

/** Fitted by logistic regression on the development sets (`tools/eval/fit-confidence.ts`), each set with the same weight. */
const bias = -4.662;
const coefficients: Features = { own: 0.989, near: 1.738, whole: 1.576, rarest: 1.068, passage: 0.924, type: -0.133, margin: 0.799, unknown: -0.662, short: -1.212, strength: 4.091 };

export function confidenceOf(features: Features): number {
  const sum = featureNames.reduce((total, name) => total + coefficients[name] * features[name], bias);
  return 1 / (1 + Math.exp(-sum));
}
