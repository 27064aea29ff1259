import { analyseQuestion, baseLanguage, detectLanguage } from '@docent/language';
import type { ExtractInput } from './extract-types';
import { questionType, type QuestionType } from './question-type';

export interface QuestionWord {
  /** The word as the visitor wrote it, in lower case. */
  form: string;
  /** The forms under which passages may hold the word. */
  terms: string[];
  /** How rare it is in this knowledge: 0 to 1, where 1 is a word that stands nowhere. */
  rarity: number;
  /** Share of the question's whole weight; all words together make 1. */
  weight: number;
}

export interface ReadQuestion {
  text: string;
  /** BCP 47; null where it could not be told. */
  language: string | null;
  type: QuestionType;
  words: QuestionWord[];
  wordOfTerm: ReadonlyMap<string, number>;
  /** Sum of the words' inverse document frequencies in this knowledge. */
  weightSum: number;
}

/** No text holds this term: its weight is the highest there is. */
const nowhere = '';

/** The terms whose weights {@link readQuestion} wants to know. */
export function questionTerms(question: string, passageLanguages: (string | null)[]): string[] {
  return [...new Set([nowhere, ...analyse(question, passageLanguages).flatMap(({ terms }) => terms)])];
}

/** The question's words, as they are written in lower case, that stand nowhere in the knowledge. */
export function unknownWords(
  question: string,
  passageLanguages: (string | null)[],
  weights: ReadonlyMap<string, number>,
): string[] {
  const highest = weights.get(nowhere) ?? 0;
  return analyse(question, passageLanguages)
    .filter(({ terms }) => terms.every((term) => (weights.get(term) ?? highest) >= highest))
    .map(({ form }) => form);
}

/** Brings question and weights together. A word that stands nowhere in the knowledge weighs as much as the rarest one. */
export function readQuestion({ question, language, passages, weights }: ExtractInput): ReadQuestion {
  const words = new Map<string, QuestionWord>();
  const highest = weights.get(nowhere) || 1;
  for (const { form, terms } of analyse(
    question,
    passages.map((passage) => passage.language),
  )) {
    const weight = Math.min(...terms.map((term) => weights.get(term) ?? highest));
    words.set(terms[0]!, { form, terms, weight, rarity: weight / highest });
  }
  const list = [...words.values()];
  const weightSum = list.reduce((total, word) => total + word.weight, 0) || 1;
  for (const word of list) word.weight /= weightSum;
  const wordOfTerm = new Map(list.flatMap((word, index) => word.terms.map((term) => [term, index] as const)));
  return { text: question, language: baseLanguage(language), type: questionType(question), words: list, wordOfTerm, weightSum };
}

function analyse(question: string, passageLanguages: (string | null)[]): { form: string; terms: string[] }[] {
  const known = [...new Set(passageLanguages.filter((language) => language !== null))];
  return analyseQuestion(question, detectLanguage(question) ?? known[0] ?? null, known);
}
