import { analyseQuestion, analyseText, baseLanguage, detectLanguage, type QuestionWord as AnalysedWord } from '@docent/language';
import type { ExtractInput } from './extract-types';
import { frameWords } from './question-frame';
import { questionType, type QuestionType } from './question-type';

export interface QuestionWord {
  /** The word as the visitor wrote it, in lower case. */
  form: string;
  /** The forms under which passages may hold the word. */
  terms: string[];
  /** The whole of which it is a part, written as one word. */
  joined?: string;
  /** Other words of the same meaning in the languages of the passages. */
  elsewhere?: { term: string; language: string }[];
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
  /** Number of the word that a text of this language (null: not known) holds under a term. */
  wordOfTerm(term: string, language: string | null): number | undefined;
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

/** What stands in brackets at the end, such as what a question leans on that was said before, counts less than the question itself. */
const aside = /\s*\([^()]*\)\s*$/u;
const asideShare = 0.5;
/** So do words that only say what kind of thing is asked for. */
const frameShare = 0.5;

/** Brings question and weights together. A word that stands nowhere in the knowledge weighs as much as the rarest one. */
export function readQuestion({ question, language, passages, weights }: ExtractInput): ReadQuestion {
  const words = new Map<string, QuestionWord>();
  const highest = weights.get(nowhere) || 1;
  const languages = passages.map((passage) => passage.language);
  const withoutAside = question.replace(aside, '');
  const own = withoutAside === question ? Infinity : new Set(analyse(withoutAside, languages).map(({ terms }) => terms[0])).size;
  const frame = frameWords(question);
  for (const { form, joined, terms, elsewhere } of analyse(question, languages)) {
    const known = words.get(terms[0]!);
    if (known) continue;
    const share = (words.size < own ? 1 : asideShare) * (frame.has(form) ? frameShare : 1);
    const weight = share * Math.min(...terms.map((term) => weights.get(term) ?? highest));
    words.set(terms[0]!, { form, joined, terms, elsewhere, weight, rarity: weight / highest });
  }
  const list = [...words.values()];
  const weightSum = list.reduce((total, word) => total + word.weight, 0) || 1;
  for (const word of list) word.weight /= weightSum;
  return {
    text: question,
    language: baseLanguage(language),
    type: questionType(question),
    words: list,
    wordOfTerm: termsByLanguage(list),
    weightSum,
  };
}

/**
 * A word has the stem that the text's language gives it: in an English text "guardan" (Spanish: they keep) is not "guarded", though both have
 * the stem "guard" in their own languages.
 */
function termsByLanguage(words: QuestionWord[]): ReadQuestion['wordOfTerm'] {
  const known = new Map<string | null, Map<string, number>>();
  const termsOf = (language: string | null): Map<string, number> => {
    const entries = words.flatMap(({ form, joined, terms, elsewhere }, at) =>
      (language === null ? terms : [...termsIn(language, form, joined), ...abroad(elsewhere, language)]).map(
        (term) => [term, at] as const,
      ),
    );
    const terms = new Map(entries);
    known.set(language, terms);
    return terms;
  };
  return (term, language) => {
    const base = baseLanguage(language);
    return (known.get(base) ?? termsOf(base)).get(term);
  };
}

function abroad(elsewhere: QuestionWord['elsewhere'] = [], language: string): string[] {
  return elsewhere.filter((other) => other.language === language).map(({ term }) => term);
}

function termsIn(language: string, form: string, joined: string | undefined): string[] {
  const own = analyseText(form, language)[0] ?? form;
  return joined ? [own, ...analyseText(joined, language)] : [own];
}

/** The same question is looked at from several sides in a row. */
let lastAnalysed: { key: string; words: AnalysedWord[] } = { key: '', words: [] };

function analyse(question: string, passageLanguages: (string | null)[]): AnalysedWord[] {
  const key = [question, ...passageLanguages].join('\0');
  if (lastAnalysed.key !== key) lastAnalysed = { key, words: analyseAnew(question, passageLanguages) };
  return lastAnalysed.words;
}

/** A longer question is an attack or a document: what it costs grows with every word that is looked for in every passage. */
const mostWords = 200;

function analyseAnew(question: string, passageLanguages: (string | null)[]): AnalysedWord[] {
  const known = [...new Set(passageLanguages.filter((language) => language !== null))];
  return analyseQuestion(question, detectLanguage(question) ?? known[0] ?? null, known).slice(0, mostWords);
}
