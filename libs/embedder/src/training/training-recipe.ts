/** Everything that decides what comes out of a training, besides corpus and program. It stands in the file's header. */
export interface TrainingRecipe {
  seed: number;
  batches: number;
  pairs: number;
  dimensions: number;
  bits: 4 | 8;
  vocabulary: number;
  buckets: number;
  /** Falls evenly from the first to the last. */
  rate: [number, number];
  /** How much more a word of English counts when the vocabulary is chosen. */
  englishBonus: number;
  /** Share of batches in other languages, where there are any. */
  otherLanguages: number;
  /** Share of the English batches that are made of definitions and intents. */
  definitions: number;
  /** Share of section batches whose pairs all come from one source. */
  oneSource: number;
  /** Share of pairs in which shared words are hidden, and the share of them that is. */
  hiding: [number, number];
  /** Share of section pairs that are heading and passage; the others are sentence and surroundings. */
  headings: number;
  /** Share of headings with the title in front. */
  titles: number;
  /** Share of pairs across languages that are a sentence and its translation, where both sections have as many sentences. */
  sentenceTranslations: number;
  /** Share of passages under a heading that carry their page's title in front. */
  passageTitles: number;
  /** Cosines are multiplied by this before the softmax. */
  sharpness: number;
  /** Share of a batch's different words that are shown by their n-grams alone. */
  unknownWords: number;
  /** Share of queries in which one word is misspelt. */
  typos: number;
}

export const standardRecipe: TrainingRecipe = {
  seed: 1,
  batches: 8_000,
  pairs: 512,
  dimensions: 256,
  bits: 4,
  vocabulary: 82_000,
  buckets: 32_768,
  rate: [0.05, 0.005],
  englishBonus: 3,
  otherLanguages: 0.55,
  definitions: 0.2,
  oneSource: 0.5,
  hiding: [0.5, 0.6],
  headings: 0.45,
  titles: 0.4,
  sentenceTranslations: 0.3,
  passageTitles: 0,
  sharpness: 20,
  unknownWords: 0.1,
  typos: 0.1,
};
