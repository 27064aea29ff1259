import { inverseDocumentFrequency } from '@docent/language';
import { EmbedderFileError, priorStep } from './embedder-file';
import { hashWord } from './hash-word';
import type { TextEmbedder, WeighWord } from './text-embedder';

/**
 * The weights of one knowledge base's words as bytes: 8 bytes magic, then little-endian 32-bit numbers (format version, passages, words), the
 * sorted hashes of the words (32 bits each), a byte of weight each, in steps of {@link priorStep}.
 */
const magic = 'DOCENTKW';
const formatVersion = 1;
const headerBytes = 20;
/** Of a word that nobody has weighed: as a word that stands in one of a thousand passages. */
const weightOfUnheard = 2.6;

/** Packs counted words: how many passages hold the word with this hash, which stands there as a signed number. */
export function writeKnowledgeWeights(passages: number, frequencies: ReadonlyMap<number, number>): Uint8Array {
  const hashes = Uint32Array.from(frequencies.keys()).sort();
  const bytes = Buffer.alloc(headerBytes + hashes.length * 5);
  bytes.write(magic, 0, 'latin1');
  [formatVersion, passages, hashes.length].forEach((value, at) => bytes.writeUInt32LE(value, 8 + at * 4));
  hashes.forEach((hash, at) => {
    bytes.writeUInt32LE(hash, headerBytes + at * 4);
    const weight = Math.sqrt(inverseDocumentFrequency(passages, frequencies.get(hash | 0)!));
    bytes[headerBytes + hashes.length * 4 + at] = Math.max(1, Math.min(255, Math.round(weight / priorStep)));
  });
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Weights as they were packed, over their bytes; what they are is said at `WordWeights`. */
export class KnowledgeWeights {
  readonly passages: number;
  /** Open addressing: hashes and weights (in steps, 0: nobody's place) where the hash or those before it fell. */
  private readonly hashes: Int32Array;
  private readonly weights: Uint8Array;
  private readonly ofOthers: number;

  /** The bytes are not kept. Throws {@link EmbedderFileError} where they are something else, of a later format, or cut. */
  constructor(
    bytes: Uint8Array,
    private readonly embedder: Pick<TextEmbedder, 'priorOf'>,
  ) {
    const { passages, count } = readHeader(bytes);
    this.passages = passages;
    this.ofOthers = Math.sqrt(inverseDocumentFrequency(passages, 0));
    const slots = 2 ** Math.ceil(Math.log2(count * 2 + 2));
    this.hashes = new Int32Array(slots);
    this.weights = new Uint8Array(slots);
    const words = new DataView(bytes.buffer, bytes.byteOffset + headerBytes);
    for (let word = 0; word < count; word++) {
      const hash = words.getInt32(word * 4, true);
      const slot = this.find(hash);
      this.hashes[slot] = hash;
      this.weights[slot] = words.getUint8(count * 4 + word);
    }
  }

  /** Bound, so that it can be handed on. */
  readonly weightOf = (word: string, hash = hashWord(word)): number => {
    const steps = this.weights[this.find(hash | 0)]!;
    if (steps > 0) return steps * priorStep;
    return Math.min(this.ofOthers, this.embedder.priorOf(word, hash) ?? this.ofOthers);
  };

  /** The slot of the hash, or the free one where it would be. */
  private find(hash: number): number {
    const { hashes, weights } = this;
    const last = hashes.length - 1;
    let slot = hash & last;
    while (weights[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & last;
    return slot;
  }
}

/** Weights where no knowledge has been counted yet: those of the texts that the embedder learned from. */
export function priorWeights(embedder: Pick<TextEmbedder, 'priorOf'>): WeighWord {
  return (word, hash) => embedder.priorOf(word, hash) ?? weightOfUnheard;
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
