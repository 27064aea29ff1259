import { setImmediate } from 'node:timers/promises';
import { hashWord } from '../hash-word';
import { writeLearnedRows, type LearnedRow } from '../learned-rows';
import type { RowBits } from '../quantise-row';
import type { TextEmbedder } from '../text-embedder';
import { BatchAssembler } from './assemble-batch';
import { KnowledgeDrawer } from './draw-knowledge';
import { readKnowledge, type LearnedPair, type LearnedPassage, type ReadKnowledge } from './read-knowledge';
import { shareMemory, TrainingMemory } from './training-memory';
import { TrainingStep } from './training-step';
import { standardRecipe, type TrainingRecipe } from './training-recipe';

/** Everything that decides what a knowledge base changes, besides its text. */
export interface LearningRecipe {
  seed: number;
  /** Trainings, each with a seed of its own; their mean is what is kept: one alone moves what is found by chance as much as by what it learned. */
  runs: number;
  /** Of each training. */
  batches: number;
  pairs: number;
  /** Falls evenly from the first to the last. */
  rate: [number, number];
  headings: number;
  titles: number;
  hiding: [number, number];
  sharpness: number;
  /** Share of a batch that comes from questions with known answers. */
  asked: number;
  /** Words in fewer passages than this keep their row, unless a question with a known answer has them. */
  fewestPassages: number;
  /** At most so many rows change: those of the words in most passages. */
  most: number;
  /** How much of the change is kept, 0 to 1. */
  share: number;
  /** Sum of squares that each row begins with: the higher, the smaller the first steps. */
  inertia: number;
  bits: RowBits;
}

/** Chosen by what it finds on three development sets (docs/decisions/learning.md). */
export const standardLearning: LearningRecipe = {
  seed: 1,
  runs: 3,
  batches: 100,
  pairs: 256,
  rate: [0.02, 0.002],
  headings: 0.45,
  titles: 0.4,
  hiding: [0, 0],
  sharpness: 10,
  asked: 0.25,
  fewestPassages: 1,
  most: 30_000,
  share: 1,
  inertia: 0,
  bits: 4,
};

export interface LearningInput {
  embedder: TextEmbedder;
  passages: LearnedPassage[];
  pairs?: LearnedPair[];
  /** What a word weighs in this knowledge. */
  weightOf: (word: string) => number;
  recipe?: Partial<LearningRecipe>;
  /** Stops after so many seconds of processor time of this process, with what was learned until then: a busy machine learns as much as a free one. */
  seconds?: number;
  signal?: AbortSignal;
  /** Hears the share that is done, 0 to 1, and the mean loss of the batch. */
  report?: (share: number, loss: number) => void;
}

/**
 * Goes on training an embedder on one knowledge base, with one thread, and returns the rows that it changed, for
 * {@link TextEmbedder.withRows}; null where there is nothing to learn from. The same input gives the same bytes unless `seconds` ended
 * it. Throws the signal's reason.
 */
export async function learnRows(input: LearningInput): Promise<Uint8Array | null> {
  const recipe = { ...standardLearning, ...input.recipe };
  const knowledge = readKnowledge(input.embedder, input.passages, input.pairs ?? []);
  if (knowledge.corpus.sections[0]!.length + knowledge.pairs.length < 2) return null;
  const before = process.cpuUsage();
  const mayGoOn = () => secondsSince(before) < (input.seconds ?? Infinity);
  const rows = rowsOf(input.embedder, knowledge.corpus.words.words);
  const learned = new LearnedMean(input, recipe, knowledge, rows);
  for (let run = 0; run < recipe.runs && mayGoOn(); run++) {
    const learning = new Learning(input, { ...recipe, seed: recipe.seed + run }, knowledge, rows);
    for (let batch = 1; batch <= recipe.batches && mayGoOn(); batch++) {
      const loss = learning.learn(batch);
      input.report?.((run * recipe.batches + batch) / (recipe.runs * recipe.batches), loss);
      await setImmediate();
      input.signal?.throwIfAborted();
    }
    learned.add(learning);
  }
  return learned.rows();
}

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** One training from `rows`, which stay as they are. */
class Learning {
  private readonly memory: TrainingMemory;
  private readonly step: TrainingStep;
  private readonly drawer: KnowledgeDrawer;
  private readonly assembler: BatchAssembler;

  constructor(
    input: LearningInput,
    private readonly recipe: LearningRecipe,
    knowledge: ReadKnowledge,
    rows: Float32Array,
  ) {
    const { words } = knowledge.corpus.words;
    const training: TrainingRecipe = {
      ...standardRecipe,
      ...recipe,
      dimensions: input.embedder.dimensions,
      buckets: 0,
      unknownWords: 0,
      typos: 0,
    };
    this.memory = new TrainingMemory(
      shareMemory({
        parameters: words.length,
        dimensions: input.embedder.dimensions,
        pairs: recipe.pairs,
        sharpness: recipe.sharpness,
        threads: 1,
        words: words.length,
        grams: words.length + 256,
      }),
    );
    this.memory.parameters.set(rows);
    // A row with an endless sum of squares stays as it is.
    const moving = movingWords(knowledge, recipe);
    for (const number of words.keys()) this.memory.squares[number] = moving.has(number) ? recipe.inertia : Infinity;
    this.step = new TrainingStep(this.memory, 0);
    this.drawer = new KnowledgeDrawer(knowledge, training, recipe.asked);
    const weights = Float32Array.from(words, (word) => input.weightOf(word));
    this.assembler = new BatchAssembler(knowledge.corpus, training, Int32Array.from(words.keys()), [weights]);
  }

  /** The rows as they are now, one after the other. */
  get parameters(): Float32Array {
    return this.memory.parameters;
  }

  /** Mean loss of the batch before its step. */
  learn(batch: number): number {
    const slot = this.memory.slots[0]!;
    const pairs = this.drawer.draw(batch);
    this.assembler.assemble(batch, pairs, slot);
    const [first, last] = this.recipe.rate;
    slot.rate[0] = first + ((last - first) * (batch - 1)) / Math.max(1, this.recipe.batches - 1);
    this.step.run(slot);
    return this.memory.losses.subarray(0, pairs.length).reduce((sum, loss) => sum + loss, 0) / Math.max(1, pairs.length);
  }
}

/** What several trainings made of the same rows, in the mean. */
class LearnedMean {
  /** Summed over the trainings. */
  private readonly changes: Float32Array;
  private runs = 0;

  constructor(
    private readonly input: LearningInput,
    private readonly recipe: LearningRecipe,
    private readonly knowledge: ReadKnowledge,
    private readonly before: Float32Array,
  ) {
    this.changes = new Float32Array(this.before.length);
  }

  add({ parameters }: Learning): void {
    for (let at = 0; at < this.changes.length; at++) this.changes[at]! += parameters[at]! - this.before[at]!;
    this.runs += 1;
  }

  /** Rows that differ from those before. */
  rows(): Uint8Array {
    const { dimensions, header } = this.input.embedder;
    const changed = new Map<number, LearnedRow>();
    this.knowledge.corpus.words.words.forEach((word, number) => {
      const from = number * dimensions;
      const row = this.before.slice(from, from + dimensions);
      let change = 0;
      for (let at = 0; at < dimensions; at++) {
        const difference = (this.changes[from + at]! / this.runs) * this.recipe.share;
        row[at]! += difference;
        change += Math.abs(difference);
      }
      const hash = hashWord(word);
      if (change > 0 && !changed.has(hash)) changed.set(hash, { hash, row });
    });
    return writeLearnedRows({ dimensions, bits: this.recipe.bits, embedder: header.sha256 }, [...changed.values()]);
  }
}

/** The words' rows as the embedder reads them, one after the other. */
function rowsOf(embedder: TextEmbedder, words: readonly string[]): Float32Array {
  const rows = new Float32Array(words.length * embedder.dimensions);
  words.forEach((word, number) => rows.set(embedder.rowOf(word), number * embedder.dimensions));
  return rows;
}

/** Numbers of the words whose rows change. */
function movingWords({ corpus, pairs }: ReadKnowledge, { most, fewestPassages }: LearningRecipe): Set<number> {
  const moving = corpus.words.mostFrequent(most, fewestPassages);
  for (const { query } of pairs) for (let at = query.start; at < query.end; at++) moving.add(corpus.tokens.at(at));
  return moving;
}
