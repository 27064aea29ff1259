import { EmbedderFileError } from './embedder-file';
import { quantiseRow, type RowBits } from './quantise-row';
import type { RowSum } from './row-sum';

/**
 * What one knowledge base has changed of an embedder: 8 bytes magic, then little-endian 32-bit numbers (format version, dimensions, bits,
 * number of rows), the first 16 bytes of the hash of the embedder that they were learned on, sorted hashes of the words (32 bits each),
 * scales (32-bit floats), rows. They stand in the place of that embedder's own rows and mean nothing without it.
 */
const magic = 'DOCENTLR';
const formatVersion = 1;
const hashBytes = 16;
const headerBytes = 24 + hashBytes;

export interface LearnedRow {
  /** Of the word, see `hashWord`. */
  hash: number;
  row: Float32Array;
}

export interface RowsHeader {
  dimensions: number;
  bits: RowBits;
  /** SHA-256 of the embedder's content, hexadecimal. */
  embedder: string;
}

/** Packs rows. The hashes must differ. */
export function writeLearnedRows({ dimensions, bits, embedder }: RowsHeader, rows: LearnedRow[]): Uint8Array {
  const bytesPerRow = (dimensions * bits) / 8;
  const bytes = Buffer.alloc(headerBytes + rows.length * (8 + bytesPerRow));
  bytes.write(magic, 0, 'latin1');
  [formatVersion, dimensions, bits, rows.length].forEach((value, at) => bytes.writeUInt32LE(value, 8 + at * 4));
  bytes.write(embedder, 24, hashBytes, 'hex');
  [...rows]
    .sort((left, right) => left.hash - right.hash)
    .forEach(({ hash, row }, at) => {
      bytes.writeUInt32LE(hash, headerBytes + at * 4);
      const scale = quantiseRow(row, bits, bytes, headerBytes + rows.length * 8 + at * bytesPerRow);
      bytes.writeFloatLE(scale, headerBytes + (rows.length + at) * 4);
    });
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Learned rows over their bytes, found by the hash of a word. */
export class LearnedRows {
  private readonly bits: RowBits;
  private readonly scales: Float32Array;
  private readonly packed: Int32Array;
  private readonly piecesPerRow: number;
  private readonly hashes: Uint32Array;
  /** Open addressing: a row's place plus one, where its hash or those before it fell. */
  private readonly slots: Int32Array;

  /** Throws {@link EmbedderFileError} where the bytes are of another format, cut, or learned on another embedder. */
  constructor(bytes: Uint8Array, dimensions: number, embedder: string) {
    // Views need their place in memory to be a multiple of four.
    const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    const { bits, count } = readHeader(own, dimensions, embedder);
    this.bits = bits;
    this.piecesPerRow = (dimensions * bits) / 32;
    this.scales = new Float32Array(own.buffer, own.byteOffset + headerBytes + count * 4, count);
    this.packed = new Int32Array(own.buffer, own.byteOffset + headerBytes + count * 8, count * this.piecesPerRow);
    this.hashes = new Uint32Array(own.buffer, own.byteOffset + headerBytes, count);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(count * 2 + 2)));
    this.hashes.forEach((hash, row) => {
      let at = hash & (this.slots.length - 1);
      while (this.slots[at] !== 0) at = (at + 1) & (this.slots.length - 1);
      this.slots[at] = row + 1;
    });
  }

  get count(): number {
    return this.hashes.length;
  }

  /** Place of the row of the word with this hash, or -1. */
  find(hash: number): number {
    const { slots, hashes } = this;
    const last = slots.length - 1;
    for (let at = hash & last; ; at = (at + 1) & last) {
      const row = slots[at]! - 1;
      if (row < 0 || hashes[row] === hash) return row;
    }
  }

  /** Adds a row to the sum that is going on for the vector at `target`. */
  addTo(sum: RowSum, row: number, weight: number, target: number): void {
    const { packed, piecesPerRow, scales, bits } = this;
    const address = sum.invite(packed, row * piecesPerRow, piecesPerRow);
    if (bits === 4) sum.addHalfBytes(address, scales[row]! * weight, target);
    else sum.addBytes(address, scales[row]! * weight, target);
  }
}

function readHeader(bytes: Uint8Array, dimensions: number, embedder: string): { bits: RowBits; count: number } {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes || start.toString('latin1', 0, 8) !== magic)
    throw new EmbedderFileError('not_an_embedder', 'These are no learned rows.');
  const [version, width, bits, count] = [8, 12, 16, 20].map((at) => start.readUInt32LE(at)) as [number, number, number, number];
  if (version !== formatVersion)
    throw new EmbedderFileError('unknown_version', `Learned rows have format ${version}; this program reads ${formatVersion}.`);
  if (
    width !== dimensions ||
    start.toString('hex', 24, headerBytes) !== embedder.slice(0, hashBytes * 2) ||
    (bits !== 4 && bits !== 8)
  )
    throw new EmbedderFileError('altered', 'These rows were learned on another embedder.');
  if (bytes.length !== headerBytes + count * (8 + (dimensions * bits) / 8))
    throw new EmbedderFileError('truncated', 'Learned rows are cut short.');
  return { bits, count };
}
