/**
 * A few documents can't tell rare words from common ones: in a knowledge base of three passages every word is in a third of
 * them. Words of a smaller one are weighed as if it had this many passages, the missing ones silent.
 */
const fewestPassages = 100;

/** How telling a word is that stands in `frequency` of `passages` (Robertson and Spärck Jones, as in Lucene's BM25: never negative). */
export function inverseDocumentFrequency(passages: number, frequency: number): number {
  return Math.log(1 + (Math.max(passages, fewestPassages) - frequency + 0.5) / (frequency + 0.5));
}
