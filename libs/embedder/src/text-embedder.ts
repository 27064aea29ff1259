import type { EmbedderHeader } from './embedder-file';
import { FileRows } from './file-rows';
import { hashWord } from './hash-word';
import { LearnedRows } from './learned-rows';
import { rowsPerSum } from './row-sum';

/** To be raised when the same file gives other vectors than before: stored ones must be made anew. */
const readingVersion = 1;
/** Windows of a passage, in words: 60 long, one every 40. They are sums of blocks, so each word is added once. */
const blockWords = rowsPerSum;
const blocksPerWindow = 3;
const blocksPerStep = 2;
/** An unknown address, path or code: its parts are read as words of their own, and the lexical side finds the whole. */
const compound = /[-_./@:&\\]/;

export interface PassageVectors {
  /** Of title and text together. */
  whole: Float32Array;
  /** Of each 60 words of the text, every 40, with the title: what a passage is about is often said nowhere else. */
  windows: Float32Array[];
}

/** What a word counts (0: left out; never negative), always the same for the same word. `hash` is {@link hashWord} of it. */
export type WeighWord = (word: string, hash?: number) => number;

const evenly: WeighWord = () => 1;

/** Opens an embedder file; the bytes are copied. Throws {@link EmbedderFileError}. */
export function openEmbedder(bytes: Uint8Array): TextEmbedder {
  return new TextEmbedder(new SharedRows(bytes));
}

/** What all embedders of one file share: its rows, and the places in memory where vectors grow. */
class SharedRows extends FileRows {
  readonly head: number;
  readonly whole: number;
  readonly window: number;
  readonly blocks: number[];

  constructor(bytes: Uint8Array) {
    super(bytes, 3 + blocksPerWindow);
    this.head = this.room.reserveVector();
    this.whole = this.room.reserveVector();
    this.window = this.room.reserveVector();
    this.blocks = Array.from({ length: blocksPerWindow }, () => this.room.reserveVector());
  }
}

/** Turns words into unit vectors. A text without a word that counts has the vector 0. */
export class TextEmbedder {
  /** Stands beside every stored vector: vectors of different names are never compared. */
  readonly name: string;

  constructor(
    private readonly file: SharedRows,
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

  /** The file that was opened; not to be changed. */
  get bytes(): Uint8Array {
    return this.file.bytes;
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
    return (this.learned !== null && this.learned.find(hash) >= 0) || this.file.find(hash) >= 0;
  }

  /** What the word weighed where the embedder learned, or null for a word without a row. */
  priorOf(word: string, hash = hashWord(word)): number | null {
    const number = this.file.find(hash);
    return number < 0 ? null : this.file.priorAt(number);
  }

  /** What one word adds to a text where it weighs 1: its row, or its n-grams. */
  rowOf(word: string): Float32Array {
    this.sumInto(this.file.whole, [word], evenly);
    return this.file.room.read(this.file.whole);
  }

  /** Unit vector of the words, each counting what `weightOf` says. */
  embedText(words: readonly string[], weightOf: WeighWord): Float32Array {
    this.sumInto(this.file.whole, words, weightOf);
    this.file.room.toUnit(this.file.whole);
    return this.file.room.read(this.file.whole);
  }

  /** Unit vectors of a passage and of its windows, in one pass over its words. */
  embedPassage(title: readonly string[], words: readonly string[], weightOf: WeighWord): PassageVectors {
    const { room, head, whole, blocks } = this.file;
    this.sumInto(head, title, weightOf);
    room.copy(head, whole);
    const count = Math.max(1, Math.ceil(words.length / blockWords));
    const windows: Float32Array[] = [];
    for (let block = 0, begin = 0; block < count; block++) {
      const place = blocks[block % blocksPerWindow]!;
      room.clear(place);
      this.addBlock(words, block * blockWords, weightOf, place);
      room.add(place, whole);
      // A window ends where it has its blocks, or with the text if it would bring more than one new block.
      const isLast = block + 1 === count;
      if (block + 1 - begin === blocksPerWindow || (isLast && (begin === 0 || begin < block))) {
        windows.push(this.readWindow(begin, block));
        begin += blocksPerStep;
      }
    }
    room.toUnit(whole);
    return { whole: room.read(whole), windows };
  }

  /** The blocks from `begin` to `end` with the title, unit length. */
  private readWindow(begin: number, end: number): Float32Array {
    const { room, head, window, blocks } = this.file;
    room.copy(head, window);
    for (let block = begin; block <= end; block++) room.add(blocks[block % blocksPerWindow]!, window);
    room.toUnit(window);
    return room.read(window);
  }

  /** Puts the sum of the words' vectors to the place: the beginning of every text. */
  private sumInto(place: number, words: readonly string[], weightOf: WeighWord): void {
    this.file.begin(this, weightOf);
    this.file.room.clear(place);
    for (let from = 0; from < words.length; from += blockWords) this.addBlock(words, from, weightOf, place);
  }

  /** Adds the vectors of up to 20 words from `from` on. */
  private addBlock(words: readonly string[], from: number, weightOf: WeighWord, target: number): void {
    const { file } = this;
    const end = Math.min(words.length, from + blockWords);
    for (let index = from; index < end; index++) {
      const word = words[index]!;
      const hash = hashWord(word);
      if (!file.addRecent(hash, target)) this.addWord(word, hash, weightOf(word, hash), target);
    }
    file.sum.finish(target);
  }

  private addWord(word: string, hash: number, weight: number, target: number): void {
    if (weight === 0) return;
    const { file, learned } = this;
    const changed = learned ? learned.find(hash) : -1;
    if (changed >= 0) return learned!.addTo(file.sum, changed, weight, target);
    const number = file.find(hash);
    if (number >= 0) file.addKnown(number, hash, weight, target);
    else if (!isCompound(word)) file.addUnknown(word, hash, weight, target);
  }
}

/** Whether the word is an address, a path or a code: where it has no row, it counts nothing, and its parts are words of their own. */
export function isCompound(word: string): boolean {
  return compound.test(word);
}
