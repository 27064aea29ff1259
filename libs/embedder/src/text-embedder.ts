import { layOutContent, priorStep, readEmbedderFile, type EmbedderHeader } from './embedder-file';
import { eachGram, hashWord } from './hash-word';
import { RowTable } from './row-table';

/** Windows of a passage, in words: 60 long, one every 40. They are sums of blocks, so each word is added once. */
const blockWords = 20;
const blocksPerWindow = 3;
const blocksPerStep = 2;
/** Unknown words are put together from some twenty rows; those seen lately are kept (a kilobyte each). */
const rememberedUnknownWords = 2_000;

export interface PassageVectors {
  /** Of title and text together. */
  whole: Float32Array;
  /** Of each 60 words of the text, every 40. */
  windows: Float32Array[];
}

/** Opens an embedder file. The bytes are used in place and must not change. Throws {@link EmbedderFileError}. */
export function openEmbedder(bytes: Uint8Array): TextEmbedder {
  const { header, content } = readEmbedderFile(bytes);
  return new TextEmbedder(header, content);
}

/** Turns words into unit vectors. A text without a word that counts has the vector 0. */
export class TextEmbedder {
  /** Stands beside every stored vector: vectors of different names are never compared. */
  readonly name: string;
  private readonly hashes: Uint32Array;
  private readonly priors: Uint8Array;
  private readonly rows: RowTable;
  /** Where the words begin whose hashes have these first 16 bits. */
  private readonly places: Uint32Array;
  private readonly unknown = new Map<string, Float32Array>();

  constructor(
    readonly header: EmbedderHeader,
    content: Uint8Array,
  ) {
    this.name = `docent-words-${header.sha256.slice(0, 12)}@${header.dimensions}`;
    const layout = layOutContent(header);
    this.hashes = new Uint32Array(content.buffer, content.byteOffset + layout.hashes, header.words);
    this.priors = content.subarray(layout.priors, layout.priors + header.words);
    const scales = new Float32Array(content.buffer, content.byteOffset + layout.scales, header.words + header.buckets);
    this.rows = new RowTable(header.dimensions, header.bits, scales, content.subarray(layout.rows));
    this.places = indexHashes(this.hashes);
  }

  get dimensions(): number {
    return this.header.dimensions;
  }

  /** Whether the word has a row of its own. */
  knows(word: string): boolean {
    return this.find(word) >= 0;
  }

  /** What the word weighed where the embedder learned, or null for a word without a row. */
  priorOf(word: string): number | null {
    const row = this.find(word);
    return row < 0 ? null : this.priors[row]! * priorStep;
  }

  /** Unit vector of the words, each counting `weightOf` (0: left out). */
  embedText(words: readonly string[], weightOf: (word: string) => number): Float32Array {
    const sum = new Float32Array(this.dimensions);
    for (const word of words) this.addWord(sum, 0, word, weightOf(word));
    return toUnit(sum);
  }

  /** Unit vectors of a passage and of its windows, in one pass over its words. */
  embedPassage(title: readonly string[], words: readonly string[], weightOf: (word: string) => number): PassageVectors {
    const { dimensions } = this;
    const whole = new Float32Array(dimensions);
    for (const word of title) this.addWord(whole, 0, word, weightOf(word));
    const blocks = Math.max(1, Math.ceil(words.length / blockWords));
    const sums = new Float32Array(blocks * dimensions);
    for (let at = 0; at < words.length; at++)
      this.addWord(sums, Math.floor(at / blockWords) * dimensions, words[at]!, weightOf(words[at]!));
    for (let at = 0; at < sums.length; at++) whole[at % dimensions]! += sums[at]!;
    const windows: Float32Array[] = [];
    for (let block = 0; block === 0 || block + 1 < blocks; block += blocksPerStep)
      windows.push(toUnit(sumOf(sums, block, dimensions)));
    return { whole: toUnit(whole), windows };
  }

  private addWord(target: Float32Array, at: number, word: string, weight: number): void {
    if (weight === 0) return;
    const row = this.find(word);
    if (row >= 0) return this.rows.add(row, weight, target, at);
    const vector = this.unknownWord(word);
    for (let index = 0; index < vector.length; index++) target[at + index]! += weight * vector[index]!;
  }

  private unknownWord(word: string): Float32Array {
    const remembered = this.unknown.get(word);
    if (remembered) return remembered;
    const grams: number[] = [];
    eachGram(word, this.header.buckets, (bucket) => grams.push(bucket));
    const vector = new Float32Array(this.dimensions);
    for (const bucket of grams) this.rows.add(this.header.words + bucket, 1 / grams.length, vector, 0);
    if (this.unknown.size >= rememberedUnknownWords) this.unknown.clear();
    this.unknown.set(word, vector);
    return vector;
  }

  private find(word: string): number {
    const hash = hashWord(word);
    const prefix = hash >>> 16;
    const end = this.places[prefix + 1]!;
    for (let at = this.places[prefix]!; at < end; at++) if (this.hashes[at] === hash) return at;
    return -1;
  }
}

function indexHashes(hashes: Uint32Array): Uint32Array {
  const places = new Uint32Array(65_537);
  for (const hash of hashes) places[(hash >>> 16) + 1]!++;
  for (let prefix = 1; prefix < places.length; prefix++) places[prefix]! += places[prefix - 1]!;
  return places;
}

function sumOf(blocks: Float32Array, from: number, dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  const end = Math.min(blocks.length, (from + blocksPerWindow) * dimensions);
  for (let at = from * dimensions; at < end; at++) sum[at % dimensions]! += blocks[at]!;
  return sum;
}

function toUnit(vector: Float32Array): Float32Array {
  let square = 0;
  for (let index = 0; index < vector.length; index++) square += vector[index]! * vector[index]!;
  if (square === 0) return vector;
  const factor = 1 / Math.sqrt(square);
  for (let index = 0; index < vector.length; index++) vector[index]! *= factor;
  return vector;
}
