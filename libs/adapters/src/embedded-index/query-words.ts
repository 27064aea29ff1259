import { analyseQuestion, inverseDocumentFrequency, type QuestionWord } from '@docent/language';
import { guessWord, type Guess } from './guess-word';
import type { FormTable, TermTable } from './term-table';

/** A word of the question: the terms under which the index holds it, and what it counts. */
export interface QueryWord {
  terms: number[];
  /** The word as it is written, if it is written so anywhere. */
  form: number | undefined;
  /** Two characters of a script without spaces: it overlaps its neighbour, so that they stand close says nothing new. */
  isPair: boolean;
  /** Inverse document frequency; an unknown word has the highest there is. */
  idf: number;
  /** 1 for a word of the question, less for one of the conversation before it. */
  weight: number;
  /** 1 for a word as it was asked; less for what an unknown word may have been meant for: it is found, but covers less. */
  trust: number;
}

/** Questions are short; what goes beyond is pasted text, of which the rarest words are enough. */
export const maxWords = 48;
export const maxQueryLength = 20_000;
/** Looking for what unknown words were meant for costs a walk through the vocabulary each. */
export const mostGuesses = 8;

export interface WeightedText {
  text: string;
  weight: number;
}

/** What the words of a question are looked up in. */
export interface Vocabulary {
  terms: TermTable;
  forms: FormTable;
  /** Living passages. */
  passages: number;
  /** Whether a word is one of some language, even if no passage holds it. */
  isWord?: ((word: string) => boolean) | undefined;
}

/** The question's words in order. A repeated word counts once, with its higher weight. */
export function queryWords(
  texts: WeightedText[],
  language: string | null,
  others: string[],
  vocabulary: Vocabulary,
): QueryWord[] {
  const words = new Map<string, QueryWord[]>();
  let guesses = 0;
  for (const { text, weight } of texts) {
    for (const word of analyseQuestion(text.slice(0, maxQueryLength), language, others)) {
      const key = word.terms[0]!;
      const known = words.get(key);
      if (known) for (const one of known) one.weight = Math.max(one.weight, weight);
      else {
        const asked = toQueryWord(word, weight, vocabulary);
        const meant = asked.terms.length === 0 && guesses++ < mostGuesses ? guessWord(word.form, language, vocabulary) : [];
        words.set(key, meant.length ? meant.map((guess) => toGuessedWord(guess, weight, vocabulary)) : [asked]);
      }
    }
  }
  const list = [...words.values()].flat();
  if (list.length <= maxWords) return list;
  const kept = new Set([...list].sort((left, right) => strength(right) - strength(left)).slice(0, maxWords));
  return list.filter((word) => kept.has(word));
}

function toQueryWord(
  { form, terms: spellings }: QuestionWord,
  weight: number,
  { terms, forms, passages }: Vocabulary,
): QueryWord {
  const known = spellings
    .map((spelling) => terms.find(spelling))
    .filter((term) => term !== undefined && terms.frequency(term) > 0) as number[];
  return {
    terms: known,
    form: forms.find(form),
    isPair: form.length <= 2 && form.charCodeAt(0) >= 0x0e00,
    idf: rarity(known, terms, passages),
    weight,
    trust: 1,
  };
}

function toGuessedWord({ words, trust }: Guess, weight: number, { terms, forms, passages }: Vocabulary): QueryWord {
  const meant = [...new Set(words.map((form) => forms.terms[form]!))];
  return { terms: meant, form: words[0], isPair: false, idf: rarity(meant, terms, passages), weight, trust };
}

function rarity(known: number[], terms: TermTable, passages: number): number {
  return inverseDocumentFrequency(
    passages,
    known.reduce((most, term) => Math.max(most, terms.frequency(term)), 0),
  );
}

function strength(word: QueryWord): number {
  return word.terms.length ? word.idf * word.weight * word.trust : -1;
}
