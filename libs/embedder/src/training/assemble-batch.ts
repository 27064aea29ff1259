import { eachGram } from '../hash-word';
import type { Corpus } from './corpus';
import { misspell } from './misspell';
import { SeededRandom } from './seeded-random';
import type { BatchSlot } from './training-memory';
import type { TrainingPair } from './training-pair';
import type { TrainingRecipe } from './training-recipe';

/** What a word's n-grams count beside its row. */
export const gramShare = 0.5;
/** Keeps the drawing of a batch and the noise put on it apart. */
const noiseSeed = 7_919;

/** Writes pairs into a slot of the shared memory: which rows make each word, which words make each text, and both turned around. */
export class BatchAssembler {
  /** Row of each word, -1 without one. */
  private readonly rows: Int32Array;
  private readonly weights: Float32Array[];
  /** Place of each word in the batch at hand, valid where `seenIn` says so. */
  private readonly places: Int32Array;
  private readonly seenIn: Int32Array;

  constructor(
    private readonly corpus: Corpus,
    private readonly recipe: TrainingRecipe,
    private readonly vocabulary: Int32Array,
    /** Weights of the words by language; those of the corpus where they are left out. */
    weights?: Float32Array[],
  ) {
    const count = corpus.words.words.length;
    this.rows = new Int32Array(count).fill(-1);
    vocabulary.forEach((number, row) => (this.rows[number] = row));
    this.weights = weights ?? corpus.languages.map((_, language) => corpus.words.weightsOf(language));
    this.places = new Int32Array(count);
    this.seenIn = new Int32Array(count).fill(-1);
  }

  assemble(batch: number, pairs: TrainingPair[], slot: BatchSlot): void {
    const random = new SeededRandom(this.recipe.seed, batch, noiseSeed);
    const writer = new SlotWriter(slot, this.vocabulary.length, this.recipe.buckets);
    for (const { query, languages } of pairs) this.addText(batch, query, languages[0], writer, random, this.recipe.typos);
    for (let missing = pairs.length; missing < this.recipe.pairs; missing++) writer.endText();
    for (const { passage, languages } of pairs) this.addText(batch, passage, languages[1], writer, random, 0);
    for (let missing = pairs.length; missing < this.recipe.pairs; missing++) writer.endText();
    writer.finish(pairs.length, this.recipe.pairs * 2, this.vocabulary.length + this.recipe.buckets);
  }

  private addText(
    batch: number,
    words: number[],
    language: number,
    writer: SlotWriter,
    random: SeededRandom,
    typos: number,
  ): void {
    const misspelt = random.chance(typos) ? random.below(words.length) : -1;
    words.forEach((number, at) => {
      const weight = this.weights[language]![number]!;
      if (at === misspelt) writer.addWord(writer.word(misspell(this.corpus.words.words[number]!, random), -1), weight);
      else writer.addWord(this.placeOf(batch, number, writer, random), weight);
    });
    writer.endText();
  }

  private placeOf(batch: number, number: number, writer: SlotWriter, random: SeededRandom): number {
    if (this.seenIn[number] !== batch) {
      this.seenIn[number] = batch;
      const row = random.chance(this.recipe.unknownWords) ? -1 : this.rows[number]!;
      this.places[number] = writer.word(this.corpus.words.words[number]!, row);
    }
    return this.places[number]!;
  }
}

class SlotWriter {
  private words = 0;
  private rows = 0;
  private texts = 0;
  private entries = 0;

  constructor(
    private readonly slot: BatchSlot,
    private readonly vocabulary: number,
    private readonly buckets: number,
  ) {}

  /** A new word of the batch, and its place. Without buckets a word is its row alone. */
  word(word: string, row: number): number {
    const { words } = this.slot;
    const first = this.rows;
    if (this.words >= words.place.rows || first + 200 > words.place.entries)
      throw new Error('The batch has more different words than there is room for');
    words.start[this.words] = first;
    if (row >= 0) this.addRow(row, 1);
    const grams = this.rows;
    if (this.buckets > 0) eachGram(word, this.buckets, (bucket) => this.addRow(this.vocabulary + bucket, 0));
    words.weight.fill((row >= 0 ? gramShare : 1) / (this.rows - grams), grams, this.rows);
    return this.words++;
  }

  addWord(place: number, weight: number): void {
    const { texts } = this.slot;
    texts.index[this.entries] = place;
    texts.weight[this.entries++] = weight;
  }

  endText(): void {
    this.slot.texts.start[++this.texts] = this.entries;
  }

  finish(pairs: number, texts: number, parameters: number): void {
    const { slot } = this;
    slot.words.start[this.words] = this.rows;
    slot.texts.start[0] = 0;
    slot.counts[0] = this.words;
    slot.counts[1] = pairs;
    slot.wordsTurned.fillTransposed(slot.words, this.words, parameters);
    slot.textsTurned.fillTransposed(slot.texts, texts, this.words);
  }

  private addRow(row: number, weight: number): void {
    this.slot.words.index[this.rows] = row;
    this.slot.words.weight[this.rows++] = weight;
  }
}
