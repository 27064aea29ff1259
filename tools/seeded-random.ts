/** Chances that come again in the same order with the same seed (mulberry32, Tommy Ettinger). */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  between(lowest: number, highest: number): number {
    return lowest + Math.floor(this.next() * (highest - lowest + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the choices, each as often as its weight says. */
  pick<Choice>(weighted: [Choice, number][]): Choice {
    let left = this.next() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
    return (weighted.find(([, weight]) => (left -= weight) < 0) ?? weighted.at(-1)!)[0];
  }

  /** Another sequence, so that one who draws more does not shift the others. */
  fork(): SeededRandom {
    return new SeededRandom(Math.floor(this.next() * 4_294_967_296));
  }
}
