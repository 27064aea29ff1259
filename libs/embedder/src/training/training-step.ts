import { meet, shareOut } from './barrier';
import type { SparseMatrix } from './sparse-matrix';
import type { BatchSlot, TrainingMemory } from './training-memory';

const smallest = 1e-12;

/**
 * One batch, by one of the threads: in-batch softmax in both directions, gradients back to the rows, row-wise Adagrad. Every number is
 * computed by one thread from numbers that were complete at the last meeting, in a fixed order: the result does not depend on how many
 * threads there are or who took which piece.
 */
export class TrainingStep {
  private readonly scratch: number;
  private readonly scratchValues: Float32Array;
  private readonly factor: Float32Array;

  constructor(
    private readonly memory: TrainingMemory,
    thread: number,
  ) {
    const { rowBytes, scratch, shape } = memory.plan;
    this.scratch = scratch + thread * (rowBytes + 64);
    this.scratchValues = memory.floats(this.scratch, shape.dimensions);
    this.factor = memory.floats(this.scratch + rowBytes, 2);
  }

  run(slot: BatchSlot): void {
    const { plan } = this.memory;
    const [words, pairs] = [slot.counts[0]!, slot.counts[1]!];
    const texts = plan.shape.pairs * 2;
    this.phase(words, 64, (word) => this.sumRow(slot.words, word, plan.parameters, plan.wordVectors));
    this.phase(texts, 16, (text) => this.makeText(slot, text));
    this.phase(pairs, 8, (pair) => this.compare(pair, pairs));
    this.phase(pairs, 8, (pair) => this.sumColumn(pair, pairs));
    this.phase(pairs, 8, (pair) => this.differ(pair, pairs));
    this.phase(pairs * 2, 8, (item) => this.turnBack(item, pairs));
    this.phase(words, 64, (word) => this.sumRow(slot.textsTurned, word, plan.textGradients, plan.wordGradients));
    this.phase(plan.shape.parameters, 512, (row) => this.learn(slot, row));
  }

  private phase(items: number, piece: number, work: (item: number) => void): void {
    const { control, plan } = this.memory;
    shareOut(control, items, piece, work);
    meet(control, plan.shape.threads);
  }

  /** target[row] = matrix[row] · table. */
  private sumRow(matrix: SparseMatrix, row: number, table: number, targets: number): void {
    const { rowBytes } = this.memory.plan;
    const target = targets + row * rowBytes;
    this.memory.all.fill(0, target / 4, (target + rowBytes) / 4);
    this.addRow(matrix, row, table, target);
  }

  private addRow({ start, place }: SparseMatrix, row: number, table: number, target: number): void {
    const from = start[row]!;
    this.memory.kernels.weightedSum(
      target,
      table,
      place.index + from * 4,
      place.weight + from * 4,
      start[row + 1]! - from,
      this.memory.plan.rowBytes,
    );
  }

  private makeText(slot: BatchSlot, text: number): void {
    const { plan, textVectors, lengths } = this.memory;
    const { dimensions } = plan.shape;
    this.sumRow(slot.texts, text, plan.wordVectors, plan.textVectors);
    let square = smallest;
    const from = text * dimensions;
    for (let at = from; at < from + dimensions; at++) square += textVectors[at]! * textVectors[at]!;
    const length = Math.sqrt(square);
    lengths[text] = length;
    for (let at = from; at < from + dimensions; at++) textVectors[at]! /= length;
  }

  /** Logits of one query against all passages, and the sum of their exponentials (cosines stay below 1, so nothing overflows). */
  private compare(query: number, pairs: number): void {
    const { plan, kernels, logits, rowSums } = this.memory;
    const { rowBytes, shape } = plan;
    const { sharpness } = shape;
    kernels.dots(
      plan.logits + query * shape.pairs * 4,
      plan.textVectors + query * rowBytes,
      plan.textVectors + shape.pairs * rowBytes,
      pairs,
      rowBytes,
    );
    let sum = 0;
    const from = query * shape.pairs;
    for (let at = from; at < from + pairs; at++) sum += logits[at] = Math.exp(sharpness * logits[at]!);
    rowSums[query] = sum;
  }

  private sumColumn(passage: number, pairs: number): void {
    const { plan, logits, columnSums } = this.memory;
    let sum = 0;
    for (let query = 0; query < pairs; query++) sum += logits[query * plan.shape.pairs + passage]!;
    columnSums[passage] = sum;
  }

  /** Gradient of the loss by each cosine of one query. */
  private differ(query: number, pairs: number): void {
    const { plan, logits, gradients, gradientsTurned, rowSums, columnSums, losses } = this.memory;
    const stride = plan.shape.pairs;
    const from = query * stride;
    for (let passage = 0; passage < pairs; passage++) {
      const value = logits[from + passage]!;
      const wanted = passage === query ? 2 : 0;
      const gradient = ((value / rowSums[query]! + value / columnSums[passage]! - wanted) * plan.shape.sharpness) / (2 * pairs);
      gradients[from + passage] = gradient;
      gradientsTurned[passage * stride + query] = gradient;
    }
    const own = logits[from + query]!;
    losses[query] = -(Math.log(own / rowSums[query]!) + Math.log(own / columnSums[query]!)) / 2;
  }

  /** Gradient by one text's vector before it was made unit length. */
  private turnBack(item: number, pairs: number): void {
    const { plan, kernels, textVectors, textGradients, lengths } = this.memory;
    const { rowBytes, shape } = plan;
    const isQuery = item < pairs;
    const place = isQuery ? item : item - pairs;
    const text = isQuery ? place : shape.pairs + place;
    const weights = (isQuery ? plan.gradients : plan.gradientsTurned) + place * shape.pairs * 4;
    const others = plan.textVectors + (isQuery ? shape.pairs * rowBytes : 0);
    const from = text * shape.dimensions;
    const end = from + shape.dimensions;
    textGradients.fill(0, from, end);
    kernels.weightedSum(plan.textGradients + text * rowBytes, others, plan.identity, weights, pairs, rowBytes);
    let along = 0;
    for (let at = from; at < end; at++) along += textGradients[at]! * textVectors[at]!;
    for (let at = from; at < end; at++) textGradients[at] = (textGradients[at]! - along * textVectors[at]!) / lengths[text]!;
  }

  /** Row-wise Adagrad (Duchi et al. 2011; one sum of squares per row) for a row that stood in this batch. */
  private learn({ wordsTurned, rate }: BatchSlot, row: number): void {
    if (wordsTurned.start[row] === wordsTurned.start[row + 1]) return;
    const { plan, kernels, squares } = this.memory;
    this.scratchValues.fill(0);
    this.addRow(wordsTurned, row, plan.wordGradients, this.scratch);
    kernels.dots(this.scratch + plan.rowBytes, this.scratch, this.scratch, 1, plan.rowBytes);
    const square = this.factor[0]! / plan.shape.dimensions;
    if (square === 0) return;
    squares[row]! += square;
    this.factor[0] = -rate[0]! / Math.sqrt(squares[row]!);
    kernels.weightedSum(
      plan.parameters + row * plan.rowBytes,
      this.scratch,
      plan.identity,
      this.scratch + plan.rowBytes,
      1,
      plan.rowBytes,
    );
  }
}
