import type { PassageTable } from './passage-table';
import type { PostingLists } from './posting-lists';
import type { QueryWord } from './query-words';

/** Frequencies are stored in quarters, so that a word in a heading may count one and a half. */
export const frequencyUnit = 4;

export interface ScoredPassage {
  passage: number;
  score: number;
}

/**
 * The best passages by BM25 (Robertson and Zaragoza 2009), exact. Words are worked off from the strongest to the weakest; as soon as a passage
 * that holds only what is left could no longer come in (MaxScore, Turtle and Flood 1995), the remaining lists are only looked into
 * for the passages that are still in the race.
 */
export class LexicalScorer {
  private scores = new Float32Array(1_024);
  private touched = new Int32Array(1_024);
  private touchedCount = 0;

  constructor(
    private readonly postings: PostingLists,
    private readonly passages: PassageTable,
    private readonly k1: number,
    private readonly b: number,
  ) {}

  get bytes(): number {
    return (this.scores.length + this.touched.length) * 4;
  }

  best(words: QueryWord[], limit: number): ScoredPassage[] {
    this.makeRoom();
    const lists = words
      .flatMap((word) => word.terms.map((term) => ({ term, gain: word.idf * word.weight * (this.k1 + 1) })))
      .sort((left, right) => right.gain - left.gain || this.postings.length(left.term) - this.postings.length(right.term));
    let left = lists.reduce((sum, list) => sum + list.gain, 0);
    let index = 0;
    for (; index < lists.length; index++) {
      if (index > 0 && this.postings.length(lists[index]!.term) > limit * 4 && left < this.threshold(limit)) break;
      this.addList(lists[index]!.term, lists[index]!.gain);
      left -= lists[index]!.gain;
    }
    if (index < lists.length) this.finishCandidates(lists.slice(index), left, limit);
    const found = this.select(limit);
    this.reset();
    return found;
  }

  private addList(term: number, gain: number): void {
    const { scores, touched } = this;
    const { lengths } = this.passages;
    const fixed = this.k1 * (1 - this.b) * frequencyUnit;
    const perTerm = ((this.k1 * this.b) / this.passages.averageLength) * frequencyUnit;
    let count = this.touchedCount;
    this.postings.eachRun(term, (pool, from, to) => {
      for (let at = from; at < to; at++) {
        const entry = pool[at]!;
        const passage = entry >> 8;
        const frequency = entry & 255;
        const before = scores[passage]!;
        if (before === 0) touched[count++] = passage;
        scores[passage] = before + (gain * frequency) / (frequency + fixed + perTerm * lengths[passage]!);
      }
    });
    this.touchedCount = count;
  }

  /** The score that the last of the best `limit` has so far. */
  private threshold(limit: number): number {
    const found = this.select(limit);
    return found.length < limit ? 0 : found[found.length - 1]!.score;
  }

  /** Adds the remaining lists for passages that can still reach the best; the others keep their partial score below them. */
  private finishCandidates(lists: { term: number; gain: number }[], left: number, limit: number): void {
    const needed = this.threshold(limit) - left;
    const candidates = this.touched
      .subarray(0, this.touchedCount)
      .filter((passage) => this.scores[passage]! >= needed)
      .sort();
    for (const { term, gain } of lists) this.addToCandidates(term, gain, candidates);
  }

  private addToCandidates(term: number, gain: number, candidates: Int32Array): void {
    const { scores } = this;
    const { lengths } = this.passages;
    const fixed = this.k1 * (1 - this.b) * frequencyUnit;
    const perTerm = ((this.k1 * this.b) / this.passages.averageLength) * frequencyUnit;
    let next = 0;
    this.postings.eachRun(term, (pool, from, to) => {
      const last = pool[to - 1]! >> 8;
      let low = from;
      while (next < candidates.length && candidates[next]! <= last) {
        const passage = candidates[next++]!;
        low = firstNotBelow(pool, low, to, passage);
        const entry = pool[low]!;
        if (entry >> 8 !== passage) continue;
        const frequency = entry & 255;
        scores[passage]! += (gain * frequency) / (frequency + fixed + perTerm * lengths[passage]!);
      }
      return next < candidates.length;
    });
  }

  /** The best living passages, best first; of equals the earlier one. */
  private select(limit: number): ScoredPassage[] {
    const { scores, touched } = this;
    const { alive } = this.passages;
    const best: ScoredPassage[] = [];
    let lowest = 0;
    for (let index = 0; index < this.touchedCount; index++) {
      const passage = touched[index]!;
      const score = scores[passage]!;
      if (score <= lowest || !alive[passage]) continue;
      insert(best, { passage, score }, limit);
      if (best.length === limit) lowest = best[limit - 1]!.score;
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
  }
}

function insert(best: ScoredPassage[], entry: ScoredPassage, limit: number): void {
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (best[middle]!.score >= entry.score) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, entry);
  if (best.length > limit) best.pop();
}

/** First place from `low` whose passage is not below; `to - 1` where there is none. */
function firstNotBelow(pool: Int32Array, low: number, to: number, passage: number): number {
  let high = to - 1;
  let from = low;
  while (from < high) {
    const middle = (from + high) >> 1;
    if (pool[middle]! >> 8 < passage) from = middle + 1;
    else high = middle;
  }
  return from;
}
