/** The same numbers on every machine for the same seeds. */
export class SeededRandom {
  private state: number;

  /** Several seeds are mixed into one: the batch number, for example, beside the seed of the run. */
  constructor(...seeds: number[]) {
    this.state = seeds.reduce((state, seed) => mix((state ^ seed) + 0x6d2b79f5), 0x2545f491);
  }

  /** 0 to 1, 1 excluded (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    return (mix(this.state) >>> 0) / 4_294_967_296;
  }

  /** 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Mean 0, variance 1: the sum of twelve, which needs no function that differs between machines. */
  normal(): number {
    let sum = -6;
    for (let count = 0; count < 12; count++) sum += this.next();
    return sum;
  }
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), 1 | value);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return (mixed ^ (mixed >>> 14)) | 0;
}
