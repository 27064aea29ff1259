import { growArray } from './grow-array';
import type { PassageTable } from './passage-table';
import type { QueryWord } from './query-words';
import type { FormTable } from './term-table';

/** How far apart two words may stand to count as close. */
const reach = 4;
/** Pairs of characters cannot show by closeness that they belong together; that many of them are there says it. */
const pairBonus = 2;

export interface PassageEvidence {
  /** Sum over neighbouring words of the question that stand close together in the passage: the weight of the rarer one over the distance. */
  closeness: number;
  /** Sum of the weights of the question's words that stand there in the very form of the question. */
  exactness: number;
  /** Share of the question's weight whose words stand in the passage, 0 to 1. */
  coverage: number;
}

/** Looks at the words of single passages in their order: for the few best ones only. For one question at a time. */
export class PassageReader {
  /** By term: which word of the question it is, plus 1. Zeros between questions. */
  private wordOfTerm = new Uint8Array(0);
  private words: QueryWord[] = [];
  private weights: number[] = [];
  private sum = 0;
  private readonly evidence = new Map<number, PassageEvidence>();
  /** Scratch, by word of the question. */
  private lastSeen = new Int32Array(64);
  private pairs = new Float32Array(64);
  private exact = new Uint8Array(64);

  constructor(
    private readonly passages: PassageTable,
    private readonly forms: FormTable,
  ) {}

  get bytes(): number {
    return this.wordOfTerm.length;
  }

  /** From now on passages are read for these words; `terms`: how many the index has. */
  ask(words: QueryWord[], terms: number): void {
    for (const word of this.words) for (const term of word.terms) this.wordOfTerm[term] = 0;
    this.wordOfTerm = growArray(this.wordOfTerm, terms);
    this.lastSeen = growArray(this.lastSeen, words.length);
    this.pairs = growArray(this.pairs, words.length);
    this.exact = growArray(this.exact, words.length);
    this.words = words;
    words.forEach((word, index) => word.terms.forEach((term) => (this.wordOfTerm[term] = index + 1)));
    this.weights = words.map((word) => word.idf * word.weight * word.trust);
    this.sum = words.reduce((sum, word) => sum + word.idf * word.weight, 0);
    this.evidence.clear();
  }

  read(passage: number): PassageEvidence {
    let evidence = this.evidence.get(passage);
    if (!evidence) this.evidence.set(passage, (evidence = this.look(passage)));
    return evidence;
  }

  private look(passage: number): PassageEvidence {
    const tokens = this.passages.wordsOf(passage).words;
    const { terms } = this.forms;
    const { lastSeen, pairs, exact } = this;
    lastSeen.fill(-1_000_000);
    pairs.fill(0);
    exact.fill(0);
    let covered = 0;
    let exactness = 0;
    for (let at = 0; at < tokens.length; at++) {
      const word = this.wordOfTerm[terms[tokens[at]!]!]! - 1;
      if (word < 0) continue;
      if (!exact[word] && tokens[at] === this.words[word]!.form) {
        exact[word] = 1;
        exactness += this.weights[word]! * (this.words[word]!.isPair ? pairBonus : 1);
      }
      if (lastSeen[word]! < 0) covered += this.weights[word]!;
      lastSeen[word] = at;
      this.notePair(pairs, lastSeen, word - 1, word, at, 1);
      this.notePair(pairs, lastSeen, word, word + 1, at, 0.5);
    }
    return { closeness: pairs.reduce((sum, pair) => sum + pair, 0), exactness, coverage: this.sum ? covered / this.sum : 0 };
  }

  /** `first` and `second` follow each other in the question; one of them stands at `at`, the other a little before. */
  private notePair(pairs: Float32Array, lastSeen: Int32Array, first: number, second: number, at: number, share: number): void {
    if (first < 0 || second >= this.weights.length || (this.words[first]!.isPair && this.words[second]!.isPair)) return;
    const other = share === 1 ? first : second;
    const distance = at - lastSeen[other]!;
    if (distance < 1 || distance > reach) return;
    const closeness = (share * Math.min(this.weights[first]!, this.weights[second]!)) / distance;
    if (closeness > pairs[first]!) pairs[first] = closeness;
  }
}
