import type { PassageVectors } from '@docent/ports';
import { BestPassages } from './best-passages';
import { CoarseCodes, mostPackedBytes } from './coarse-codes';
import { growArray } from './grow-array';
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

/** Of a large bot so many passages are looked at as they are, after a first look at all by coarse codes, and the windows of so many. Measured: docs/decisions/fusion.md. */
const firstLook = 1_000;
const shortlist = 400;
/** Passages from which on coarse codes are kept: below, looking at all as they are costs less. */
const coarseFrom = 16_384;
/** Scores from 0 to 1 are told apart in so many. */
const steps = 2_048;

/** The vectors of one bot by one embedder and one model of its knowledge. The vector of a whole passage has the passage's number. */
export class VectorSet {
  private readonly wholes: VectorStore;
  private readonly windows: VectorStore;
  private codes: CoarseCodes | null = null;
  private firstWindows = new Int32Array(0);
  private windowCounts = new Uint16Array(0);
  /** Scratch. */
  private wholeScores = new Float32Array(0);
  private windowScores = new Float32Array(0);
  private ofOnePassage = new Float32Array(64);

  constructor(
    readonly name: string,
    private readonly memory: VectorMemory,
  ) {
    this.wholes = new VectorStore(memory);
    this.windows = new VectorStore(memory);
  }

  get bytes(): number {
    const numbers = this.firstWindows.length + this.wholeScores.length + this.windowScores.length;
    return this.wholes.bytes + this.windows.bytes + (this.codes?.bytes ?? 0) + numbers * 4 + this.windowCounts.length * 2;
  }

  get size(): number {
    return this.wholes.size;
  }

  /** Adds or replaces a passage's vectors. Throws a RangeError for other dimensions than the set has. */
  add(passage: number, { whole, windows }: PassageVectors): void {
    this.wholes.expect(whole.length);
    if (windows.some((window) => window.length !== whole.length))
      throw new RangeError('Windows of other dimensions than the whole');
    const isReplaced = this.wholes.has(passage) && this.windowCounts[passage] === windows.length;
    if (!isReplaced) this.forget(passage);
    this.wholes.put(passage, whole);
    if (isReplaced) windows.forEach((window, index) => this.windows.replace(this.firstWindows[passage]! + index, window));
    else {
      this.open(passage, windows.length);
      for (const window of windows) this.windows.add(window);
    }
    this.encode(passage);
  }

  /** Overwrites the vectors of a passage. */
  forget(passage: number): void {
    if (!this.wholes.has(passage)) return;
    this.wholes.erase(passage, 1);
    this.codes?.erase(passage);
    this.windows.erase(this.firstWindows[passage]!, this.windowCounts[passage]!);
    this.windowCounts[passage] = 0;
  }

  /** The vector of a passage as a whole, coarser than it came; null where it has none. */
  whole(passage: number): Float32Array | null {
    return this.wholes.read(passage);
  }

  /** Adds a passage's vectors to another set as they are. */
  copyPassage(passage: number, target: VectorSet, number: number): void {
    if (!this.wholes.has(passage)) return;
    target.wholes.putFrom(this.wholes, passage, number);
    target.open(number, this.windowCounts[passage]!);
    for (let index = 0; index < this.windowCounts[passage]!; index++)
      target.windows.addFrom(this.windows, this.firstWindows[passage]! + index);
    target.encode(number);
  }

  drop(): void {
    this.wholes.drop();
    this.windows.drop();
    this.codes?.drop();
    this.codes = null;
  }

  /** The nearest passages, nearest first, then those that were asked for. Throws a RangeError for a question of other dimensions. */
  nearest(memory: VectorMemory, wanted: NearestWanted): Map<number, NearPassage> {
    this.wholes.expect(wanted.question.length);
    const asked = memory.ask(wanted.question);
    const isExact = this.wholes.size + this.windows.size <= wanted.exactUpTo;
    const best = isExact ? this.nearestOfAll(asked, wanted) : this.nearestOfShortlist(asked, wanted);
    const found = new Map<number, NearPassage>();
    for (const [index, passage] of best.entries()) found.set(passage, { ...this.judge(passage, asked), rank: index + 1 });
    for (const passage of wanted.also)
      if (!found.has(passage) && this.wholes.has(passage)) found.set(passage, this.judge(passage, asked));
    return found;
  }

  private nearestOfAll(asked: QuantisedQuestion, { limit, alive }: NearestWanted): number[] {
    this.wholeScores = growArray(this.wholeScores, this.wholes.size);
    this.windowScores = growArray(this.windowScores, this.windows.size);
    this.wholes.cosines(asked, this.wholeScores);
    this.windows.cosines(asked, this.windowScores);
    const best = new BestPassages(limit);
    const { firstWindows, windowCounts, windowScores } = this;
    for (let passage = 0; passage < this.wholes.size; passage++) {
      if (!alive[passage] || !this.wholes.has(passage)) continue;
      const whole = this.wholeScores[passage]!;
      const first = firstWindows[passage]!;
      let nearest = windowCounts[passage] ? -Infinity : whole;
      for (let window = first; window < first + windowCounts[passage]!; window++)
        if (windowScores[window]! > nearest) nearest = windowScores[window]!;
      best.offer(passage, (whole + nearest) / 2);
    }
    return best.passages;
  }

  private nearestOfShortlist(asked: QuantisedQuestion, { limit, alive }: NearestWanted): number[] {
    const numbers = this.codes?.best(Math.max(firstLook, limit), this.wholes.lengths) ?? null;
    const count = numbers?.length ?? this.wholes.size;
    const scores = (this.wholeScores = growArray(this.wholeScores, count));
    if (numbers) this.wholes.cosinesOf(asked, numbers, scores);
    else this.wholes.cosines(asked, scores);
    const least = leastOfBest(scores, count, Math.max(shortlist, limit));
    const best = new BestPassages(limit);
    for (let index = 0; index < count; index++) {
      if (scores[index]! < least) continue;
      const passage = numbers ? numbers[index]! : index;
      if (alive[passage]) best.offer(passage, this.judge(passage, asked, scores[index]!).score);
    }
    return best.passages;
  }

  private judge(passage: number, asked: QuantisedQuestion, known?: number): NearPassage {
    const scores = this.ofOnePassage;
    const whole = known ?? (this.wholes.cosines(asked, scores, passage, 1), scores[0]!);
    const count = this.windowCounts[passage]!;
    if (count === 0) return { score: whole, window: null, rank: null };
    this.ofOnePassage = growArray(this.ofOnePassage, count);
    this.windows.cosines(asked, this.ofOnePassage, this.firstWindows[passage]!, count);
    let window = 0;
    for (let index = 1; index < count; index++) if (this.ofOnePassage[index]! > this.ofOnePassage[window]!) window = index;
    return { score: (whole + this.ofOnePassage[window]!) / 2, window, rank: null };
  }

  private open(passage: number, windows: number): void {
    this.firstWindows = growArray(this.firstWindows, passage + 1);
    this.windowCounts = growArray(this.windowCounts, passage + 1);
    this.firstWindows[passage] = this.windows.size;
    this.windowCounts[passage] = windows;
  }

  /** A passage's coarse code; with the passage that makes the set a large one, those of all before it. */
  private encode(passage: number): void {
    if (this.codes) return this.codes.put(passage, this.wholes);
    if (this.wholes.size < coarseFrom || this.wholes.packedBytes > mostPackedBytes) return;
    this.codes = new CoarseCodes(this.memory, this.wholes.packedBytes);
    for (let number = 0; number < this.wholes.size; number++) this.codes.put(number, this.wholes);
  }
}

/** Scratch. */
const counts = new Int32Array(steps + 1);

/** A score that about `wanted` of the first `count` reach, not fewer where there are as many above 0: found by counting, without sorting. */
function leastOfBest(scores: Float32Array, count: number, wanted: number): number {
  counts.fill(0);
  for (let index = 0; index < count; index++) {
    const score = scores[index]!;
    if (score > 0) counts[Math.min(steps, (score * steps) | 0)]!++;
  }
  let step = steps;
  for (let reached = counts[step]!; step > 0 && reached < wanted;) reached += counts[--step]!;
  return Math.max(step / steps, Number.MIN_VALUE);
}
