import type { AnswerEnd, AnswerPiece, AskedQuestion } from '../answerer';
import { handoverTexts } from '../handover/handover-texts';
import { noAnswerText } from './answer-texts';

/** The knowledge does not answer. Whoever waits for a person is told that they will hear of it, instead of the same no again. */
export async function* decline(asked: Pick<AskedQuestion, 'language' | 'people' | 'drawsSuggestions'>, topics: string[]): AsyncGenerator<AnswerPiece, AnswerEnd> {
  if (asked.people?.isAwaited) {
    yield { text: handoverTexts(asked.language).passedOn };
    return { answered: false, suggestions: [], finishReason: 'stop' };
  }
  yield { text: noAnswerText(asked.language, asked.drawsSuggestions ? [] : topics) };
  return { answered: false, suggestions: topics, finishReason: 'stop' };
}
