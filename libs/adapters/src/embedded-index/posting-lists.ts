import { growArray } from './grow-array';

const firstBlock = 2;
const largestBlock = 512;
const maxFrequency = 255;

/**
 * For each term the passages that hold it, ascending, each with its weighted frequency. All lists share one array: a list is a chain of
 * blocks that double in size, the slot behind a block points to the next. An entry is `passage << 8 | frequency`, so a bot may hold
 * 2^23 passages.
 */
export class PostingLists {
  private pool = new Int32Array(1_024);
  private used = 0;
  private heads = new Int32Array(64);
  private writeAt = new Int32Array(64);
  private blockEnds = new Int32Array(64);
  private lengths = new Int32Array(64);
  private terms = 0;

  get bytes(): number {
    return (this.pool.length + this.heads.length * 4) * 4;
  }

  /** Entries of a term, those of removed passages included. */
  length(term: number): number {
    return this.lengths[term] ?? 0;
  }

  add(term: number, passage: number, frequency: number): void {
    if (term >= this.terms) this.openTerm(term);
    if (this.writeAt[term] === this.blockEnds[term]) this.appendBlock(term);
    this.pool[this.writeAt[term]!++] = (passage << 8) | Math.min(maxFrequency, frequency);
    this.lengths[term]!++;
  }

  /** Calls back with each run of entries that lies together: `pool[from]` to `pool[to - 1]`. Stops when the callback says false. */
  eachRun(term: number, visit: (pool: Int32Array, from: number, to: number) => boolean | void): void {
    let remaining = this.length(term);
    let at = this.heads[term] ?? 0;
    for (let size = firstBlock; remaining > 0; size = Math.min(size * 2, largestBlock)) {
      const count = Math.min(size, remaining);
      if (visit(this.pool, at, at + count) === false) return;
      remaining -= count;
      at = this.pool[at + size]!;
    }
  }

  private openTerm(term: number): void {
    this.terms = term + 1;
    this.heads = growArray(this.heads, this.terms);
    this.writeAt = growArray(this.writeAt, this.terms);
    this.blockEnds = growArray(this.blockEnds, this.terms);
    this.lengths = growArray(this.lengths, this.terms);
  }

  private appendBlock(term: number): void {
    const length = this.lengths[term]!;
    // Blocks of 2, 4, 8 … hold 2(2^n - 1) entries together: the next one is two larger than what is there, up to the limit.
    const size = Math.min(length + firstBlock, largestBlock);
    this.pool = growArray(this.pool, this.used + size + 1);
    if (length === 0) this.heads[term] = this.used;
    else this.pool[this.blockEnds[term]!] = this.used;
    this.writeAt[term] = this.used;
    this.blockEnds[term] = this.used + size;
    this.used += size + 1;
  }
}
