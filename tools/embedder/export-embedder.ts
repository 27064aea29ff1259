import { eachGram, writeEmbedderFile } from '@docent/embedder';
import { gramShare, type TrainingRecipe } from '@docent/embedder/training';
import type { Vocabulary } from './trainer';

export interface ExportInput {
  recipe: TrainingRecipe;
  languages: readonly string[];
  /** All words of the corpus by number. */
  words: readonly string[];
  vocabulary: Vocabulary;
  /** Rows of the vocabulary, then of the buckets. */
  parameters: Float32Array;
  /** Anything else that stands in the header. */
  notes: Record<string, unknown>;
}

/** The embedder file of trained rows. What the n-grams of a known word add to its row is added here, once, so that reading it costs one row. */
export function exportEmbedder({ recipe, languages, words, vocabulary, parameters, notes }: ExportInput): Uint8Array {
  const { dimensions } = recipe;
  const known = vocabulary.numbers.length;
  const rowAt = (row: number) => parameters.subarray(row * dimensions, (row + 1) * dimensions);
  const entries = Array.from(vocabulary.numbers, (number, index) => {
    const word = words[number]!;
    const row = rowAt(index).slice();
    const grams: number[] = [];
    eachGram(word, recipe.buckets, (bucket) => grams.push(bucket));
    for (const bucket of grams) {
      const gram = rowAt(known + bucket);
      for (let at = 0; at < dimensions; at++) row[at]! += (gram[at]! * gramShare) / grams.length;
    }
    return { word, prior: vocabulary.priors[index]!, row };
  });
  const buckets = Array.from({ length: recipe.buckets }, (_, bucket) => rowAt(known + bucket));
  return writeEmbedderFile(
    { languages: [...languages], dimensions, bits: recipe.bits, training: { ...recipe, ...notes } },
    { words: entries, buckets },
  );
}
