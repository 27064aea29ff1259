import type { WordForm } from '@docent/language';
import { growArray } from './grow-array';
import { signatureOf } from './nearest-spellings';

/** Numbers for words, and in how many living passages each stands. */
export class TermTable {
  private readonly numbers = new Map<string, number>();
  /** By number. */
  readonly words: string[] = [];
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
    this.words.push(word);
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
}

let tables = 0;

/** Numbers for words as they are written; many forms ("plan", "plans", "planned") are one term. */
export class FormTable {
  private readonly numbers = new Map<string, number>();
  private characters = 0;
  /** The term of each form. */
  terms = new Int32Array(64);
  /** Each form as it is written, and which letters it has: what misspelt words are looked for among. */
  readonly spellings: string[] = [];
  signatures = new Int32Array(64);

  private readonly owner = (tables += 1);

  constructor(private readonly table: TermTable) {}

  get bytes(): number {
    return this.numbers.size * 68 + this.characters + (this.terms.length + this.signatures.length) * 4;
  }

  /** The same for a word that the analysis remembers: texts come one after the other, so most were met here last. */
  internKnown(known: WordForm): number {
    if (known.table === this.owner) return known.number;
    known.table = this.owner;
    return (known.number = this.intern(known.form, known.term));
  }

  intern(form: string, term: string): number {
    const known = this.numbers.get(form);
    if (known === undefined) return this.open(form, form, term);
    if (this.table.words[this.terms[known]!] === term) return known;
    // The same letters are another word in another language.
    const key = `${form}\u0001${term}`;
    return this.numbers.get(key) ?? this.open(key, form, term);
  }

  find(form: string): number | undefined {
    return this.numbers.get(form);
  }

  private open(key: string, form: string, term: string): number {
    const number = this.numbers.size;
    this.numbers.set(key, number);
    this.characters += key.length;
    this.terms = growArray(this.terms, number + 1);
    this.terms[number] = this.table.intern(term);
    this.spellings.push(form);
    this.signatures = growArray(this.signatures, number + 1);
    this.signatures[number] = signatureOf(form);
    return number;
  }
}
