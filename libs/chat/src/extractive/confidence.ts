import { analyseText } from '@docent/language';
import type { ExtractInput } from './extract-types';
import type { ReadQuestion } from './read-question';
import { Place, type ScoredSentence } from './score-sentences';

/** Below this the answer is withheld. */
export const minimumConfidence = 0.207;

export const featureNames = [
  'inside',
  'near',
  'evidence',
  'rarestFound',
  'missing',
  'unknown',
  'missingName',
  'phrase',
  'single',
  'twoWords',
  'strength',
  'lexical',
  'density',
] as const;

/** Evidence that the best sentence answers. Every figure is 0 to 1, and none depends on a language or on the size of the knowledge. */
export type Features = Record<(typeof featureNames)[number], number>;

/** `sentences`: best first, at least one. */
export function featuresOf(question: ReadQuestion, input: ExtractInput, sentences: ScoredSentence[]): Features {
  const { words, highestWeight } = question;
  const best = sentences[0]!;
  const found = words.filter((_, index) => best.places[index]! >= Place.Beside);
  const missing = words.filter((_, index) => best.places[index] === Place.Nowhere);
  const lexical = input.passages[best.passageIndex]!.lexicalScore / highestWeight;
  return {
    inside: sumOf(words, (word, index) => (best.places[index] === Place.Inside ? word.weight : 0)),
    near: sumOf(found, (word) => word.weight),
    evidence: saturate(sumOf(found, (word) => word.rarity)),
    rarestFound: Math.max(0, ...found.map((word) => word.rarity)),
    missing: Math.max(0, ...missing.map((word) => word.rarity)),
    unknown: words.filter((word) => word.rarity > 0.999).length / words.length,
    missingName: missingNames(question, best),
    phrase: phraseShare(question, input, best),
    single: words.length === 1 ? 1 : 0,
    twoWords: found.length >= 2 ? 1 : 0,
    strength: saturate(lexical / 2),
    lexical: Math.min(1, Math.log1p(lexical) / 3),
    density: saturate((2 * input.passages[0]!.lexicalScore) / highestWeight / sumOf(words, (word) => word.rarity)),
  };
}

/** Fitted by logistic regression on the development sets (`tools/eval/fit-confidence.ts`), each set with the same weight. */
const bias = -7.57;
const coefficients: Features = {
  inside: 2.224,
  near: 0.053,
  evidence: 1.267,
  rarestFound: 0.725,
  missing: 0.719,
  unknown: -0.932,
  missingName: -0.818,
  phrase: 0.086,
  single: 0.163,
  twoWords: 0.484,
  strength: 3.025,
  lexical: 2.096,
  density: 3.413,
};

export function confidenceOf(features: Features): number {
  const sum = featureNames.reduce((total, name) => total + coefficients[name] * features[name], bias);
  return 1 / (1 + Math.exp(-sum));
}

function sumOf<T>(list: T[], value: (item: T, index: number) => number): number {
  return list.reduce((sum, item, index) => sum + value(item, index), 0);
}

/** The first ones say most: 1 gives .39, 2 give .63, 4 give .86. */
function saturate(count: number): number {
  return 1 - Math.exp(-count / 2);
}

/** Share of the names and numbers of the question that the passage does not hold. */
function missingNames(question: ReadQuestion, best: ScoredSentence): number {
  const names = new Set(
    analyseText(
      (question.text.slice(1).match(/(?<=[\s"'(«“])\p{Lu}[\p{L}\p{M}\p{N}'’-]*|[\p{L}-]*\p{N}[\p{L}\p{N}.,-]*/gu) ?? []).join(
        ' ',
      ),
    ),
  );
  const named = question.words
    .map((word, index) => ({ word, index }))
    .filter(({ word }) => word.terms.some((term) => names.has(term)));
  return named.length ? named.filter(({ index }) => best.places[index] === Place.Nowhere).length / named.length : 0;
}

/** Share of neighbouring words of the question that stand close together in the sentence as well. */
function phraseShare(question: ReadQuestion, input: ExtractInput, best: ScoredSentence): number {
  const passage = input.passages[best.passageIndex]!;
  const positions = new Map<number, number[]>();
  analyseText(passage.text.slice(best.start, best.end), passage.language).forEach((term, at) => {
    const word = question.wordOfTerm.get(term);
    if (word !== undefined) positions.set(word, [...(positions.get(word) ?? []), at]);
  });
  let together = 0;
  let all = 0;
  for (let word = 0; word + 1 < question.words.length; word++) {
    const weight = Math.min(question.words[word]!.weight, question.words[word + 1]!.weight);
    all += weight;
    const close = positions.get(word)?.some((at) => positions.get(word + 1)?.some((next) => Math.abs(next - at) <= 3));
    if (close) together += weight;
  }
  return all ? together / all : 0;
}
