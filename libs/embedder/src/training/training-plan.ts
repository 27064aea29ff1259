/** What decides how much memory a training takes. */
export interface TrainingShape {
  /** Rows of words, then rows of n-gram buckets. */
  parameters: number;
  dimensions: number;
  /** Pairs in a batch. */
  pairs: number;
  /** Cosines are multiplied by this before the softmax. */
  sharpness: number;
  threads: number;
  /** Different words of one batch; {@link maximumWords} where it is left out. */
  words?: number;
  /** Rows that the words of one batch are put together from; {@link maximumGrams} where it is left out. */
  grams?: number;
}

/** Where a sparse matrix lies, in bytes. */
export interface MatrixPlace {
  start: number;
  index: number;
  weight: number;
  rows: number;
  entries: number;
}

/** Different words of one batch, and rows that they are put together from. More is refused: it would write over something else. */
export const maximumWords = 80_000;
export const maximumGrams = 3_000_000;
const maximumWordsPerText = 240;

/** Where everything of a training lies in the one shared memory, as byte addresses. The same for every thread. */
export class TrainingPlan {
  private next = 0;
  readonly rowBytes: number;
  readonly control = this.take(64);
  readonly parameters: number;
  readonly squares: number;
  readonly wordVectors: number;
  readonly wordGradients: number;
  readonly textVectors: number;
  readonly textGradients: number;
  readonly lengths: number;
  readonly logits: number;
  readonly gradients: number;
  readonly gradientsTurned: number;
  readonly rowSums: number;
  readonly columnSums: number;
  readonly losses: number;
  /** 0, 1, 2 … as indices for sums over all rows of a table. */
  readonly identity: number;
  /** A row, and a number, of each thread's own. */
  readonly scratch: number;
  /** Two, so that one batch is put together while the other is learned from. */
  readonly slots: {
    words: MatrixPlace;
    wordsTurned: MatrixPlace;
    texts: MatrixPlace;
    textsTurned: MatrixPlace;
    counts: number;
    rate: number;
  }[];
  readonly totalBytes: number;

  constructor(readonly shape: TrainingShape) {
    const { parameters, dimensions, pairs, threads, words = maximumWords, grams = maximumGrams } = shape;
    const row = (this.rowBytes = dimensions * 4);
    const texts = pairs * 2;
    this.parameters = this.take(parameters * row);
    this.squares = this.take(parameters * 4);
    this.wordVectors = this.take(words * row);
    this.wordGradients = this.take(words * row);
    this.textVectors = this.take(texts * row);
    this.textGradients = this.take(texts * row);
    this.lengths = this.take(texts * 4);
    this.logits = this.take(pairs * pairs * 4);
    this.gradients = this.take(pairs * pairs * 4);
    this.gradientsTurned = this.take(pairs * pairs * 4);
    this.rowSums = this.take(pairs * 8);
    this.columnSums = this.take(pairs * 8);
    this.losses = this.take(pairs * 4);
    this.identity = this.take(Math.max(pairs, 1) * 4);
    this.scratch = this.take(threads * (row + 64));
    this.slots = [0, 1].map(() => ({
      words: this.matrix(words, grams),
      wordsTurned: this.matrix(parameters, grams),
      texts: this.matrix(texts, texts * maximumWordsPerText),
      textsTurned: this.matrix(words, texts * maximumWordsPerText),
      counts: this.take(8),
      rate: this.take(4),
    }));
    this.totalBytes = this.next;
  }

  private matrix(rows: number, entries: number): MatrixPlace {
    return { start: this.take((rows + 1) * 4), index: this.take(entries * 4), weight: this.take(entries * 4), rows, entries };
  }

  private take(bytes: number): number {
    const at = this.next;
    this.next = Math.ceil((at + bytes) / 64) * 64;
    return at;
  }
}
