import { analyseText, baseLanguage, splitSentences, type Span } from '@docent/language';
import type { ExtractPassage } from './extract-types';
import { matchType } from './match-type';
import type { QuestionMeaning } from './question-meaning';
import type { ReadQuestion } from './read-question';

/** Where a word of the question stands, seen from a sentence. */
export const enum Place {
  Nowhere = 0,
  InPassage = 1,
  Beside = 2,
  Above = 3,
  Inside = 4,
}

export interface ScoredSentence extends Span {
  passageIndex: number;
  score: number;
  /** One for each word of the question. */
  places: Place[];
  /** Whether it holds what is asked for, see {@link matchType}. */
  type: number;
  /** Cosine of the question with the sentence below its title and headings; null without an embedder. */
  likeness: number | null;
}

/** What a word counts by its place: nowhere, elsewhere in the passage, in a sentence beside it, in title or headings, inside. */
const placeShare = [0, 0.25, 0.7, 0.6, 1];
const typeBonus = 0.15;
const passageBonus = 1;
/** Below a heading that asks what the question asks stands the answer, and mostly it begins with it. */
const headingBonus = 1.5;
const firstSentenceBonus = 0.3;
/** What meaning counts beside words; more where question and passage are in two languages, because there words say little. */
const likenessBonus = 0.5;
const foreignLikenessBonus = 1.5;
/** What a word that the passage lacks counts where another of the sentence comes near to it; by the square of how near. */
const nearWordBonus = 0.8;

/** Sentences that are looked at by meaning: of the question's language those that are best by words, which would win in nearly every case. */
const mostByMeaning = 16;

/**
 * Adds how near sentences are to the question by meaning, to them and to their scores. `sentences` are best first by words; what is not looked
 * at is dropped.
 */
export async function withMeaning(
  question: ReadQuestion,
  meaning: QuestionMeaning,
  passages: ExtractPassage[],
  sentences: ScoredSentence[],
): Promise<ScoredSentence[]> {
  const foreign = (sentence: ScoredSentence): boolean => isForeign(question, passages[sentence.passageIndex]!);
  const read = sentences.filter((sentence, at) => at < mostByMeaning || foreign(sentence));
  const likeness = await meaning.likeness(
    read.map(({ passageIndex, start, end }) => {
      const { title, headings, text } = passages[passageIndex]!;
      return { title: [title, ...headings].join('\n'), text: text.slice(start, end) };
    }),
  );
  const near = await Promise.all(
    read.map((sentence) => nearWords(question, meaning, passages[sentence.passageIndex]!, sentence)),
  );
  return read.map((sentence, at) => {
    const bonus = foreign(sentence) ? foreignLikenessBonus : likenessBonus;
    return { ...sentence, likeness: likeness[at]!, score: sentence.score + bonus * likeness[at]! + nearWordBonus * near[at]! };
  });
}

/** Of the question's weight, what its words that the passage lacks are worth by the nearest word of the sentence. */
async function nearWords(
  question: ReadQuestion,
  meaning: QuestionMeaning,
  { text }: ExtractPassage,
  { start, end, places }: ScoredSentence,
): Promise<number> {
  const missing = question.words.filter((_, at) => places[at] === Place.Nowhere);
  const near = await meaning.nearestInText(
    missing.map(({ form }) => form),
    text.slice(start, end),
  );
  return missing.reduce((sum, { weight }, at) => sum + weight * Math.min(1, near[at]!) ** 2, 0);
}

/** Whether the passage is known to be in another language than the question. */
export function isForeign({ language }: ReadQuestion, passage: ExtractPassage): boolean {
  const other = baseLanguage(passage.language);
  return language !== null && other !== null && language !== other;
}

/** Scores each sentence of a passage as an answer, by its words. `headingMatch`: {@link matchHeadings} of the passage. */
export function scoreSentences(
  question: ReadQuestion,
  passage: ExtractPassage,
  passageIndex: number,
  headingMatch: number,
): ScoredSentence[] {
  const spans = splitSentences(passage.text);
  const found = spans.map(({ start, end }) => wordsIn(question, passage.text.slice(start, end), passage.language));
  const heading = wordsIn(question, `${passage.title}\n${passage.headings.join('\n')}`, passage.language);
  const anywhere = new Set(found.flatMap((words) => [...words]));
  const scored = spans.map((span, index) => {
    const beside = (word: number): boolean => Boolean(found[index - 1]?.has(word) || found[index + 1]?.has(word));
    const places = question.words.map((_, word) => {
      if (found[index]!.has(word)) return Place.Inside;
      if (heading.has(word)) return Place.Above;
      return beside(word) ? Place.Beside : anywhere.has(word) ? Place.InPassage : Place.Nowhere;
    });
    const words = places.reduce((sum, place, word) => sum + question.words[word]!.weight * placeShare[place]!, 0);
    const type = matchType(question.type, passage.text.slice(span.start, span.end), question.text);
    return {
      ...span,
      passageIndex,
      places,
      type,
      likeness: null,
      score: words + typeBonus * (type - 0.5) + passageBonus * passage.score + headingBonus * headingMatch,
    };
  });
  const answering = scored.filter(({ start, end }) => !onlyAnnounces(passage.text.slice(start, end), passage));
  if (answering[0]) answering[0].score += firstSentenceBonus * headingMatch;
  return answering;
}

/** A heading names what follows and a question asks for it; neither answers, however many of the visitor's words it holds. */
function onlyAnnounces(sentence: string, { title, headings }: ExtractPassage): boolean {
  if (/[?？؟]["'”»)]*\s*$/u.test(sentence)) return true;
  const bare = sentence.replace(/^[#\s]+|[\s:：]+$/gu, '').toLowerCase();
  return [title, ...headings].some((heading) => heading.trim().toLowerCase() === bare);
}

/** The question's words that a text holds, by their number. */
export function wordsIn(question: ReadQuestion, text: string, language: string | null): Set<number> {
  const found = new Set<number>();
  for (const term of analyseText(text, language)) {
    const word = question.wordOfTerm(term, language);
    if (word !== undefined) found.add(word);
  }
  return found;
}
