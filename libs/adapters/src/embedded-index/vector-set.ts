import type { PassageVectors } from '@docent/ports';
import { growArray } from './grow-array';
import { BestPassages } from './best-passages';
import type { QuantisedQuestion } from './quantise-vector';
import type { VectorMemory } from './vector-memory';
import { VectorStore } from './vector-store';

/** How near a passage is to the question. */
export interface NearPassage {
  /** Mean of the cosines of the whole passage and of its best window; the former alone where it has no windows. */
  score: number;
  /** The nearest window, from 0; null where there are none. */
  window: number | null;
  /** Place among all passages, from 1; null for one that was asked for by number and is not among the nearest. */
  rank: number | null;
}

export interface NearestWanted {
  question: Float32Array;
  alive: Uint8Array;
  /** So many of the nearest passages, those with a score above 0. */
  limit: number;
  /** Passages whose score is wanted wherever they stand. */
  also: number[];
  /** Vectors up to which all windows are scanned; above it only those of the passages that are nearest as a whole. */
  exactUpTo: number;
}

/** Of a large bot the windows of so many passages are looked at. Measured: docs/decisions/fusion.md. */
const shortlist = 400;
/** Scores from 0 to 1 are told apart in so many. */
const steps = 2_048;

/** The vectors of one bot by one embedder and one model of its knowledge. */
export class VectorSet {
  private readonly wholes: VectorStore;
  private readonly windows: VectorStore;
  /** By passage: number of the vector of the whole, plus 1; 0: it has none. */
  private wholeOf = new Int32Array(0);
  private firstWindows = new Int32Array(0);
  private windowCounts = new Uint16Array(0);
  private wholeScores = new Float32Array(0);
  private windowScores = new Float32Array(0);
  private ofOnePassage = new Float32Array(64);

  constructor(
    readonly name: string,
    memory: VectorMemory,
  ) {
    this.wholes = new VectorStore(memory);
    this.windows = new VectorStore(memory);
  }

  get bytes(): number {
    const numbers = this.wholeOf.length + this.firstWindows.length + this.wholeScores.length + this.windowScores.length;
    return this.wholes.bytes + this.windows.bytes + numbers * 4 + this.windowCounts.length * 2;
  }

  get size(): number {
    return this.wholes.size;
  }

  /** Adds or replaces a passage's vectors. Throws a RangeError for other dimensions than the set has. */
  add(passage: number, { whole, windows }: PassageVectors): void {
    this.wholes.expect(whole.length);
    if (windows.some((window) => window.length !== whole.length))
      throw new RangeError('Windows of other dimensions than the whole');
    const before = (this.wholeOf[passage] ?? 0) - 1;
    if (before >= 0 && this.windowCounts[passage] === windows.length) {
      this.wholes.replace(before, whole);
      windows.forEach((window, index) => this.windows.replace(this.firstWindows[passage]! + index, window));
      return;
    }
    this.forget(passage);
    this.open(passage, this.wholes.add(whole), windows.length);
    for (const window of windows) this.windows.add(window);
  }

  /** Overwrites the vectors of a passage. */
  forget(passage: number): void {
    const whole = (this.wholeOf[passage] ?? 0) - 1;
    if (whole < 0) return;
    this.wholes.erase(whole, 1);
    this.windows.erase(this.firstWindows[passage]!, this.windowCounts[passage]!);
    this.wholeOf[passage] = 0;
    this.windowCounts[passage] = 0;
  }

  /** Adds a passage's vectors to another set as they are. */
  copyPassage(passage: number, target: VectorSet, number: number): void {
    const whole = (this.wholeOf[passage] ?? 0) - 1;
    if (whole < 0) return;
    target.open(number, target.wholes.addFrom(this.wholes, whole), this.windowCounts[passage]!);
    for (let index = 0; index < this.windowCounts[passage]!; index++)
      target.windows.addFrom(this.windows, this.firstWindows[passage]! + index);
  }

  drop(): void {
    this.wholes.drop();
    this.windows.drop();
    this.wholeOf = new Int32Array(0);
  }

  /** The nearest passages, nearest first, then those that were asked for. Throws a RangeError for a question of other dimensions. */
  nearest(memory: VectorMemory, wanted: NearestWanted): Map<number, NearPassage> {
    this.wholes.expect(wanted.question.length);
    const asked = memory.ask(wanted.question);
    this.wholeScores = growArray(this.wholeScores, this.wholes.size);
    this.wholes.cosines(asked, this.wholeScores);
    const isExact = this.wholes.size + this.windows.size <= wanted.exactUpTo;
    const best = isExact ? this.nearestOfAll(asked, wanted) : this.nearestOfShortlist(asked, wanted);
    const found = new Map<number, NearPassage>();
    for (const [index, passage] of best.entries()) found.set(passage, { ...this.judge(passage, asked), rank: index + 1 });
    for (const passage of wanted.also)
      if (!found.has(passage) && this.wholeOf[passage]) found.set(passage, this.judge(passage, asked));
    return found;
  }

  private nearestOfAll(asked: QuantisedQuestion, { limit, alive }: NearestWanted): number[] {
    this.windowScores = growArray(this.windowScores, this.windows.size);
    this.windows.cosines(asked, this.windowScores);
    const best = new BestPassages(limit);
    const { wholeOf, firstWindows, windowCounts, windowScores } = this;
    for (let passage = 0; passage < wholeOf.length; passage++) {
      if (!wholeOf[passage] || !alive[passage]) continue;
      const whole = this.wholeScores[wholeOf[passage]! - 1]!;
      const first = firstWindows[passage]!;
      let nearest = windowCounts[passage] ? -Infinity : whole;
      for (let window = first; window < first + windowCounts[passage]!; window++)
        if (windowScores[window]! > nearest) nearest = windowScores[window]!;
      best.offer(passage, (whole + nearest) / 2);
    }
    return best.passages;
  }

  private nearestOfShortlist(asked: QuantisedQuestion, { limit, alive }: NearestWanted): number[] {
    const best = new BestPassages(limit);
    const least = this.leastOfBest(Math.max(shortlist, limit));
    const { wholeOf, wholeScores } = this;
    for (let passage = 0; passage < wholeOf.length; passage++) {
      const whole = wholeOf[passage]! - 1;
      if (whole >= 0 && wholeScores[whole]! >= least && alive[passage]) best.offer(passage, this.judge(passage, asked).score);
    }
    return best.passages;
  }

  /** A score that about `wanted` of the wholes reach, not fewer where there are as many above 0: found by counting, without sorting. */
  private leastOfBest(wanted: number): number {
    const counts = new Int32Array(steps + 1);
    for (let whole = 0; whole < this.wholes.size; whole++) {
      const score = this.wholeScores[whole]!;
      if (score > 0) counts[Math.min(steps, (score * steps) | 0)]!++;
    }
    let step = steps;
    for (let reached = counts[step]!; step > 0 && reached < wanted;) reached += counts[--step]!;
    return Math.max(step / steps, Number.MIN_VALUE);
  }

  private judge(passage: number, asked: QuantisedQuestion): NearPassage {
    const whole = this.wholeScores[this.wholeOf[passage]! - 1]!;
    const count = this.windowCounts[passage]!;
    if (count === 0) return { score: whole, window: null, rank: null };
    const scores = (this.ofOnePassage = growArray(this.ofOnePassage, count));
    this.windows.cosines(asked, scores, this.firstWindows[passage]!, count);
    let window = 0;
    for (let index = 1; index < count; index++) if (scores[index]! > scores[window]!) window = index;
    return { score: (whole + scores[window]!) / 2, window, rank: null };
  }

  private open(passage: number, whole: number, windows: number): void {
    this.wholeOf = growArray(this.wholeOf, passage + 1);
    this.firstWindows = growArray(this.firstWindows, passage + 1);
    this.windowCounts = growArray(this.windowCounts, passage + 1);
    this.wholeOf[passage] = whole + 1;
    this.firstWindows[passage] = this.windows.size;
    this.windowCounts[passage] = windows;
  }
}
