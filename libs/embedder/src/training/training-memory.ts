import { openSharedMemory, pageBytes, type SharedKernelMemory } from '../web-assembly/kernel-machine';
import { openSimdKernels, rowMultiple, type SimdKernels } from './simd-kernels';
import { SparseMatrix } from './sparse-matrix';
import { TrainingPlan, type TrainingShape } from './training-plan';

/** The words and texts of one batch: each word is a sum of parameter rows, each text a sum of words. */
export interface BatchSlot {
  words: SparseMatrix;
  wordsTurned: SparseMatrix;
  texts: SparseMatrix;
  textsTurned: SparseMatrix;
  /** How many different words, and how many pairs. Queries are the texts 0 to pairs - 1, passages those from the shape's `pairs` on. */
  counts: Int32Array;
  rate: Float32Array;
}

/** What one thread hands to another, to lay the same views over the same memory. */
export interface SharedTraining {
  shape: TrainingShape;
  memory: SharedKernelMemory;
}

export function shareMemory(shape: TrainingShape): SharedTraining {
  return { shape, memory: openSharedMemory(pagesOf(new TrainingPlan(shape))) };
}

/** Typed views and kernels over the shared memory of a training. */
export class TrainingMemory {
  readonly plan: TrainingPlan;
  readonly kernels: SimdKernels;
  readonly control: Int32Array;
  /** The whole memory. */
  readonly all: Float32Array;
  readonly parameters: Float32Array;
  readonly squares: Float32Array;
  readonly lengths: Float32Array;
  readonly textGradients: Float32Array;
  readonly textVectors: Float32Array;
  readonly logits: Float32Array;
  readonly gradients: Float32Array;
  readonly gradientsTurned: Float32Array;
  readonly rowSums: Float64Array;
  readonly columnSums: Float64Array;
  readonly losses: Float32Array;
  readonly slots: BatchSlot[];
  private readonly buffer: ArrayBufferLike;

  constructor({ shape, memory }: SharedTraining) {
    const plan = (this.plan = new TrainingPlan(shape));
    const { pairs, dimensions, parameters } = shape;
    if (plan.rowBytes % rowMultiple !== 0) throw new Error(`Dimensions must be a multiple of ${rowMultiple / 4}`);
    this.buffer = memory.buffer;
    this.kernels = openSimdKernels(memory, pagesOf(plan));
    this.all = this.floats(0, Math.floor(this.buffer.byteLength / 4));
    this.control = new Int32Array(this.buffer, plan.control, 16);
    this.parameters = this.floats(plan.parameters, parameters * dimensions);
    this.squares = this.floats(plan.squares, parameters);
    this.lengths = this.floats(plan.lengths, pairs * 2);
    this.textVectors = this.floats(plan.textVectors, pairs * 2 * dimensions);
    this.textGradients = this.floats(plan.textGradients, pairs * 2 * dimensions);
    this.logits = this.floats(plan.logits, pairs * pairs);
    this.gradients = this.floats(plan.gradients, pairs * pairs);
    this.gradientsTurned = this.floats(plan.gradientsTurned, pairs * pairs);
    this.rowSums = new Float64Array(this.buffer, plan.rowSums, pairs);
    this.columnSums = new Float64Array(this.buffer, plan.columnSums, pairs);
    this.losses = this.floats(plan.losses, pairs);
    new Int32Array(this.buffer, plan.identity, pairs).forEach((_, index, identity) => (identity[index] = index));
    this.slots = plan.slots.map((slot) => ({
      words: new SparseMatrix(this.buffer, slot.words),
      wordsTurned: new SparseMatrix(this.buffer, slot.wordsTurned),
      texts: new SparseMatrix(this.buffer, slot.texts),
      textsTurned: new SparseMatrix(this.buffer, slot.textsTurned),
      counts: new Int32Array(this.buffer, slot.counts, 2),
      rate: this.floats(slot.rate, 1),
    }));
  }

  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.buffer, at, count);
  }
}

function pagesOf(plan: TrainingPlan): number {
  return Math.ceil(plan.totalBytes / pageBytes) + 1;
}
