/** So many pieces are kept apart at most. */
const piecesMost = 16;

/**
 * A text that comes in pieces. A string that grows by `+=` remains a tree of all that was ever added, some objects for each word, and a
 * thousand answers of those are what the garbage collector visits again and again; this one is a single string with a few pieces behind it.
 */
export class GrowingText {
  private whole = '';
  private pieces: string[] = [];

  add(piece: string): void {
    if (this.pieces.push(piece) === piecesMost) this.join();
  }

  /** All that was added. */
  toString(): string {
    if (this.pieces.length > 0) this.join();
    return this.whole;
  }

  get isEmpty(): boolean {
    return this.whole === '' && this.pieces.every((piece) => piece === '');
  }

  /** Not by adding: `join` makes one new string, which holds on to none of those that it is made of. */
  private join(): void {
    this.whole = [this.whole, ...this.pieces].join('');
    this.pieces = [];
  }
}
