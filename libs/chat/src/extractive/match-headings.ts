import { analyseQuestion } from '@docent/language';
import type { ExtractInput, ExtractPassage } from './extract-types';
import type { QuestionMeaning } from './question-meaning';
import { questionType, type QuestionType } from './question-type';
import type { ReadQuestion } from './read-question';

/** A word of the question that is no nearer than this to any word of the heading is not in it. */
const nearEnough = 0.3;
/** A heading that is less near than this as a whole asks something else, whatever words it has: no more is looked at. */
const leastLikeness = 0.1;
/** What a heading is worth that asks for another kind of thing. */
const otherKindShare = 0.8;

/** From here on a heading asks the question, and what stands below it is the answer. */
export const headingAsks = 0.24;

/**
 * How much each passage's own heading asks what the question asks, 0 to 1: how alike the two are as a whole, times the share of the question's
 * weight that the heading says, a word that it lacks by its nearest one. Both must hold: "How do I invite a colleague?" is near to "How do I
 * invite a bot to my server?", and says a third of it. 0 where there is no heading below the title.
 */
export async function matchHeadings(question: ReadQuestion, { meaning, passages }: ExtractInput): Promise<number[]> {
  const headings = passages.map(headingOf);
  const said = headings.map((heading, at) => (heading ? wordsOf(heading, passages[at]!.language) : []));
  if (said.every((words) => words.length === 0)) return said.map(() => 0);
  if (!meaning) return said.map((words, at) => alikeByWords(question, words, passages[at]!.language));
  const likeness = await meaning.likeness(headings.map((heading) => ({ title: '', text: heading ?? '' })));
  return Promise.all(
    said.map(async (words, at) => {
      if (words.length === 0 || likeness[at]! < leastLikeness) return 0;
      const match = likeness[at]! * (await shareSaid(question, meaning, words, passages[at]!.language));
      return match * (asksForAnother(question.type, questionType(headings[at]!)) ? otherKindShare : 1);
    }),
  );
}

/** Share of the question's weight that the heading says. */
async function shareSaid(
  question: ReadQuestion,
  meaning: QuestionMeaning,
  words: { form: string; terms: string[] }[],
  language: string | null,
): Promise<number> {
  const there = new Set(words.flatMap(({ terms }) => terms).map((term) => question.wordOfTerm(term, language)));
  const missing = question.words.filter((_, word) => !there.has(word));
  const near = await meaning.nearest(
    missing.map(({ form }) => form),
    words.map(({ form }) => form),
  );
  return 1 - missing.reduce((sum, { weight }, word) => sum + weight * (1 - worthOf(near[word]!)), 0);
}

/** Why something does not work is not how to do it. */
function asksForAnother(asked: QuestionType, heading: QuestionType): boolean {
  return asked !== heading && asked !== 'other' && heading !== 'other' && asked !== 'definition' && heading !== 'definition';
}

function worthOf(near: number): number {
  return near < nearEnough ? 0 : near ** 2;
}

/** The innermost heading; the title once more says something of these words only where it asks. */
export function headingOf({ headings, title }: ExtractPassage): string | null {
  const heading = headings.at(-1);
  return heading && (heading !== title || asksSomething(heading)) ? heading : null;
}

export function asksSomething(heading: string): boolean {
  return /[?？؟]\s*$/u.test(heading);
}

function wordsOf(heading: string, language: string | null): { form: string; terms: string[] }[] {
  return analyseQuestion(heading, language, []);
}

function alikeByWords(question: ReadQuestion, words: { terms: string[] }[], language: string | null): number {
  if (words.length === 0) return 0;
  const shared = new Set(words.flatMap(({ terms }) => terms).map((term) => question.wordOfTerm(term, language)));
  shared.delete(undefined);
  const asked = [...shared].reduce<number>((sum, word) => sum + question.words[word!]!.weight, 0);
  return Math.min(asked, (asked + shared.size / words.length) / 2);
}
