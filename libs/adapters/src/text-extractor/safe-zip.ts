import { ExtractionError } from '@docent/ports';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

/** Limits on an Office file, checked before a parser sees it (zip bombs unpack about a thousand to one). */
export const zipLimits = {
  entries: 2000,
  entryBytes: 64 * 1024 * 1024,
  totalBytes: 128 * 1024 * 1024,
  ratio: 200,
  ratioFromBytes: 1024 * 1024,
};

/**
 * The directory of a zip. Throws `file_broken` where there is none, `file_too_complex` beyond the limits on what the entries
 * claim to unpack to, `file_encrypted` where entries are locked.
 */
export async function listZipEntries(content: Uint8Array): Promise<Entry[]> {
  return withZip(content, (_zip, entries) => Promise.resolve(entries));
}

/**
 * Unpacks the entries that `wanted` picks, in memory only: names are never used as paths. What an entry really unpacks to is
 * counted too, because a directory can lie. Throws as {@link listZipEntries}.
 */
export async function unzip(content: Uint8Array, wanted: (name: string) => boolean): Promise<Map<string, Buffer>> {
  return withZip(content, async (zip, entries) => {
    const unpacked = new Map<string, Buffer>();
    let left = zipLimits.totalBytes;
    for (const entry of entries) {
      if (!wanted(entry.fileName)) continue;
      const data = await readEntry(zip, entry, Math.min(left, zipLimits.entryBytes));
      left -= data.length;
      unpacked.set(entry.fileName, data);
    }
    return unpacked;
  });
}

async function withZip<Result>(content: Uint8Array, work: (zip: ZipFile, entries: Entry[]) => Promise<Result>): Promise<Result> {
  try {
    const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const zip = await fromBufferPromise(buffer, {
      lazyEntries: true,
      validateEntrySizes: true,
      strictFileNames: false,
      autoClose: false,
    });
    return await work(zip, await readDirectory(zip));
  } catch (error) {
    if (error instanceof ExtractionError) throw error;
    throw new ExtractionError('file_broken', 'The file is damaged or incomplete: it cannot be unpacked.', { cause: error });
  }
}

async function readDirectory(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > zipLimits.entries) throw tooComplex();
  const entries: Entry[] = [];
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    total += entry.uncompressedSize;
    const isBomb =
      entry.uncompressedSize > zipLimits.ratioFromBytes && entry.uncompressedSize > entry.compressedSize * zipLimits.ratio;
    if (isBomb || entry.uncompressedSize > zipLimits.entryBytes || total > zipLimits.totalBytes) throw tooComplex();
    if (entry.isEncrypted()) throw new ExtractionError('file_encrypted', 'The file is protected with a password.');
  }
  return entries;
}

async function readEntry(zip: ZipFile, entry: Entry, maxBytes: number): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) throw tooComplex();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tooComplex(): ExtractionError {
  return new ExtractionError('file_too_complex', 'The file unpacks to more data than can be read.');
}
