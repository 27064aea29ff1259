import { analyseText, splitSentences, type Span } from '@docent/language';
import type { ExtractPassage } from './extract-types';
import { matchType } from './match-type';
import type { ReadQuestion } from './read-question';

export interface ScoredSentence extends Span {
  passageIndex: number;
  /** Place among the passage's sentences. */
  index: number;
  score: number;
  /** Share of the question's weight in the sentence itself; with its neighbours; with title and headings as well. */
  own: number;
  near: number;
  whole: number;
  /** Whether it holds what is asked for, see {@link matchType}. */
  type: number;
}

/** What a word counts that stands beside the sentence, above it, or anywhere in its passage, against one inside it. */
const beside = 0.6;
const above = 0.6;
const elsewhere = 0.25;
const typeBonus = 0.15;
const passageBonus = 0.35;

/** Scores each sentence of a passage as an answer. */
export function scoreSentences(question: ReadQuestion, passage: ExtractPassage, passageIndex: number): ScoredSentence[] {
  const spans = splitSentences(passage.text);
  const found = spans.map(({ start, end }) => wordsIn(question, passage.text.slice(start, end), passage.language));
  const heading = wordsIn(question, `${passage.title}\n${passage.headings.join('\n')}`, passage.language);
  const anywhere = new Set(found.flatMap((words) => [...words]));
  return spans.map((span, index) => {
    const neighbours = new Set([...(found[index - 1] ?? []), ...(found[index + 1] ?? [])]);
    const sums = { own: 0, near: 0, whole: 0, score: 0 };
    question.words.forEach(({ weight }, word) => {
      const place = found[index]!.has(word) ? 1 : heading.has(word) ? above : neighbours.has(word) ? beside : anywhere.has(word) ? elsewhere : 0;
      sums.score += weight * place;
      if (place === 1) sums.own += weight;
      if (place === 1 || neighbours.has(word)) sums.near += weight;
      if (place > elsewhere) sums.whole += weight;
    });
    const text = passage.text.slice(span.start, span.end);
    const type = matchType(question.type, text, question.text);
    return { ...span, passageIndex, index, ...sums, type, score: sums.score + typeBonus * (type - 0.5) + passageBonus * passage.score };
  });
}

/** The question's words that a text holds, by their number. */
export function wordsIn(question: ReadQuestion, text: string, language: string | null): Set<number> {
  const found = new Set<number>();
  for (const term of analyseText(text, language)) {
    const word = question.wordOfTerm.get(term);
    if (word !== undefined) found.add(word);
  }
  return found;
}
