import { confidenceOf, featuresOf, minimumConfidence } from './confidence';
import type { ExtractedAnswer, ExtractInput, QuotedSentence } from './extract-types';
import { readQuestion, type ReadQuestion } from './read-question';
import { scoreSentences, type ScoredSentence } from './score-sentences';

/** Passages that are read sentence by sentence. */
const passagesRead = 6;
const mostSentences = 3;
/** A further sentence is quoted where it is at least this good, against the best. */
const worthQuoting = 0.85;
const mostTopics = 3;

/**
 * Answers from the passages alone, without a model: one to three sentences, verbatim, in the order in which they are best read; or nothing,
 * where the passages do not seem to answer. Pure: the same input gives the same answer.
 */
export function extractAnswer(input: ExtractInput): ExtractedAnswer {
  const { question, sentences } = readPassages(input);
  const [best] = sentences;
  if (!best || question.words.length === 0) return { answered: false, sentences: [], confidence: 0, closestTopics: topics(input) };
  const confidence = confidenceOf(featuresOf(question, input, sentences));
  if (confidence < minimumConfidence) return { answered: false, sentences: [], confidence, closestTopics: topics(input) };
  return { answered: true, sentences: pick(input, sentences, best), confidence, closestTopics: [] };
}

/** All sentences of the first passages, best first. */
export function readPassages(input: ExtractInput): { question: ReadQuestion; sentences: ScoredSentence[] } {
  const question = readQuestion(input);
  const sentences = input.passages.slice(0, passagesRead).flatMap((passage, index) => scoreSentences(question, passage, index));
  sentences.sort((left, right) => right.score - left.score);
  return { question, sentences };
}

function pick(input: ExtractInput, sentences: ScoredSentence[], best: ScoredSentence): QuotedSentence[] {
  const chosen = [best];
  for (const sentence of sentences.slice(1)) {
    if (chosen.length === mostSentences || sentence.score < best.score * worthQuoting) break;
    chosen.push(sentence);
  }
  chosen.sort((left, right) => (left.passageIndex - right.passageIndex) || left.start - right.start);
  return chosen.map(({ passageIndex, start, end }) => ({ passageIndex, start, end, quote: input.passages[passageIndex]!.text.slice(start, end) }));
}

/** What there is instead: the headings or titles of the nearest passages. */
function topics(input: ExtractInput): string[] {
  const names = input.passages.map((passage) => passage.headings.at(-1) || passage.title).filter((name) => name.trim() !== '');
  return [...new Set(names)].slice(0, mostTopics);
}
