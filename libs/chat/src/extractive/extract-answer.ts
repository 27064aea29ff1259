import { detectLanguage } from '@docent/language';
import { closestTopics } from './closest-topics';
import { judge, minimumConfidence } from './confidence';
import { expandList } from './expand-list';
import type { ExtractedAnswer, ExtractInput, QuotedSentence } from './extract-types';
import { matchOwnerAnswer } from './match-owner-answer';
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
  const { question, input, sentences } = await readPassages(given);
  const nothing = { answered: false, sentences: [], foreignLanguage: null, closestTopics: closestTopics(input.passages) };
  const best = sentences[0];
  if (!best || question.words.length === 0) return { ...nothing, confidence: 0 };
  const owner = matchOwnerAnswer(question, input);
  if (owner)
    return {
      ...nothing,
      answered: true,
      sentences: [owner.sentence],
      confidence: Math.max(owner.likeness, minimumConfidence),
      closestTopics: [],
    };
  const confidence = await judge(question, input, best);
  if (confidence < minimumConfidence) return { ...nothing, confidence };
  const passage = input.passages[best.passageIndex]!;
  return {
    answered: true,
    sentences: pickSentences(question, input, sentences),
    confidence,
    foreignLanguage: isForeign(question, passage) ? passage.language : null,
    closestTopics: [],
  };
}

/** All sentences of the first passages, best first. */
export async function readPassages(
  given: ExtractInput,
): Promise<{ question: ReadQuestion; input: ExtractInput; sentences: ScoredSentence[] }> {
  const passages = given.passages.map((passage) => ({ ...passage, language: passage.language ?? detectLanguage(passage.text) }));
  const input = { ...given, passages };
  const question = readQuestion(input);
  const byWords = passages.slice(0, passagesRead).flatMap((passage, index) => scoreSentences(question, passage, index));
  byWords.sort(bestFirst);
  const sentences = input.meaning ? await withMeaning(question, input.meaning, passages, byWords) : byWords;
  return { question, input, sentences: sentences.sort(bestFirst) };
}

function bestFirst(left: ScoredSentence, right: ScoredSentence): number {
  return right.score - left.score;
}

/** The one to three sentences that are shown, and the list or owner's answer that they belong to. */
export function pickSentences(question: ReadQuestion, input: ExtractInput, sentences: ScoredSentence[]): QuotedSentence[] {
  const chosen: QuotedSentence[] = [];
  for (const sentence of sentences) {
    if (chosen.length === mostSentences || sentence.score < sentences[0]!.score * worthQuoting) break;
    const { text, answer } = input.passages[sentence.passageIndex]!;
    const { start, end } =
      answer && sentence.start >= answer.start ? answer : expandList(text, sentence, question.type === 'steps');
    const isQuoted = chosen.some(
      (other) => other.passageIndex === sentence.passageIndex && start < other.end && other.start < end,
    );
    if (!isQuoted) chosen.push({ passageIndex: sentence.passageIndex, start, end, quote: text.slice(start, end) });
    // A whole list, or what an owner wrote, is an answer.
    if (end - start > sentence.end - sentence.start) break;
  }
  return chosen.sort((left, right) => left.passageIndex - right.passageIndex || left.start - right.start);
}
