import { analyseQuestion, detectLanguage, eachTerm } from '@docent/language';
import type { FoundPassage } from './to-found-passage';

/** A word that stands in the passage again and again counts little more than one that stands there twice. */
const saturation = 1.5;

/**
 * Which words of the question a passage holds, by their share of what it scores for its words: the rarer the word in the bot's knowledge and
 * the more often in the passage, the more. `weigh` gives inverse document frequencies. Shares add up to 1, the greatest comes first.
 */
export async function explainWords(
  question: string,
  { title, headings, text, language }: Pick<FoundPassage, 'title' | 'headings' | 'text' | 'language'>,
  weigh: (terms: string[]) => Promise<number[]>,
): Promise<{ word: string; share: number }[]> {
  const counts = new Map<string, number>();
  eachTerm([title, ...headings, text].join('\n'), language, (term) => counts.set(term, (counts.get(term) ?? 0) + 1));
  const held = new Map<string, { term: string; count: number }>();
  for (const { form, terms } of analyseQuestion(question, detectLanguage(question) ?? language, language ? [language] : [])) {
    const term = terms.find((spelling) => counts.has(spelling));
    if (term) held.set(form, { term, count: counts.get(term)! });
  }
  const weights = await weigh(Array.from(held.values(), ({ term }) => term));
  const parts = [...held].map(([word, { count }], at) => ({ word, part: (weights[at]! * count) / (count + saturation) }));
  const sum = parts.reduce((total, { part }) => total + part, 0);
  return parts.map(({ word, part }) => ({ word, share: sum > 0 ? part / sum : 0 })).sort((left, right) => right.share - left.share);
}
