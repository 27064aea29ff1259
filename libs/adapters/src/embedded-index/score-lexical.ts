import { BestPassages, type ScoredPassage } from './best-passages';
import { LargestShares } from './largest-shares';
import type { PassageTable } from './passage-table';
import type { PostingLists } from './posting-lists';
import type { QueryWord } from './query-words';

/** Frequencies are stored in quarters, so that a word in a heading may count one and a half. */
export const frequencyUnit = 4;

/** A word's passages and what they gain: `gain` times a share below 1, together at most `most`. */
interface List {
  term: number;
  gain: number;
  most: number;
}

/** Looking a passage up in a list costs as much as reading so many entries of it. */
const costOfLookUp = 8;
/** Who is still in the race is looked at again when the lists that are left have lost so much of their weight. */
const worthLooking = 0.75;

/**
 * The best passages by BM25 (Robertson and Zaragoza 2009), exact. Words are worked off from the strongest to the weakest; as soon as a passage
 * that holds only what is left could no longer come in (MaxScore, Turtle and Flood 1995), the remaining lists are only looked into
 * for the passages that are still in the race.
 */
export class LexicalScorer {
  private scores = new Float32Array(1_024);
  private touched = new Int32Array(1_024);
  private contenders = new Int32Array(1_024);
  private touchedCount = 0;
  private readonly largestShares: LargestShares;

  constructor(
    private readonly postings: PostingLists,
    private readonly passages: PassageTable,
    private readonly k1: number,
    private readonly b: number,
  ) {
    this.largestShares = new LargestShares(passages);
  }

  get bytes(): number {
    return (this.scores.length + this.touched.length + this.contenders.length) * 4;
  }

  best(words: QueryWord[], limit: number): ScoredPassage[] {
    this.makeRoom();
    const lists = this.listsOf(words);
    let left = lists.reduce((sum, list) => sum + list.most, 0);
    let index = 0;
    for (let gone = 0; index < lists.length; index++) {
      const { term, most } = lists[index]!;
      // Before as much was gained as is left, nobody can be out of reach.
      if (left < gone && this.postings.length(term) > limit * 4 && left < this.threshold(limit)) break;
      this.addList(lists[index]!);
      gone += most;
      left -= most;
    }
    if (index < lists.length) this.finishContenders(lists.slice(index), left, limit);
    const found = this.select(this.touched.subarray(0, this.touchedCount), limit).scored();
    this.reset();
    return found;
  }

  /** Strongest first, and of equally strong ones the shortest. */
  private listsOf(words: QueryWord[]): List[] {
    return words
      .flatMap((word) => word.terms.map((term) => ({ term, gain: word.idf * word.weight * word.trust * (this.k1 + 1) })))
      .map(({ term, gain }) => ({ term, gain, most: gain * this.largestShares.of(term) }))
      .sort((left, right) => right.gain - left.gain || this.postings.length(left.term) - this.postings.length(right.term));
  }

  private addList({ term, gain }: List): void {
    const { scores, touched } = this;
    const { lengths } = this.passages;
    const [fixed, perTerm] = this.lengthNorm();
    let count = this.touchedCount;
    let largest = 0;
    this.postings.eachRun(term, (entries, length) => {
      for (let at = 0; at < length; at++) {
        const entry = entries[at]!;
        const passage = entry >> 8;
        const frequency = entry & 255;
        const before = scores[passage]!;
        if (before === 0) touched[count++] = passage;
        const share = frequency / (frequency + fixed + perTerm * lengths[passage]!);
        if (share > largest) largest = share;
        scores[passage] = before + gain * share;
      }
    });
    this.touchedCount = count;
    this.largestShares.note(term, largest);
  }

  /** The score that the last of the best `limit` has so far. */
  private threshold(limit: number, among: Int32Array = this.touched.subarray(0, this.touchedCount)): number {
    return this.select(among, limit).lowest;
  }

  /**
   * Adds the remaining lists for passages that can still reach the best; the others keep their partial score below them. With each list
   * fewer are left in the race.
   */
  private finishContenders(lists: List[], left: number, limit: number): void {
    let threshold = this.threshold(limit);
    let contenders = this.touchedFrom(threshold - left);
    let leftThen = left;
    for (const list of lists) {
      if (contenders.length * costOfLookUp > this.postings.length(list.term)) this.addWhereTouched(list);
      else this.addToContenders(list, contenders);
      left -= list.most;
      // Scores only grow, so an earlier threshold still holds: it is looked for again when that can leave many out.
      if (left > leftThen * worthLooking) continue;
      leftThen = left;
      threshold = this.threshold(limit, contenders);
      contenders = this.keepFrom(threshold - left, contenders);
    }
  }

  /** The touched passages with at least that score, ascending. */
  private touchedFrom(needed: number): Int32Array {
    const { scores, contenders } = this;
    const { size } = this.passages;
    let count = 0;
    for (let passage = 0; passage < size; passage++) {
      const score = scores[passage]!;
      if (score > 0 && score >= needed) contenders[count++] = passage;
    }
    return contenders.subarray(0, count);
  }

  /** Those of the given passages with at least that score, in their place. */
  private keepFrom(needed: number, contenders: Int32Array): Int32Array {
    const { scores } = this;
    let count = 0;
    for (let index = 0; index < contenders.length; index++) {
      const passage = contenders[index]!;
      if (scores[passage]! >= needed) contenders[count++] = passage;
    }
    return contenders.subarray(0, count);
  }

  private addWhereTouched({ term, gain }: List): void {
    const { scores } = this;
    const { lengths } = this.passages;
    const [fixed, perTerm] = this.lengthNorm();
    let largest = 0;
    this.postings.eachRun(term, (entries, length) => {
      for (let at = 0; at < length; at++) {
        const entry = entries[at]!;
        const passage = entry >> 8;
        const frequency = entry & 255;
        const share = frequency / (frequency + fixed + perTerm * lengths[passage]!);
        if (share > largest) largest = share;
        const before = scores[passage]!;
        if (before > 0) scores[passage] = before + gain * share;
      }
    });
    this.largestShares.note(term, largest);
  }

  private addToContenders({ term, gain }: List, contenders: Int32Array): void {
    const { scores } = this;
    const { lengths } = this.passages;
    const [fixed, perTerm] = this.lengthNorm();
    let next = 0;
    this.postings.eachRun(
      term,
      (entries, length) => {
        const last = entries[length - 1]! >> 8;
        let low = 0;
        while (next < contenders.length && contenders[next]! <= last) {
          const passage = contenders[next++]!;
          low = firstNotBelow(entries, low, length, passage);
          const entry = entries[low]!;
          if (entry >> 8 !== passage) continue;
          const frequency = entry & 255;
          scores[passage]! += (gain * frequency) / (frequency + fixed + perTerm * lengths[passage]!);
        }
        return next < contenders.length;
      },
      () => contenders[next]!,
    );
  }

  /** What a passage's length adds to the denominator: once, and per term of its text. */
  private lengthNorm(): [fixed: number, perTerm: number] {
    return [this.k1 * (1 - this.b) * frequencyUnit, ((this.k1 * this.b) / this.passages.averageLength) * frequencyUnit];
  }

  /** The best living passages. */
  private select(among: Int32Array, limit: number): BestPassages {
    const { scores } = this;
    const { alive } = this.passages;
    const best = new BestPassages(limit);
    for (let index = 0; index < among.length; index++) {
      const passage = among[index]!;
      const score = scores[passage]!;
      if (score > best.lowest && alive[passage]) best.offer(passage, score);
    }
    return best;
  }

  private reset(): void {
    for (let index = 0; index < this.touchedCount; index++) this.scores[this.touched[index]!] = 0;
    this.touchedCount = 0;
  }

  private makeRoom(): void {
    if (this.scores.length >= this.passages.size) return;
    const length = Math.ceil(this.passages.size * 1.25);
    this.scores = new Float32Array(length);
    this.touched = new Int32Array(length);
    this.contenders = new Int32Array(length);
  }
}

/** First place from `low` whose passage is not below; `to - 1` where there is none. */
function firstNotBelow(entries: Int32Array, low: number, to: number, passage: number): number {
  let high = to - 1;
  let from = low;
  while (from < high) {
    const middle = (from + high) >> 1;
    if (entries[middle]! >> 8 < passage) from = middle + 1;
    else high = middle;
  }
  return from;
}
