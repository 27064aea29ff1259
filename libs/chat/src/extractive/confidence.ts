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
  words: { bias: -4.43, coefficients: { density: 3.35, evidence: 5.24, missingName: -0.71, negation: -0.87, wrongType: -1.07 } },
  both: {
    bias: -4.59,
    coefficients: {
      density: 2.88,
      covered: 0.43,
      evidence: 4.55,
      margin: 0.39,
      agreement: 0.64,
      missingName: -0.54,
      negation: -1,
      wrongType: -0.94,
    },
  },
  foreign: { bias: -4.06, coefficients: { covered: 3.72, evidence: 5.25, margin: 0.87, agreement: 1.05 } },
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
