export interface ScoredPassage {
  passage: number;
  score: number;
}

/** Keeps the best of many passages: those with the highest score above 0, of equals the one that came first. */
export class BestPassages {
  /** Best first. */
  readonly passages: number[] = [];
  private readonly scores: number[] = [];
  /** What must be outdone to come in: 0 until there are as many as are kept. */
  lowest = 0;

  constructor(private readonly limit: number) {}

  offer(passage: number, score: number): void {
    if (!(score > this.lowest)) return;
    let low = 0;
    let high = this.scores.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.scores[middle]! >= score) low = middle + 1;
      else high = middle;
    }
    this.passages.splice(low, 0, passage);
    this.scores.splice(low, 0, score);
    if (this.passages.length > this.limit) {
      this.passages.pop();
      this.scores.pop();
    }
    if (this.passages.length === this.limit) this.lowest = this.scores[this.limit - 1] ?? Infinity;
  }

  /** Best first. */
  scored(): ScoredPassage[] {
    return this.passages.map((passage, at) => ({ passage, score: this.scores[at]! }));
  }
}
