import { inverseDocumentFrequency } from '@docent/language';
import { EmbedderFileError, priorStep } from './embedder-file';
import { hashWord } from './hash-word';
import type { TextEmbedder } from './text-embedder';

/**
 * The weights of one knowledge base's words as bytes: 8 bytes magic, then little-endian 32-bit numbers (format version, passages, words), the
 * sorted hashes of the words (32 bits each), a byte of weight each, in steps of {@link priorStep}.
 */
const magic = 'DOCENTKW';
const formatVersion = 1;
const headerBytes = 20;
/** Of a word that nobody has weighed: as a word that stands in one of a thousand passages. */
const weightOfUnheard = 2.6;

/** Packs counted words: how many passages hold the word with this hash. */
export function writeKnowledgeWeights(passages: number, frequencies: ReadonlyMap<number, number>): Uint8Array {
  const hashes = Uint32Array.from(frequencies.keys()).sort();
  const bytes = Buffer.alloc(headerBytes + hashes.length * 5);
  bytes.write(magic, 0, 'latin1');
  [formatVersion, passages, hashes.length].forEach((value, at) => bytes.writeUInt32LE(value, 8 + at * 4));
  hashes.forEach((hash, at) => {
    bytes.writeUInt32LE(hash, headerBytes + at * 4);
    const weight = Math.sqrt(inverseDocumentFrequency(passages, frequencies.get(hash)!));
    bytes[headerBytes + hashes.length * 4 + at] = Math.max(1, Math.min(255, Math.round(weight / priorStep)));
  });
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Weights as they were packed, over their bytes; what they are is said at `WordWeights`. */
export class KnowledgeWeights {
  readonly passages: number;
  private readonly hashes: Uint32Array;
  private readonly weights: Uint8Array;
  /** Open addressing: a word's place plus one, where its hash or those before it fell. */
  private readonly slots: Int32Array;
  private readonly ofOthers: number;

  /** Throws {@link EmbedderFileError} where the bytes are something else, of a later format, or cut. */
  constructor(
    bytes: Uint8Array,
    private readonly embedder: Pick<TextEmbedder, 'priorOf'>,
  ) {
    // Views need their place in memory to be a multiple of four.
    const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    const { passages, count } = readHeader(own);
    this.passages = passages;
    this.hashes = new Uint32Array(own.buffer, own.byteOffset + headerBytes, count);
    this.weights = own.subarray(headerBytes + count * 4);
    this.ofOthers = Math.sqrt(inverseDocumentFrequency(passages, 0));
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(count * 2 + 2)));
    const last = this.slots.length - 1;
    this.hashes.forEach((hash, word) => {
      let at = hash & last;
      while (this.slots[at] !== 0) at = (at + 1) & last;
      this.slots[at] = word + 1;
    });
  }

  /** Bound, so that it can be handed on. */
  readonly weightOf = (word: string): number => {
    const place = this.find(hashWord(word));
    if (place >= 0) return this.weights[place]! * priorStep;
    return Math.min(this.ofOthers, this.embedder.priorOf(word) ?? this.ofOthers);
  };

  private find(hash: number): number {
    const { slots, hashes } = this;
    const last = slots.length - 1;
    for (let at = hash & last; ; at = (at + 1) & last) {
      const word = slots[at]! - 1;
      if (word < 0 || hashes[word] === hash) return word;
    }
  }
}

/** Weights where no knowledge has been counted yet: those of the texts that the embedder learned from. */
export function priorWeights(embedder: Pick<TextEmbedder, 'priorOf'>): (word: string) => number {
  return (word) => embedder.priorOf(word) ?? weightOfUnheard;
}

function readHeader(bytes: Uint8Array): { passages: number; count: number } {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes || start.toString('latin1', 0, 8) !== magic)
    throw new EmbedderFileError('not_an_embedder', 'These are no weights of a knowledge base.');
  if (start.readUInt32LE(8) !== formatVersion)
    throw new EmbedderFileError(
      'unknown_version',
      `Weights have format ${start.readUInt32LE(8)}; this program reads ${formatVersion}.`,
    );
  const [passages, count] = [start.readUInt32LE(12), start.readUInt32LE(16)];
  if (bytes.length !== headerBytes + count * 5)
    throw new EmbedderFileError('truncated', 'Weights of a knowledge base are cut short.');
  return { passages, count };
}
