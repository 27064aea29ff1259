import type { ExtractInput } from './extract-types';
import { featureNames, featuresOf, type Features } from './features';
import type { ReadQuestion } from './read-question';
import { isForeign, type ScoredSentence } from './score-sentences';

/** Below this the answer is withheld. */
export const minimumConfidence = 0.3;

/** By what an answer is judged: words alone, words and meaning, or, across two languages, meaning more than words. */
export type Judgement = 'words' | 'both' | 'foreign';

interface Model {
  bias: number;
  coefficients: Partial<Features>;
}

/** Logistic regressions, fitted on the development sets (`tools/eval/fit-confidence.ts`), each set with the same weight. */
const models: Record<Judgement, Model> = {
  words: { bias: -3.78, coefficients: { density: 4.38, phrase: 1.58, missingName: -0.29, wrongType: -0.76 } },
  both: { bias: -4.9, coefficients: { density: 2.1, covered: 3.05, margin: 6.3, missingName: -0.25 } },
  foreign: { bias: -5.35, coefficients: { covered: 7.7, density: 2.66, missingName: -0.3, agreement: 0.71 } },
};

/** How surely the sentence answers, 0 to 1: of answers with .7, seven of ten are right. */
export async function judge(question: ReadQuestion, input: ExtractInput, best: ScoredSentence): Promise<number> {
  return confidenceOf(judgementOf(question, input, best), await featuresOf(question, input, best));
}

export function judgementOf(question: ReadQuestion, { meaning, passages }: ExtractInput, best: ScoredSentence): Judgement {
  if (!meaning) return 'words';
  return isForeign(question, passages[best.passageIndex]!) ? 'foreign' : 'both';
}

function confidenceOf(judgement: Judgement, features: Features): number {
  const { bias, coefficients } = models[judgement];
  const sum = featureNames.reduce((total, name) => total + (coefficients[name] ?? 0) * features[name], bias);
  return 1 / (1 + Math.exp(-sum));
}
