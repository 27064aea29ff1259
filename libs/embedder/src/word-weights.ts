import { inverseDocumentFrequency } from '@docent/language';
import type { TextEmbedder } from './text-embedder';

/**
 * How much each word counts in one knowledge base: the square root of its inverse document frequency there. A word that the knowledge does
 * not hold is weighed as in the texts that the embedder learned from: "der" in a German question to English pages is still a small word.
 */
export class WordWeights {
  private readonly frequencies = new Map<string, number>();
  private passages = 0;
  private readonly known = new Map<string, number>();

  constructor(private readonly embedder: Pick<TextEmbedder, 'priorOf'>) {}

  /** Counts the words of one passage. */
  add(words: readonly string[]): void {
    this.passages++;
    this.known.clear();
    for (const word of new Set(words)) this.frequencies.set(word, (this.frequencies.get(word) ?? 0) + 1);
  }

  /** Bound, so that it can be handed on: `embedder.embedText(words, weights.weightOf)`. */
  readonly weightOf = (word: string): number => {
    let weight = this.known.get(word);
    if (weight === undefined) this.known.set(word, (weight = this.weigh(word)));
    return weight;
  };

  private weigh(word: string): number {
    const frequency = this.frequencies.get(word) ?? 0;
    const weight = Math.sqrt(inverseDocumentFrequency(this.passages, frequency));
    return frequency > 0 ? weight : Math.min(weight, this.embedder.priorOf(word) ?? weight);
  }
}
