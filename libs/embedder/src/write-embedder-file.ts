import { composeEmbedderFile, layOutContent, priorStep, type EmbedderHeader } from './embedder-file';
import { hashWord } from './hash-word';
import { quantiseRow } from './quantise-row';

export interface EmbedderContent {
  /** Each with its row (`dimensions` values, its n-grams already added) and prior weight (square root of idf in what it was trained on). */
  words: { word: string; prior: number; row: Float32Array }[];
  /** Rows of the n-gram buckets. */
  buckets: Float32Array[];
}

/** Packs trained rows into one file. Throws when two words have the same hash: the trainer's vocabulary keeps the first of them only. */
export function writeEmbedderFile(
  header: Pick<EmbedderHeader, 'languages' | 'dimensions' | 'bits' | 'training'>,
  { words, buckets }: EmbedderContent,
): Uint8Array {
  const full = { ...header, words: words.length, buckets: buckets.length };
  const layout = layOutContent(full);
  const content = new Uint8Array(layout.totalBytes);
  const hashes = new Uint32Array(content.buffer, layout.hashes, words.length);
  const scales = new Float32Array(content.buffer, layout.scales, words.length + buckets.length);
  const sorted = words.map((entry) => ({ ...entry, hash: hashWord(entry.word) })).sort((left, right) => left.hash - right.hash);
  const place = (row: Float32Array, at: number) =>
    void (scales[at] = quantiseRow(row, header.bits, content, layout.rows + at * layout.bytesPerRow));
  sorted.forEach(({ word, hash, prior, row }, at) => {
    if (at > 0 && hashes[at - 1] === hash) throw new Error(`Two words have one hash, one of them is ${word}`);
    hashes[at] = hash;
    content[layout.priors + at] = Math.max(1, Math.min(255, Math.round(prior / priorStep)));
    place(row, at);
  });
  buckets.forEach((row, index) => place(row, words.length + index));
  return composeEmbedderFile(full, content);
}
