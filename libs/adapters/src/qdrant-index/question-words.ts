import { analyseQuestion, detectLanguage, inverseDocumentFrequency } from '@docent/language';
import type { IndexQuery } from '@docent/ports';
import { guessWord } from '../embedded-index/guess-word';
import { maxQueryLength, maxWords, mostGuesses } from '../embedded-index/query-words';
import type { BotWords } from './bot-vocabularies';
import { termNumber } from './weigh-terms';

/** A word of the question, by the numbers of the terms that it is found by. */
export interface QuestionWord {
  form: string;
  numbers: number[];
  /** 1 for a word of the question, less for one of the conversation before it. */
  weight: number;
  /** 1 for a word as it was asked; less for what an unknown word may have been meant for: it is found, but covers less. */
  trust: number;
}

/** In how many of the bot's passages each term stands, by number. */
export interface Frequencies {
  passages: number;
  of: ReadonlyMap<number, number>;
}

/** The question's words as the languages of the passages have them. */
export function questionWords(query: IndexQuery, language: string | null, languages: string[]): QuestionWord[] {
  const words = new Map<string, QuestionWord>();
  for (const { text, weight } of [{ text: query.text, weight: 1 }, ...(query.context ?? [])])
    for (const { form, terms } of analyseQuestion(text.slice(0, maxQueryLength), language, languages)) {
      if (words.size >= maxWords) break;
      if (!words.has(terms[0]!)) words.set(terms[0]!, { form, numbers: terms.map(termNumber), weight, trust: 1 });
    }
  return [...words.values()];
}

/** The language that a question is read in: its own, or the most frequent one of the passages. */
export function languageOf(query: IndexQuery, languages: string[]): string | null {
  return detectLanguage(query.text) ?? languages[0] ?? null;
}

export function isUnknown({ numbers }: QuestionWord, { of }: Frequencies): boolean {
  return numbers.every((number) => !of.get(number));
}

/** The words with what the unknown among them may have been meant for in their place. */
export function withGuesses(
  words: QuestionWord[],
  frequencies: Frequencies,
  language: string | null,
  vocabulary: BotWords,
  isWord: IndexQuery['isWord'],
): QuestionWord[] {
  let guesses = 0;
  return words.flatMap((word) => {
    if (!isUnknown(word, frequencies) || guesses++ >= mostGuesses) return [word];
    const meant = guessWord(word.form, language, { ...vocabulary, passages: frequencies.passages, isWord });
    if (meant.length === 0) return [word];
    return meant.map(({ words: forms, trust }) => ({
      ...word,
      numbers: [...new Set(forms.map((form) => termNumber(vocabulary.terms.words[vocabulary.forms.terms[form]!]!)))],
      trust,
    }));
  });
}

/** What each term of the question counts, by number. */
export function weightsOf(words: QuestionWord[]): Map<number, number> {
  return new Map(words.flatMap((word) => word.numbers.map((number) => [number, word.weight * word.trust] as const)));
}

/** Inverse document frequency of a term. */
export function rarity(number: number, { passages, of }: Frequencies): number {
  return inverseDocumentFrequency(passages, of.get(number) ?? 0);
}

/** Share of the question's weight whose words a passage with these terms holds. */
export function coverageOf(words: QuestionWord[], frequencies: Frequencies, terms: number[]): number {
  const held = new Set(terms);
  let sum = 0;
  let covered = 0;
  for (const { numbers, weight, trust } of words) {
    const strength = weight * Math.min(...numbers.map((number) => rarity(number, frequencies)));
    sum += strength;
    if (numbers.some((number) => held.has(number))) covered += strength * trust;
  }
  return sum ? covered / sum : 0;
}
