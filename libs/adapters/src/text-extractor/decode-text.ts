import { ExtractionError } from '@docent/ports';

/**
 * Bytes to text: the mark at the start decides, then UTF-8 if it fits without error, then UTF-16 without mark (every second
 * byte zero), then what an HTML page declares, then the older one-byte and East Asian encodings by likelihood.
 * Throws `unsupported_file` where the bytes are no text.
 */
export function decodeText(content: Uint8Array, kind: 'html' | 'text' = 'text'): string {
  const marked = encodingByMark(content);
  if (marked) return decode(content, marked);
  const utf16 = encodingByZeros(content);
  if (utf16) return decode(content, utf16);
  if (looksBinary(content)) throw new ExtractionError('unsupported_file', 'The file is not text: it holds binary data.');
  const utf8 = decodeStrictly(content, 'utf-8');
  if (utf8 !== null) return utf8;
  const declared = kind === 'html' ? declaredEncoding(content) : null;
  return decode(content, declared ?? likelyEncoding(content));
}

/** Whether too many bytes are control characters for this to be text in any encoding that is not UTF-16. */
export function looksBinary(content: Uint8Array): boolean {
  const sample = content.subarray(0, 65_536);
  let controls = 0;
  let zeros = 0;
  for (const byte of sample) {
    if (byte === 0) zeros += 1;
    else if (byte < 32 && (byte < 8 || byte > 13) && byte !== 27) controls += 1;
  }
  return controls > sample.length * 0.01 + 2 || zeros > sample.length * 0.1;
}

/** Whether there is any byte that no text in a one-byte encoding or in UTF-8 holds. */
export function holdsControls(sample: Uint8Array): boolean {
  return sample.some((byte) => byte < 32 && (byte < 8 || byte > 13) && byte !== 27);
}

/** UTF-16 without a mark: in one half of the positions nearly nothing but zeros, in the other nearly none (Latin text). */
export function encodingByZeros(content: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = content.subarray(0, 4096 & ~1);
  const pairs = sample.length >> 1;
  if (pairs < 4) return null;
  const zeros = [0, 0];
  for (let at = 0; at < pairs * 2; at += 1) if (sample[at] === 0) zeros[at & 1]! += 1;
  if (zeros[1]! > pairs * 0.6 && zeros[0]! < pairs * 0.05) return 'utf-16le';
  if (zeros[0]! > pairs * 0.6 && zeros[1]! < pairs * 0.05) return 'utf-16be';
  return null;
}

export function encodingByMark(content: Uint8Array): string | null {
  if (content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf) return 'utf-8';
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le';
  if (content[0] === 0xfe && content[1] === 0xff) return 'utf-16be';
  return null;
}

/** The encoding sniffing of the HTML standard, shortened: `charset=` in the first kilobyte. */
function declaredEncoding(content: Uint8Array): string | null {
  const head = Buffer.from(content.subarray(0, 1024)).toString('latin1');
  const label = /charset\s*=\s*["']?\s*([a-z0-9_-]+)/iu.exec(head)?.[1];
  if (!label) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/**
 * Few high bytes: Western European. Many: Cyrillic where nearly all of them are letters of windows-1251, East Asian where
 * one of those encodings fits without error. Undeclared text in other encodings comes out wrong; it cannot be told apart.
 */
function likelyEncoding(content: Uint8Array): string {
  const sample = content.subarray(0, 65_536);
  const high = sample.filter((byte) => byte >= 0x80);
  if (high.length < sample.length * 0.3) return mostlyUtf8(sample, high.length) ? 'utf-8' : 'windows-1252';
  const letters = high.filter((byte) => byte >= 0xc0 || byte === 0xa8 || byte === 0xb8).length;
  if (letters > high.length * 0.95) return 'windows-1251';
  for (const encoding of ['shift_jis', 'gb18030', 'big5', 'euc-kr'])
    if (decodeStrictly(content, encoding) !== null) return encoding;
  return mostlyUtf8(sample, high.length) ? 'utf-8' : 'windows-1252';
}

/** UTF-8 with a few broken bytes (a file that was cut in the middle of a character) is still UTF-8. */
function mostlyUtf8(sample: Uint8Array, highBytes: number): boolean {
  const broken = decode(sample, 'utf-8').split('\ufffd').length - 1;
  return broken * 10 < highBytes;
}

function decodeStrictly(content: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

function decode(content: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(content);
}
