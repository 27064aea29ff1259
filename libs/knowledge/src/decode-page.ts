import { TextDecoder } from 'node:util';

/**
 * The body of a web page as UTF-8 where its server declares another encoding, which nothing in the body may repeat. What is UTF-8 all the same
 * stays as it is: many servers declare the same for whatever they send.
 */
export function decodePage(body: Uint8Array, contentType: string): Uint8Array {
  const [mediaType = '', ...parameters] = contentType.toLowerCase().split(';');
  const label = parameters.map((parameter) => /^\s*charset\s*=\s*"?([^"\s]+)/u.exec(parameter)?.[1]).find((value) => value !== undefined);
  if (!label || !/^\s*(?:text\/|application\/xhtml)/u.test(mediaType)) return body;
  const decoder = decoderOf(label);
  if (!decoder || decoder.encoding === 'utf-8' || isNoText(body, decoder.encoding) || isWideUtf8(body)) return body;
  return Buffer.from(decoder.decode(body), 'utf8');
}

function decoderOf(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

/** Servers also declare an encoding for files that they take for text. */
function isNoText(body: Uint8Array, encoding: string): boolean {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 1024));
  return start.includes('%PDF-') || (!encoding.startsWith('utf-16') && start.includes(0));
}

/** UTF-8 that holds more than ASCII, which other encodings are written in too. */
function isWideUtf8(body: Uint8Array): boolean {
  if (!body.some((byte) => byte >= 0x80)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    return true;
  } catch {
    return false;
  }
}
