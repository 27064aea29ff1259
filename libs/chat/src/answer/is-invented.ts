import type { CheckedSentence } from './cite-stream';

/**
 * Whether an answer says something and a passage carries none of it: it is shown with its marks, but the question stays unanswered, for the
 * owner's list as for people who are called after several such. Courtesies around it answer nothing; one sentence that is carried does.
 */
export function isInvented(sentences: Pick<CheckedSentence, 'unsupported' | 'citations'>[]): boolean {
  return sentences.some(isMarked) && !sentences.some((sentence) => !isMarked(sentence) && sentence.citations.length > 0);
}

function isMarked({ unsupported }: Pick<CheckedSentence, 'unsupported'>): boolean {
  return unsupported !== null;
}
