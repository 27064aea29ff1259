import { hashWord } from '../hash-word';
import { inverseDocumentFrequency } from '@docent/language';

/** All words of the corpus, numbered in order of appearance, and in how many texts of each language each of them stands. */
export class WordList {
  readonly words: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly frequencies: number[][] = [];
  private readonly texts: number[] = [];

  constructor(readonly languages: readonly string[]) {
    for (const _ of languages) {
      this.frequencies.push([]);
      this.texts.push(0);
    }
  }

  numberOf(word: string): number {
    let number = this.numbers.get(word);
    if (number === undefined) {
      this.numbers.set(word, (number = this.words.length));
      this.words.push(word);
    }
    return number;
  }

  /** Counts the different words of one text. */
  count(language: number, numbers: Iterable<number>): void {
    const frequencies = this.frequencies[language]!;
    this.texts[language]!++;
    for (const number of new Set(numbers)) {
      while (frequencies.length <= number) frequencies.push(0);
      frequencies[number]!++;
    }
  }

  /** Square roots of the inverse document frequencies in the texts of one language, by number. */
  weightsOf(language: number): Float32Array {
    const frequencies = this.frequencies[language]!;
    const texts = this.texts[language]!;
    return Float32Array.from(this.words, (_, number) => Math.sqrt(inverseDocumentFrequency(texts, frequencies[number] ?? 0)));
  }

  /** Numbers of the words that stand in most texts of the first language, in at least `fewest`. */
  mostFrequent(size: number, fewest: number): Set<number> {
    const frequencies = this.frequencies[0]!;
    const numbers = [...this.words.keys()].filter((number) => (frequencies[number] ?? 0) >= fewest);
    numbers.sort((left, right) => frequencies[right]! - frequencies[left]! || left - right);
    return new Set(numbers.slice(0, size));
  }

  /**
   * The words that get rows: the most frequent of each language, by the share of that language's texts that they stand in; the first
   * language counts `firstLanguageBonus` times. At least `fewest` texts; of words with the same hash the first.
   */
  chooseVocabulary(size: number, firstLanguageBonus: number, fewest = 3): { numbers: Int32Array; priors: Float32Array } {
    const weights = this.languages.map((_, language) => this.weightsOf(language));
    const candidates: { number: number; share: number; prior: number }[] = [];
    for (let number = 0; number < this.words.length; number++) {
      let share = 0;
      let prior = Infinity;
      let total = 0;
      for (let language = 0; language < this.languages.length; language++) {
        const frequency = this.frequencies[language]![number] ?? 0;
        if (frequency === 0) continue;
        total += frequency;
        share = Math.max(share, (frequency / this.texts[language]!) * (language === 0 ? firstLanguageBonus : 1));
        prior = Math.min(prior, weights[language]![number]!);
      }
      if (total >= fewest) candidates.push({ number, share, prior });
    }
    candidates.sort((left, right) => right.share - left.share || left.number - right.number);
    return this.withoutCollisions(candidates, size);
  }

  private withoutCollisions(
    candidates: { number: number; prior: number }[],
    size: number,
  ): { numbers: Int32Array; priors: Float32Array } {
    const hashes = new Set<number>();
    const chosen = candidates.filter(({ number }) => {
      const hash = hashWord(this.words[number]!);
      const isChosen = hashes.size < size && !hashes.has(hash);
      if (isChosen) hashes.add(hash);
      return isChosen;
    });
    return { numbers: Int32Array.from(chosen, ({ number }) => number), priors: Float32Array.from(chosen, ({ prior }) => prior) };
  }
}
