/** Whole sentences of a text that may still grow, without Markdown signs and citation marks; the last one only when `done`. */
export function splitSentences(text: string, done: boolean): string[] {
  const plain = text.replace(/\[\d+\]|[*`#]|\]\([^)]*\)|[[\]]/g, '');
  const sentences = [...new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(plain)].map(({ segment }) => segment);
  return done ? sentences : sentences.slice(0, -1);
}
