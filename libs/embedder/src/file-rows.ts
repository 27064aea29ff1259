import { layOutContent, priorStep, readEmbedderFile, type EmbedderHeader } from './embedder-file';
import { eachGram } from './hash-word';
import { RecentWords } from './recent-words';
import { bytesOfRemembered, middleOfRemembered, RememberedWords } from './remembered-words';
import { bytesOfVectors, RowRoom } from './row-room';
import { bytesOfSum, RowSum } from './row-sum';

/** Unknown words are put together from some twenty rows; those seen lately are kept (a quarter of a kilobyte each). */
const rememberedUnknownWords = 16_000;
/**
 * The mean of many n-grams is shorter than a row, so an unknown word would hardly count; and it is mostly a name or a rare word, which tells
 * more than others. Twice its length is best over the development sets (docs/decisions/embedder.md).
 */
const unknownWordFactor = 2;

/** An opened embedder file, what is remembered of words that it does not know, and the room for sums: shared by all embedders of one file. */
export class FileRows {
  readonly header: EmbedderHeader;
  /** The file as it was opened. */
  readonly bytes: Uint8Array;
  readonly room: RowRoom;
  /** Of the text that is being embedded. */
  readonly sum: RowSum;
  /** Of the n-grams of an unknown word in it. */
  private readonly grams: RowSum;
  private readonly assembled: number;
  private readonly recent = new RecentWords();
  private readonly unknown: RememberedWords;
  private readonly hashes: Uint32Array;
  private readonly priors: Uint8Array;
  private readonly scales: Float32Array;
  private readonly firstRow: number;
  private readonly bytesPerRow: number;
  /** Where the words begin whose hashes have these first 16 bits. */
  private readonly begins: Uint32Array;

  /** The bytes are copied; `vectors` is how many the user will reserve. Throws {@link EmbedderFileError}. */
  constructor(file: Uint8Array, vectors: number) {
    const { header, contentAt } = readEmbedderFile(file);
    const { words, buckets, dimensions } = header;
    const layout = layOutContent(header);
    this.header = header;
    this.room = new RowRoom(
      file,
      dimensions,
      2 * bytesOfSum(dimensions) +
        bytesOfRemembered(rememberedUnknownWords, dimensions) +
        bytesOfVectors(vectors + 1, dimensions),
    );
    this.bytes = this.room.bytes.subarray(0, file.length);
    this.sum = new RowSum(this.room);
    this.grams = new RowSum(this.room);
    this.assembled = this.room.reserveVector();
    this.unknown = new RememberedWords(this.room, rememberedUnknownWords);
    const { buffer } = this.bytes;
    this.hashes = new Uint32Array(buffer, contentAt + layout.hashes, words);
    this.priors = new Uint8Array(buffer, contentAt + layout.priors, words);
    this.scales = new Float32Array(buffer, contentAt + layout.scales, words + buckets);
    this.firstRow = contentAt + layout.rows;
    this.bytesPerRow = layout.bytesPerRow;
    this.begins = indexHashes(this.hashes);
  }

  /** Number of the word with this hash, or -1. */
  find(hash: number): number {
    const { begins, hashes } = this;
    const prefix = hash >>> 16;
    const end = begins[prefix + 1]!;
    for (let at = begins[prefix]!; at < end; at++) if (hashes[at] === hash) return at;
    return -1;
  }

  /** What the word with this number weighed where the embedder learned. */
  priorAt(word: number): number {
    return this.priors[word]! * priorStep;
  }

  /** Is called before the words of a text are added, with who weighs them. */
  begin(user: object, weights: object): void {
    this.recent.begin(user, weights);
  }

  /** Adds a word to the text's sum, if it was added lately for the same user with the same weights. */
  addRecent(hash: number, target: number): boolean {
    return this.recent.addTo(this.sum, hash, target);
  }

  /** Adds the row of a word to the text's sum for the vector at `target`. */
  addKnown(word: number, hash: number, weight: number, target: number): void {
    this.addRow(this.sum, word, weight, target);
    if (this.header.bits === 4) this.recent.keep(hash, this.firstRow + word * this.bytesPerRow, this.scales[word]! * weight);
  }

  /** Adds a word without a row, put together from its n-grams. */
  addUnknown(word: string, hash: number, weight: number, target: number): void {
    const { unknown, sum } = this;
    const known = unknown.find(hash);
    const place = known < 0 ? this.putTogether(word, hash) : known;
    sum.addBytes(unknown.rowAt(place), unknown.scaleAt(place) * weight, target, middleOfRemembered);
  }

  private addRow(sum: RowSum, row: number, weight: number, target: number): void {
    const address = this.firstRow + row * this.bytesPerRow;
    if (this.header.bits === 4) sum.addHalfBytes(address, this.scales[row]! * weight, target);
    else sum.addBytes(address, this.scales[row]! * weight, target);
  }

  private putTogether(word: string, hash: number): number {
    const { header, grams, assembled } = this;
    this.room.clear(assembled);
    let count = 0;
    eachGram(word, header.buckets, (bucket) => {
      count++;
      this.addRow(grams, header.words + bucket, 1, assembled);
    });
    grams.finish(assembled);
    return this.unknown.keep(hash, assembled, unknownWordFactor / count);
  }
}

function indexHashes(hashes: Uint32Array): Uint32Array {
  const begins = new Uint32Array(65_537);
  for (const hash of hashes) begins[(hash >>> 16) + 1]!++;
  for (let prefix = 1; prefix < begins.length; prefix++) begins[prefix]! += begins[prefix - 1]!;
  return begins;
}
