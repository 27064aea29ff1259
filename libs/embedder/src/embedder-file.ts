import { createHash } from 'node:crypto';
import { numbersAtOnce } from './add-rows-kernels';
import type { RowBits } from './quantise-row';

/**
 * One file: 8 bytes magic, two little-endian 32-bit numbers (format version, length of the header), the header as JSON in UTF-8 padded with
 * blanks to a multiple of 64 bytes with what stands before it, then the content: sorted hashes of the words (32 bits each), scales of the rows
 * (32-bit floats: words in the order of their hashes, then buckets), prior weights of the words (a byte each, {@link priorStep}), rows.
 */
export const magic = 'DOCENTEV';
export const formatVersion = 1;
/** A prior weight is its byte times this. */
export const priorStep = 1 / 64;
/** Sections of the content begin at multiples of this, so that typed views can be laid over them. */
const alignment = 64;
const fixedBytes = 16;

export interface EmbedderHeader {
  /** Base codes of the languages that it was trained on. */
  languages: string[];
  dimensions: number;
  bits: RowBits;
  /** Rows of words, then rows of hashed n-grams. */
  words: number;
  buckets: number;
  /** How it was trained: everything needed to make the same file again. */
  training: Record<string, unknown>;
  /** SHA-256 of the content, hexadecimal. */
  sha256: string;
}

export type EmbedderProblem = 'not_an_embedder' | 'unknown_version' | 'truncated' | 'altered';

/** The bytes are no embedder, of a later format, cut short, or not what was written. */
export class EmbedderFileError extends Error {
  constructor(
    readonly problem: EmbedderProblem,
    message: string,
  ) {
    super(message);
    this.name = 'EmbedderFileError';
  }
}

/** Where the sections of the content begin, in bytes from its start. */
export interface ContentLayout {
  hashes: number;
  scales: number;
  priors: number;
  rows: number;
  bytesPerRow: number;
  totalBytes: number;
}

export function layOutContent({
  words,
  buckets,
  dimensions,
  bits,
}: Pick<EmbedderHeader, 'words' | 'buckets' | 'dimensions' | 'bits'>): ContentLayout {
  const bytesPerRow = (dimensions * bits) / 8;
  const scales = align(words * 4);
  const priors = align(scales + (words + buckets) * 4);
  const rows = align(priors + words);
  return { hashes: 0, scales, priors, rows, bytesPerRow, totalBytes: rows + (words + buckets) * bytesPerRow };
}

/** The header and where the content begins, both checked. Throws {@link EmbedderFileError}. */
export function readEmbedderFile(bytes: Uint8Array): { header: EmbedderHeader; contentAt: number } {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < fixedBytes || start.toString('latin1', 0, 8) !== magic)
    throw new EmbedderFileError('not_an_embedder', 'This is not an embedder file.');
  const version = start.readUInt32LE(8);
  if (version !== formatVersion)
    throw new EmbedderFileError(
      'unknown_version',
      `The embedder file has format ${version}; this program reads ${formatVersion}.`,
    );
  const contentAt = fixedBytes + start.readUInt32LE(12);
  if (contentAt > bytes.length) throw new EmbedderFileError('truncated', 'The embedder file ends within its header.');
  const header = parseHeader(start.toString('utf8', fixedBytes, contentAt));
  const missing = contentAt + layOutContent(header).totalBytes - bytes.length;
  if (missing > 0) throw new EmbedderFileError('truncated', `The embedder file is cut: ${missing} bytes are missing.`);
  if (contentAt % alignment !== 0 || hashContent(bytes.subarray(contentAt)) !== header.sha256)
    throw new EmbedderFileError('altered', 'The embedder file is not what was written: its hash differs.');
  return { header, contentAt };
}

/** The file for a header (its hash is filled in here) and a content. */
export function composeEmbedderFile(header: Omit<EmbedderHeader, 'sha256'>, content: Uint8Array): Uint8Array {
  const json = Buffer.from(JSON.stringify({ ...header, sha256: hashContent(content) }), 'utf8');
  const contentAt = align(fixedBytes + json.length);
  const file = Buffer.alloc(contentAt + content.length, ' ');
  file.write(magic, 0, 'latin1');
  file.writeUInt32LE(formatVersion, 8);
  file.writeUInt32LE(contentAt - fixedBytes, 12);
  json.copy(file, fixedBytes);
  file.set(content, contentAt);
  return new Uint8Array(file.buffer, file.byteOffset, file.length);
}

function hashContent(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function parseHeader(json: string): EmbedderHeader {
  try {
    const header = JSON.parse(json) as EmbedderHeader;
    const numbers = [header.dimensions, header.words, header.buckets];
    const isSound =
      numbers.every((value) => Number.isSafeInteger(value) && value >= 0) &&
      header.dimensions % numbersAtOnce === 0 &&
      (header.bits === 4 || header.bits === 8);
    if (isSound && header.dimensions > 0 && header.buckets > 0) return header;
  } catch {
    // Said below.
  }
  throw new EmbedderFileError('altered', 'The header of the embedder file cannot be read.');
}

function align(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
