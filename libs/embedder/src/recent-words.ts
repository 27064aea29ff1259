import type { RowSum } from './row-sum';

/** Places; a power of two. A quarter of a megabyte. */
const capacity = 16_384;
const fields = 4;

/**
 * Where the rows of words met lately lie and what they weigh, one place in memory for each: texts use few words often, and looking up
 * hash, weight and scale in tables of a megabyte takes longer than adding the row. Each word has one place, which the last one takes.
 */
export class RecentWords {
  /** Hash of the word, turn, address of the row. */
  private readonly entries = new Int32Array(capacity * fields);
  /** The same memory; the fourth field is the scale of the row times the weight of the word. */
  private readonly weights = new Float32Array(this.entries.buffer);
  private turn = 0;
  /** Held weakly: a bot's knowledge must be gone when the bot is. */
  private lastUser = new WeakRef<object>(this);
  private lastWeights = new WeakRef<object>(this);

  /** Forgets everything where somebody else reads, or with other weights. */
  begin(user: object, weights: object): void {
    if (this.lastUser.deref() === user && this.lastWeights.deref() === weights) return;
    this.lastUser = new WeakRef(user);
    this.lastWeights = new WeakRef(weights);
    this.turn = (this.turn + 1) | 0;
  }

  /** Adds the word's row of half bytes to the sum, if it is remembered. */
  addTo(sum: RowSum, hash: number, target: number): boolean {
    const place = placeOf(hash);
    const { entries } = this;
    if (entries[place] !== (hash | 0) || entries[place + 1] !== this.turn) return false;
    sum.addHalfBytes(entries[place + 2]!, this.weights[place + 3]!, target);
    return true;
  }

  keep(hash: number, row: number, weight: number): void {
    const place = placeOf(hash);
    this.entries[place] = hash;
    this.entries[place + 1] = this.turn;
    this.entries[place + 2] = row;
    this.weights[place + 3] = weight;
  }
}

/** The low bits of FNV-1a follow the last letters; the high ones are mixed in. */
function placeOf(hash: number): number {
  return ((hash ^ (hash >>> 15)) & (capacity - 1)) * fields;
}
