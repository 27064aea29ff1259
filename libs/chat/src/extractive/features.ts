import { analyseText } from '@docent/language';
import type { ExtractInput, ExtractPassage } from './extract-types';
import { matchType } from './match-type';
import { lacksNegation } from './negation';
import type { QuestionWord, ReadQuestion } from './read-question';
import { Place, type ScoredSentence } from './score-sentences';

/** Evidence that a sentence answers. Every figure is 0 to 1, and none depends on the size of the knowledge. */
export interface Features {
  /** How much of what the question's words could score the first passage scores. */
  density: number;
  /** Share of the question's weight that the passage holds; a word that it lacks counts as its nearest word there is near. */
  covered: number;
  /** How many rare words of the question stand by the sentence, a word that is missing as the square of how near another comes; the first ones say most. */
  evidence: number;
  /** How far the nearest passage stands out among those found, by meaning. */
  margin: number;
  /** One over the passage's place by meaning: 1 where both sides agree on it. */
  agreement: number;
  /** Share of the question's names and numbers that the passage lacks. */
  missingName: number;
  /** Share of the question's names and numbers that stand nowhere in the whole knowledge: it is about something else. */
  unknownName: number;
  /** Share of the question's weight that stands in the sentence itself. */
  inside: number;
  /** The question asks for what is not so, and the sentence denies nothing. */
  negation: number;
  /** The question asks for a number or a time, and the sentence brings none. */
  wrongType: number;
}

export const featureNames = [
  'density',
  'covered',
  'evidence',
  'margin',
  'agreement',
  'missingName',
  'unknownName',
  'inside',
  'negation',
  'wrongType',
] as const;

/** The evidence for the best sentence. */
export async function featuresOf(question: ReadQuestion, input: ExtractInput, best: ScoredSentence): Promise<Features> {
  const passage = input.passages[best.passageIndex]!;
  const text = passage.text.slice(best.start, best.end);
  const isMeasured = question.type === 'number' || question.type === 'time';
  const mayDeny = question.type !== 'steps' && question.type !== 'reason';
  const near = await nearness(question, input, passage, best);
  const rareWords = sumOf(question.words, ({ rarity }, at) => rarity * (best.places[at]! >= Place.Beside ? 1 : near[at]! ** 2));
  return {
    density: density(question, input),
    covered: sumOf(question.words, ({ weight }, at) => weight * near[at]!),
    evidence: 1 - Math.exp(-rareWords / 2),
    ...standing(input.passages, best.passageIndex),
    ...namesOf(question, best),
    inside: sumOf(question.words, ({ weight }, at) => (best.places[at] === Place.Inside ? weight : 0)),
    negation: Number(mayDeny && lacksNegation(question.text, text)),
    wrongType: Number(isMeasured && matchType(question.type, text, question.text) === 0),
  };
}

/** The first ones say most: half of the highest score there could be gives .63. */
function density({ weightSum }: ReadQuestion, { passages }: ExtractInput): number {
  return 1 - Math.exp(-passages[0]!.lexicalScore / weightSum);
}

/** With fewer passages found, the missing ones are as far away as can be. */
const leastOthers = 9;

function standing(passages: ExtractPassage[], chosen: number): Pick<Features, 'margin' | 'agreement'> {
  const scores = passages.map(({ vectorScore }) => Math.max(0, vectorScore ?? 0));
  const top = Math.max(...scores);
  const others = (sumOf(scores, (score) => score) - top) / Math.max(leastOthers, scores.length - 1);
  return { margin: top - others, agreement: 1 / (1 + scores.filter((score) => score > scores[chosen]!).length) };
}

/** For each word of the question how near the nearest word of the passage is: 1 where it stands there. */
async function nearness(
  question: ReadQuestion,
  { meaning }: ExtractInput,
  passage: ExtractPassage,
  best: ScoredSentence,
): Promise<number[]> {
  const missing = question.words.filter((_, at) => best.places[at] === Place.Nowhere);
  if (!meaning || missing.length === 0) return best.places.map((place) => Number(place !== Place.Nowhere));
  const text = [passage.title, ...passage.headings, passage.text].join('\n');
  const nearest = await meaning.nearestInText(
    missing.map(({ form }) => form),
    text,
  );
  const found = new Map(missing.map((word, at) => [word, Math.min(1, nearest[at]!)]));
  return question.words.map((word) => found.get(word) ?? 1);
}

/** Capitals in the middle of a sentence, numbers and codes. */
const namePattern = /(?<=[\s"'(«“])\p{Lu}[\p{L}\p{M}\p{N}'’-]*|[\p{L}-]*\p{N}[\p{L}\p{N}.,-]*/gu;

/** Nearly the highest rarity: the word stands in no text. */
const nowhere = 0.999;

function namesOf(question: ReadQuestion, best: ScoredSentence): Pick<Features, 'missingName' | 'unknownName'> {
  const names = new Set(analyseText((question.text.slice(1).match(namePattern) ?? []).join(' ')));
  const named = question.words.map((word, at) => ({ word, at })).filter(({ word }) => word.terms.some((term) => names.has(term)));
  const shareOf = (is: (named: { word: QuestionWord; at: number }) => boolean) =>
    named.filter(is).length / Math.max(1, named.length);
  return {
    missingName: shareOf(({ at }) => best.places[at] === Place.Nowhere),
    unknownName: shareOf(({ word }) => word.rarity >= nowhere),
  };
}

function sumOf<T>(list: T[], value: (item: T, at: number) => number): number {
  return list.reduce((sum, item, at) => sum + value(item, at), 0);
}
