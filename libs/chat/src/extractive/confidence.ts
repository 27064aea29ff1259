import type { ExtractInput } from './extract-types';
import { featureNames, featuresOf, type Features } from './features';
import { asksSomething, headingAsks } from './match-headings';
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
  words: {
    bias: -4.49,
    coefficients: {
      density: 2.47,
      evidence: 4.57,
      missingName: -0.29,
      unknownName: -0.44,
      inside: 1.29,
      negation: -1.1,
      wrongType: -1.03,
    },
  },
  both: {
    bias: -4.98,
    coefficients: {
      density: 2.61,
      evidence: 4.27,
      margin: 1.87,
      agreement: 0.49,
      missingName: -0.15,
      unknownName: -0.78,
      inside: 1.2,
      negation: -1.93,
      wrongType: -1.05,
    },
  },
  foreign: { bias: -4.56, coefficients: { covered: 3.49, evidence: 6.18, agreement: 0.12 } },
};

/** How surely the sentence answers, 0 to 1: of answers with .7, seven of ten are right. `headingMatch`: of its passage. */
export async function judge(
  question: ReadQuestion,
  input: ExtractInput,
  best: ScoredSentence,
  headingMatch: number,
): Promise<number> {
  const judgement = judgementOf(question, input, best);
  const confidence = confidenceOf(judgement, await featuresOf(question, input, best));
  return judgement === 'words' ? confidence : Math.max(confidence, await sureByHeading(judgement, input, best, headingMatch));
}

/**
 * Across two languages few words stand in both, but a heading that says the same is hardly there by chance: on held-out pages .46 of the
 * answers below headings at .4 to .5 were right, .73 at .5 to .6, .88 above. In one language only headings that ask count, by how much of the
 * question they say ({@link matchHeadings}).
 */
const foreignHeading = { floor: 0.35, less: 0.4 };
const surest = 0.85;

async function sureByHeading(
  judgement: 'both' | 'foreign',
  { meaning, passages }: ExtractInput,
  best: ScoredSentence,
  headingMatch: number,
): Promise<number> {
  const { headings, title } = passages[best.passageIndex]!;
  const heading = headings.at(-1) ?? title;
  const byMatch = headingMatch >= headingAsks && asksSomething(heading) ? headingMatch + 0.1 : 0;
  if (judgement === 'both') return Math.min(surest, byMatch);
  const [likeness = 0] = (await meaning?.likeness([{ title: '', text: heading }])) ?? [];
  const byLikeness = likeness < foreignHeading.floor ? 0 : 2 * likeness - foreignHeading.less;
  return Math.min(surest, Math.max(byMatch, byLikeness));
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
