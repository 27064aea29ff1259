import { analyseQuestion, inverseDocumentFrequency } from '@docent/language';
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
}

/** Questions are short; what goes beyond is pasted text, of which the rarest words are enough. */
const maxWords = 48;
const maxQueryLength = 20_000;

export interface WeightedText {
  text: string;
  weight: number;
}

/** The question's words in order. A repeated word counts once, with its higher weight. */
export function queryWords(
  texts: WeightedText[],
  language: string | null,
  others: string[],
  terms: TermTable,
  forms: FormTable,
  passages: number,
): QueryWord[] {
  const words = new Map<string, QueryWord>();
  for (const { text, weight } of texts) {
    for (const { form, terms: spellings } of analyseQuestion(text.slice(0, maxQueryLength), language, others)) {
      const key = spellings[0]!;
      const known = words.get(key);
      if (known) known.weight = Math.max(known.weight, weight);
      else
        words.set(key, {
          ...toQueryWord(spellings, weight, terms, passages),
          form: forms.find(form),
          isPair: form.length <= 2 && form.charCodeAt(0) >= 0x0e00,
        });
    }
  }
  const list = [...words.values()];
  if (list.length <= maxWords) return list;
  const kept = new Set([...list].sort((left, right) => strength(right) - strength(left)).slice(0, maxWords));
  return list.filter((word) => kept.has(word));
}

function toQueryWord(
  spellings: string[],
  weight: number,
  terms: TermTable,
  passages: number,
): Omit<QueryWord, 'form' | 'isPair'> {
  const known = spellings
    .map((spelling) => terms.find(spelling))
    .filter((term) => term !== undefined && terms.frequency(term) > 0) as number[];
  const frequency = known.reduce((most, term) => Math.max(most, terms.frequency(term)), 0);
  return { terms: known, idf: inverseDocumentFrequency(passages, frequency), weight };
}

function strength(word: QueryWord): number {
  return word.terms.length ? word.idf * word.weight : -1;
}
