import { analyseText, detectLanguage } from '@docent/language';
import type { ExtractInput, QuotedSentence } from './extract-types';
import type { ReadQuestion } from './read-question';
import { wordsIn } from './score-sentences';

/** How much of the visitor's question, and of the owner's, the other must hold. */
const alike = 0.6;

export interface OwnerAnswer {
  sentence: QuotedSentence;
  likeness: number;
}

/** An answer that the owner wrote for this very question, whole: where one of the passages is a question with its answer and the two questions are alike. */
export function matchOwnerAnswer(question: ReadQuestion, input: ExtractInput): OwnerAnswer | null {
  let best: OwnerAnswer | null = null;
  input.passages.forEach((passage, passageIndex) => {
    if (!passage.answer) return;
    const { start, end } = passage.answer;
    const language = passage.language ?? detectLanguage(passage.text);
    const shared = wordsIn(question, passage.answer.question, language);
    const visitors = [...shared].reduce((sum, word) => sum + question.words[word]!.weight, 0);
    const owners = shared.size / Math.max(1, new Set(analyseText(passage.answer.question, language)).size);
    const likeness = Math.min(visitors, (visitors + owners) / 2);
    if (likeness < alike || likeness <= (best?.likeness ?? 0)) return;
    best = { likeness, sentence: { passageIndex, start, end, quote: passage.text.slice(start, end) } };
  });
  return best;
}
