import { growArray } from './grow-array';

/** Numbers for words, and in how many living passages each stands. */
export class TermTable {
  private readonly numbers = new Map<string, number>();
  private frequencies = new Int32Array(64);
  private characters = 0;

  get size(): number {
    return this.numbers.size;
  }

  /** Estimate: an entry of the map, the string's header and its characters. */
  get bytes(): number {
    return this.numbers.size * 60 + this.characters + this.frequencies.length * 4;
  }

  /** The word's number, given at its first appearance. */
  intern(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(word, number);
    this.characters += word.length;
    this.frequencies = growArray(this.frequencies, number + 1);
    return number;
  }

  find(word: string): number | undefined {
    return this.numbers.get(word);
  }

  /** How many living passages hold the term. */
  frequency(term: number): number {
    return this.frequencies[term] ?? 0;
  }

  countPassage(term: number, by: 1 | -1): void {
    this.frequencies[term]! += by;
  }

  words(): string[] {
    return [...this.numbers.keys()];
  }
}
