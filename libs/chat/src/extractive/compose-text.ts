import type { QuotedSentence } from './extract-types';

/** The answer as the visitor reads it: each quoted sentence, then ` [n]`; `numbers[i]` is the citation of sentence i. */
export function composeText(sentences: QuotedSentence[], numbers: number[]): string {
  return sentences
    .map((sentence, index) => `${withoutForeignMarks(sentence.quote)} [${numbers[index]}]`)
    .join(sentences.some(({ quote }) => quote.includes('\n')) ? '\n\n' : ' ');
}

/** What looks like one of our marks in a document (`[3]` in a text with footnotes) would lead to another source: a word joiner, which nobody sees, keeps it text. */
function withoutForeignMarks(quote: string): string {
  return quote.replace(/\[(?=\d{1,4}\]|\?\])/g, '[\u2060');
}
