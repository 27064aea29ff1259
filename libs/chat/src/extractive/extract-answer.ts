import { detectLanguage, type Span } from '@docent/language';
import { closestTopics } from './closest-topics';
import { judge, minimumConfidence } from './confidence';
import type { ExtractedAnswer, ExtractInput, ExtractPassage, QuotedSentence } from './extract-types';
import { matchHeadings } from './match-headings';
import { matchOwnerAnswer } from './match-owner-answer';
import { quoteBest, type Quote } from './quote-best';
import { readQuestion, type ReadQuestion } from './read-question';
import { isForeign, scoreSentences, withMeaning, type ScoredSentence } from './score-sentences';

/** Passages that are read sentence by sentence. */
const passagesRead = 6;
const mostSentences = 3;
/** A further sentence is quoted where it is at least this good, against the best. */
const worthQuoting = 0.9;

/**
 * Answers from the passages alone, without a model: what the owner wrote for this question, or one to three sentences, or the list that they
 * belong to, verbatim and in the order of the text; or nothing, where the passages do not seem to answer. The same input gives the same.
 */
export async function extractAnswer(given: ExtractInput): Promise<ExtractedAnswer> {
  const read = await readPassages(given);
  const { question, input, sentences } = read;
  const best = sentences[0];
  if (!best || question.words.length === 0) return nothing(input, 0);
  const owner = matchOwnerAnswer(question, input);
  if (owner) return found([owner.sentence], Math.max(owner.likeness, minimumConfidence), null);
  const confidence = await judge(question, input, best, read.headings[best.passageIndex]!);
  if (confidence < minimumConfidence) return nothing(input, confidence);
  const passage = input.passages[best.passageIndex]!;
  return found(pickSentences(read), confidence, isForeign(question, passage) ? passage.language : null);
}

function nothing({ passages }: ExtractInput, confidence: number): ExtractedAnswer {
  return { answered: false, sentences: [], confidence, foreignLanguage: null, closestTopics: closestTopics(passages) };
}

function found(sentences: QuotedSentence[], confidence: number, foreignLanguage: string | null): ExtractedAnswer {
  return { answered: true, sentences, confidence, foreignLanguage, closestTopics: [] };
}

export interface ReadPassages {
  question: ReadQuestion;
  input: ExtractInput;
  /** Best first. */
  sentences: ScoredSentence[];
  /** How much the heading of each passage that was read asks the question, see {@link matchHeadings}. */
  headings: number[];
}

/** All sentences of the first passages, best first. */
export async function readPassages(given: ExtractInput): Promise<ReadPassages> {
  const passages = given.passages.map((passage) => ({ ...passage, language: passage.language ?? detectLanguage(passage.text) }));
  const input = { ...given, passages };
  const question = readQuestion(input);
  const headings = await matchHeadings(question, { ...input, passages: passages.slice(0, passagesRead) });
  const byWords = headings.flatMap((match, index) => scoreSentences(question, passages[index]!, index, match));
  byWords.sort(bestFirst);
  const sentences = input.meaning ? await withMeaning(question, input.meaning, passages, byWords) : byWords;
  return { question, input, sentences: sentences.sort(bestFirst), headings };
}

function bestFirst(left: ScoredSentence, right: ScoredSentence): number {
  return right.score - left.score;
}

/** What is shown: the best sentence with what belongs to it, and further ones that are as good; best passage first, then in the order of the text. */
export function pickSentences({ question, input, sentences, headings }: ReadPassages): QuotedSentence[] {
  const best = sentences[0]!;
  const chosen: QuotedSentence[] = [];
  let asGood = 0;
  for (const sentence of sentences) {
    if (asGood === mostSentences || sentence.score < best.score * worthQuoting) break;
    const passage = input.passages[sentence.passageIndex]!;
    const { spans, isWhole } = quotedWith(question, passage, sentence, headings[sentence.passageIndex]!);
    const isQuoted = (span: Span) =>
      chosen.some((other) => other.passageIndex === sentence.passageIndex && span.start < other.end && other.start < span.end);
    if (spans.some(isQuoted)) continue;
    for (const { start, end } of spans)
      chosen.push({ passageIndex: sentence.passageIndex, start, end, quote: passage.text.slice(start, end) });
    asGood++;
    if (isWhole) break;
  }
  const rank = (index: number) => (index === best.passageIndex ? -1 : index);
  return chosen.sort((left, right) => rank(left.passageIndex) - rank(right.passageIndex) || left.start - right.start);
}

function quotedWith(question: ReadQuestion, passage: ExtractPassage, sentence: ScoredSentence, headingMatch: number): Quote {
  const { answer } = passage;
  const isOwners = answer && sentence.start >= answer.start;
  return isOwners ? { spans: [answer], isWhole: true } : quoteBest(question, passage, sentence, headingMatch);
}
