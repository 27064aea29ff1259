import { layOutContent, priorStep, readEmbedderFile, type EmbedderHeader } from './embedder-file';
import { eachGram, hashWord } from './hash-word';
import { LearnedRows } from './learned-rows';
import { RememberedWords } from './remembered-words';
import { RowTable, rowsPerSum } from './row-table';

/** To be raised when the same file gives other vectors than before: stored ones must be made anew. */
const readingVersion = 1;
/** Windows of a passage, in words: 60 long, one every 40. They are sums of blocks, so each word is added once. */
const blockWords = rowsPerSum;
const blocksPerWindow = 3;
const blocksPerStep = 2;
/** Unknown words are put together from some twenty rows; those seen lately are kept (a quarter of a kilobyte each). */
const rememberedUnknownWords = 16_000;
/** An unknown address, path or code: its parts are read as words of their own, and the lexical side finds the whole. */
const compound = /[-_./@:&\\]/;
/**
 * The mean of many n-grams is shorter than a row, so an unknown word would hardly count; and it is mostly a name or a rare word, which tells
 * more than others. Twice its length is best over the development sets (docs/decisions/embedder.md).
 */
const unknownWordFactor = 2;

export interface PassageVectors {
  /** Of title and text together. */
  whole: Float32Array;
  /** Of each 60 words of the text, every 40, with the title: what a passage is about is often said nowhere else. */
  windows: Float32Array[];
}

/** Opens an embedder file. The bytes are used in place and must not change. Throws {@link EmbedderFileError}. */
export function openEmbedder(bytes: Uint8Array): TextEmbedder {
  const { header, content } = readEmbedderFile(bytes);
  return new TextEmbedder(openRows(header, content));
}

/** What all embedders of one file share. */
interface FileRows {
  header: EmbedderHeader;
  hashes: Uint32Array;
  priors: Uint8Array;
  table: RowTable;
  /** Where the words begin whose hashes have these first 16 bits. */
  places: Uint32Array;
  unknown: RememberedWords;
}

/** Rows that are to be summed, gathered until there are enough for one pass. */
class Gathered {
  readonly rows = new Int32Array(rowsPerSum);
  readonly weights = new Float64Array(rowsPerSum);
  count = 0;

  add(row: number, weight: number): void {
    this.rows[this.count] = row;
    this.weights[this.count++] = weight;
  }

  addTo(table: RowTable, target: Float32Array, at: number): void {
    table.addSum(this.rows, this.weights, this.count, target, at);
    this.count = 0;
  }
}

/** Turns words into unit vectors. A text without a word that counts has the vector 0. */
export class TextEmbedder {
  /** Stands beside every stored vector: vectors of different names are never compared. */
  readonly name: string;
  private readonly chosen = new Gathered();
  private readonly chosenLearned = new Gathered();

  constructor(
    private readonly file: FileRows,
    private readonly learned: LearnedRows | null = null,
  ) {
    this.name = `docent-words-${readingVersion}-${file.header.sha256.slice(0, 12)}@${file.header.dimensions}`;
  }

  /**
   * The same embedder with rows that a knowledge base has changed (see `learnRows`) in the place of its own. Little memory besides the
   * bytes, which are used in place. Throws {@link EmbedderFileError} where they were learned on another file.
   */
  withRows(bytes: Uint8Array): TextEmbedder {
    return new TextEmbedder(this.file, new LearnedRows(bytes, this.dimensions, this.header.sha256));
  }

  get header(): EmbedderHeader {
    return this.file.header;
  }

  get dimensions(): number {
    return this.header.dimensions;
  }

  /** How many rows were learned. */
  get learnedRows(): number {
    return this.learned?.count ?? 0;
  }

  /** Whether the word has a row of its own. */
  knows(word: string): boolean {
    const hash = hashWord(word);
    return (this.learned !== null && this.learned.find(hash) >= 0) || this.find(hash) >= 0;
  }

  /** What the word weighed where the embedder learned, or null for a word without a row. */
  priorOf(word: string): number | null {
    const row = this.find(hashWord(word));
    return row < 0 ? null : this.file.priors[row]! * priorStep;
  }

  /** What one word adds to a text where it weighs 1: its row, or its n-grams. */
  rowOf(word: string): Float32Array {
    const sum = new Float32Array(this.dimensions);
    this.addBlock([word], 0, () => 1, sum, 0);
    return sum;
  }

  /** Unit vector of the words, each counting `weightOf` (0: left out; never negative). */
  embedText(words: readonly string[], weightOf: (word: string) => number): Float32Array {
    const sum = new Float32Array(this.dimensions);
    for (let from = 0; from < words.length; from += blockWords) this.addBlock(words, from, weightOf, sum, 0);
    return toUnit(sum);
  }

  /** Unit vectors of a passage and of its windows, in one pass over its words. */
  embedPassage(title: readonly string[], words: readonly string[], weightOf: (word: string) => number): PassageVectors {
    const { dimensions } = this;
    const head = new Float32Array(dimensions);
    for (let from = 0; from < title.length; from += blockWords) this.addBlock(title, from, weightOf, head, 0);
    const blocks = Math.max(1, Math.ceil(words.length / blockWords));
    const sums = new Float32Array(blocks * dimensions);
    for (let block = 0; block < blocks; block++) this.addBlock(words, block * blockWords, weightOf, sums, block * dimensions);
    const windows: Float32Array[] = [];
    for (let block = 0; block === 0 || block + 1 < blocks; block += blocksPerStep) {
      const window = head.slice();
      addBlocks(sums, block, Math.min(blocks, block + blocksPerWindow), window);
      windows.push(toUnit(window));
    }
    const whole = head;
    addBlocks(sums, 0, blocks, whole);
    return { whole: toUnit(whole), windows };
  }

  /** Adds the vectors of up to 20 words from `from` on. */
  private addBlock(
    words: readonly string[],
    from: number,
    weightOf: (word: string) => number,
    target: Float32Array,
    at: number,
  ): void {
    const { chosen, chosenLearned, learned } = this;
    const { unknown, table } = this.file;
    const end = Math.min(words.length, from + blockWords);
    for (let index = from; index < end; index++) {
      const word = words[index]!;
      const weight = weightOf(word);
      if (weight === 0) continue;
      const hash = hashWord(word);
      const changed = learned ? learned.find(hash) : -1;
      if (changed >= 0) {
        chosenLearned.add(changed, weight);
        continue;
      }
      const row = this.find(hash);
      if (row >= 0) {
        chosen.add(row, weight);
        continue;
      }
      if (isCompound(word)) continue;
      const place = unknown.find(hash);
      unknown.add(place < 0 ? unknown.keep(hash, this.putTogether(word)) : place, weight, target, at);
    }
    chosen.addTo(table, target, at);
    if (learned) chosenLearned.addTo(learned.table, target, at);
  }

  private putTogether(word: string): Float32Array {
    const vector = new Float32Array(this.dimensions);
    const { header, table } = this.file;
    const waiting = new Gathered();
    let grams = 0;
    eachGram(word, header.buckets, (bucket) => {
      grams++;
      waiting.add(header.words + bucket, 1);
      if (waiting.count === rowsPerSum) waiting.addTo(table, vector, 0);
    });
    waiting.addTo(table, vector, 0);
    const factor = unknownWordFactor / grams;
    for (let index = 0; index < vector.length; index++) vector[index]! *= factor;
    return vector;
  }

  private find(hash: number): number {
    const { places, hashes } = this.file;
    const prefix = hash >>> 16;
    const end = places[prefix + 1]!;
    for (let at = places[prefix]!; at < end; at++) if (hashes[at] === hash) return at;
    return -1;
  }
}

/** Whether the word is an address, a path or a code: where it has no row, it counts nothing, and its parts are words of their own. */
export function isCompound(word: string): boolean {
  return compound.test(word);
}

function openRows(header: EmbedderHeader, content: Uint8Array): FileRows {
  const layout = layOutContent(header);
  const hashes = new Uint32Array(content.buffer, content.byteOffset + layout.hashes, header.words);
  const scales = new Float32Array(content.buffer, content.byteOffset + layout.scales, header.words + header.buckets);
  return {
    header,
    hashes,
    priors: content.subarray(layout.priors, layout.priors + header.words),
    table: new RowTable(header.dimensions, header.bits, scales, content.subarray(layout.rows)),
    places: indexHashes(hashes),
    unknown: new RememberedWords(header.dimensions, rememberedUnknownWords),
  };
}

function indexHashes(hashes: Uint32Array): Uint32Array {
  const places = new Uint32Array(65_537);
  for (const hash of hashes) places[(hash >>> 16) + 1]!++;
  for (let prefix = 1; prefix < places.length; prefix++) places[prefix]! += places[prefix - 1]!;
  return places;
}

/** Adds the blocks `from` to `to` (exclusive). */
function addBlocks(blocks: Float32Array, from: number, to: number, target: Float32Array): void {
  for (let block = from, at = from * target.length; block < to; block++)
    for (let index = 0; index < target.length; index++, at++) target[index]! += blocks[at]!;
}

function toUnit(vector: Float32Array): Float32Array {
  let square = 0;
  for (let index = 0; index < vector.length; index++) square += vector[index]! * vector[index]!;
  if (square === 0) return vector;
  const factor = 1 / Math.sqrt(square);
  for (let index = 0; index < vector.length; index++) vector[index]! *= factor;
  return vector;
}
