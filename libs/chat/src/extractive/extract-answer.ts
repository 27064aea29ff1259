import { detectLanguage } from '@docent/language';
import { confidenceOf, featuresOf, minimumConfidence } from './confidence';
import { expandList } from './expand-list';
import type { ExtractedAnswer, ExtractInput, QuotedSentence } from './extract-types';
import { matchOwnerAnswer } from './match-owner-answer';
import { readQuestion, type ReadQuestion } from './read-question';
import { scoreSentences, type ScoredSentence } from './score-sentences';

/** Passages that are read sentence by sentence. */
const passagesRead = 6;
const mostSentences = 3;
/** A further sentence is quoted where it is at least this good, against the best. */
const worthQuoting = 0.85;
const mostTopics = 3;

/**
 * Answers from the passages alone, without a model: what the owner wrote for this question, or one to three sentences, or the list that they
 * belong to, verbatim and in the order of the text; or nothing, where the passages do not seem to answer. Pure: the same input gives the same.
 */
export function extractAnswer(input: ExtractInput): ExtractedAnswer {
  const { question, sentences } = readPassages(input);
  const nothing = { answered: false, sentences: [], closestTopics: closestTopics(input) };
  if (sentences.length === 0 || question.words.length === 0) return { ...nothing, confidence: 0 };
  const owner = matchOwnerAnswer(question, input);
  if (owner)
    return {
      answered: true,
      sentences: [owner.sentence],
      confidence: Math.max(owner.likeness, minimumConfidence),
      closestTopics: [],
    };
  const confidence = confidenceOf(featuresOf(question, input, sentences));
  if (confidence < minimumConfidence) return { ...nothing, confidence };
  return { answered: true, sentences: pickSentences(question, input, sentences), confidence, closestTopics: [] };
}

/** All sentences of the first passages, best first. */
export function readPassages(input: ExtractInput): { question: ReadQuestion; sentences: ScoredSentence[] } {
  const passages = input.passages.map((passage) => ({ ...passage, language: passage.language ?? detectLanguage(passage.text) }));
  const question = readQuestion({ ...input, passages });
  const sentences = passages.slice(0, passagesRead).flatMap((passage, index) => scoreSentences(question, passage, index));
  sentences.sort((left, right) => right.score - left.score);
  return { question, sentences };
}

function pickSentences(question: ReadQuestion, input: ExtractInput, sentences: ScoredSentence[]): QuotedSentence[] {
  const chosen: QuotedSentence[] = [];
  for (const sentence of sentences) {
    if (chosen.length === mostSentences || sentence.score < sentences[0]!.score * worthQuoting) break;
    const { text } = input.passages[sentence.passageIndex]!;
    const { start, end } = expandList(text, sentence, question.type === 'steps');
    const isQuoted = chosen.some(
      (other) => other.passageIndex === sentence.passageIndex && start < other.end && other.start < end,
    );
    if (!isQuoted) chosen.push({ passageIndex: sentence.passageIndex, start, end, quote: text.slice(start, end) });
    // A whole list is an answer.
    if (end - start > sentence.end - sentence.start) break;
  }
  return chosen.sort((left, right) => left.passageIndex - right.passageIndex || left.start - right.start);
}

/** What there is instead: the headings or titles of the nearest passages. */
function closestTopics(input: ExtractInput): string[] {
  const names = input.passages.map((passage) => passage.headings.at(-1) || passage.title).filter((name) => name.trim() !== '');
  return [...new Set(names)].slice(0, mostTopics);
}
