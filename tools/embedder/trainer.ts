import { BatchAssembler, BatchDrawer, SeededRandom, type Corpus, type TrainingRecipe } from '@docent/embedder/training';
import { LearningThreads } from './learning-threads';

/** What a training has come to: enough to go on from. */
export interface TrainingState {
  /** Batches done. */
  batch: number;
  parameters: Float32Array;
  squares: Float32Array;
}

export interface Vocabulary {
  numbers: Int32Array;
  priors: Float32Array;
}

/** Trains rows on a corpus. The same recipe, corpus and seed give the same rows, whatever the number of threads and of interruptions. */
export class Trainer {
  readonly vocabulary: Vocabulary;
  private readonly threads: LearningThreads;
  private readonly drawer: BatchDrawer;
  private readonly assembler: BatchAssembler;
  private batch = 0;

  constructor(
    corpus: Corpus,
    private readonly recipe: TrainingRecipe,
    threads: number,
    state?: TrainingState,
  ) {
    this.vocabulary = corpus.words.chooseVocabulary(recipe.vocabulary, recipe.englishBonus);
    const parameters = this.vocabulary.numbers.length + recipe.buckets;
    this.threads = new LearningThreads({
      parameters,
      dimensions: recipe.dimensions,
      pairs: recipe.pairs,
      sharpness: recipe.sharpness,
      threads,
    });
    this.drawer = new BatchDrawer(corpus, recipe);
    this.assembler = new BatchAssembler(corpus, recipe, this.vocabulary.numbers);
    if (state) this.takeUp(state);
    else this.begin();
  }

  /** Rows of the words, then of the buckets; a view of what the threads work on. */
  get state(): TrainingState {
    return { batch: this.batch, parameters: this.threads.memory.parameters, squares: this.threads.memory.squares };
  }

  /** Learns until the recipe's last batch, or until `report` (called after each batch with its loss) returns false. */
  async run(report: (batch: number, loss: number) => boolean): Promise<void> {
    if (this.batch >= this.recipe.batches) return;
    this.prepare(this.batch + 1);
    for (let goesOn = true; goesOn && this.batch < this.recipe.batches;) {
      this.threads.start();
      if (this.batch + 1 < this.recipe.batches) this.prepare(this.batch + 2);
      const loss = await this.threads.finish();
      goesOn = report(++this.batch, loss);
    }
  }

  async close(): Promise<void> {
    await this.threads.close();
  }

  private prepare(batch: number): void {
    const slot = this.threads.nextSlot;
    this.assembler.assemble(batch, this.drawer.draw(batch), slot);
    const [first, last] = this.recipe.rate;
    slot.rate[0] = first + ((last - first) * (batch - 1)) / Math.max(1, this.recipe.batches - 1);
  }

  private begin(): void {
    const random = new SeededRandom(this.recipe.seed, 0);
    const { parameters } = this.threads.memory;
    const size = 1 / Math.sqrt(this.recipe.dimensions);
    for (let index = 0; index < parameters.length; index++) parameters[index] = random.normal() * size;
  }

  private takeUp(state: TrainingState): void {
    const { parameters, squares } = this.threads.memory;
    if (state.parameters.length !== parameters.length) throw new Error('The checkpoint belongs to another recipe or corpus');
    parameters.set(state.parameters);
    squares.set(state.squares);
    this.batch = state.batch;
  }
}
