import { eachTerm, type WordForm } from '@docent/language';

/** The words of passages by number, as {@link WordReader} gives them. */
export interface NumberedWords {
  /** Of each passage in turn those of title, headings and text. */
  numbers: Int32Array<ArrayBuffer>;
  /** Three for each passage: where its title, its headings and its text end in `numbers`. */
  ends: Int32Array<ArrayBuffer>;
  /** What the numbers stand for that were given since the passages before. */
  newForms: string[];
  newTerms: string[];
}

/** Counts down: who numbers words in an index counts up, and both may meet the same words in one process. */
let readers = 0;

/** Reads the words of one source's passages and numbers them in the order in which they come, exactly as an index does that reads itself. */
export class WordReader {
  private readonly owner = (readers -= 1);
  private readonly known = new Map<string, number>();
  private readonly terms: string[] = [];
  private forms: string[] = [];
  private told = 0;
  private written = 0;
  private numbers = new Int32Array(0);

  constructor(
    private readonly title: string,
    private readonly language: string,
  ) {}

  read(passages: { headings: string[]; text: string }[]): NumberedWords {
    // Most texts have fewer words; for others the room grows.
    this.numbers = new Int32Array(passages.reduce((sum, { text }) => sum + text.length, 0) >> 2);
    this.written = 0;
    const ends = new Int32Array(passages.length * 3);
    passages.forEach(({ headings, text }, at) => {
      this.number(this.title);
      ends[at * 3] = this.written;
      if (headings.length > 0) this.number(headings.join('\n'));
      ends[at * 3 + 1] = this.written;
      this.number(text);
      ends[at * 3 + 2] = this.written;
    });
    const newForms = this.forms;
    const newTerms = this.terms.slice(this.told);
    this.forms = [];
    this.told = this.terms.length;
    return { numbers: this.numbers.slice(0, this.written), ends, newForms, newTerms };
  }

  private number(text: string): void {
    eachTerm(text, this.language, (term, form, remembered) => this.write(remembered ? this.numberOf(remembered) : this.intern(form, term)));
  }

  private write(number: number): void {
    if (this.written === this.numbers.length) {
      const grown = new Int32Array(this.numbers.length * 2 + 64);
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[this.written++] = number;
  }

  private numberOf(word: WordForm): number {
    if (word.table === this.owner) return word.number;
    word.table = this.owner;
    return (word.number = this.intern(word.form, word.term));
  }

  /** The same letters can be another word: a code is not stemmed. */
  private intern(form: string, term: string): number {
    const known = this.known.get(form);
    if (known === undefined) return this.open(form, form, term);
    if (this.terms[known] === term) return known;
    const key = `${form}\u0001${term}`;
    return this.known.get(key) ?? this.open(key, form, term);
  }

  private open(key: string, form: string, term: string): number {
    const number = this.terms.length;
    this.known.set(key, number);
    this.forms.push(form);
    this.terms.push(term);
    return number;
  }
}
