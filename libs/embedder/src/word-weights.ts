import { inverseDocumentFrequency } from '@docent/language';
import { hashWord } from './hash-word';
import { writeKnowledgeWeights } from './knowledge-weights';
import type { TextEmbedder } from './text-embedder';

/**
 * How much each word counts in one knowledge base: the square root of its inverse document frequency there. A word that the knowledge does
 * not hold is weighed as in the texts that the embedder learned from: "der" in a German question to English pages is still a small word.
 */
export class WordWeights {
  /** By the hash of the word (as a signed number, which maps find faster): words themselves would keep the texts alive that they were cut from. */
  private readonly frequencies = new Map<number, number>();
  private passages = 0;
  private byFrequency = new Float64Array(0);

  constructor(private readonly embedder: Pick<TextEmbedder, 'priorOf'>) {}

  /** Counts the words of one passage. */
  add(words: readonly string[]): void {
    this.passages++;
    this.byFrequency = new Float64Array(0);
    for (const hash of new Set(words.map((word) => hashWord(word) | 0)))
      this.frequencies.set(hash, (this.frequencies.get(hash) ?? 0) + 1);
  }

  /** To be kept; `KnowledgeWeights` reads them. */
  toBytes(): Uint8Array {
    return writeKnowledgeWeights(this.passages, this.frequencies);
  }

  /** Bound, so that it can be handed on: `embedder.embedText(words, weights.weightOf)`. */
  readonly weightOf = (word: string, hash = hashWord(word)): number => {
    if (this.byFrequency.length === 0) this.prepare();
    const frequency = this.frequencies.get(hash | 0) ?? 0;
    const weight = this.byFrequency[frequency]!;
    return frequency > 0 ? weight : Math.min(weight, this.embedder.priorOf(word, hash) ?? weight);
  };

  private prepare(): void {
    this.byFrequency = Float64Array.from({ length: this.passages + 1 }, (_, frequency) =>
      Math.sqrt(inverseDocumentFrequency(this.passages, frequency)),
    );
  }
}
