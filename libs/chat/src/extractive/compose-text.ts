import type { QuotedSentence } from './extract-types';

/** The answer as the visitor reads it: each quoted sentence, then ` [n]`; `numbers[i]` is the citation of sentence i. */
export function composeText(sentences: QuotedSentence[], numbers: number[]): string {
  return sentences
    .map((sentence, index) => `${sentence.quote} [${numbers[index]}]`)
    .join(sentences.some(({ quote }) => quote.includes('\n')) ? '\n\n' : ' ');
}
