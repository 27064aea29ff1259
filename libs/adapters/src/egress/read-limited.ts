import { EgressError } from '@docent/ports';
import type { Response } from 'undici';

/** The whole body as it is after unpacking; stops the transfer beyond `maxBytes` with `too_large`. */
export async function readLimited(body: Response['body'], maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    const bytes = part as Uint8Array;
    size += bytes.byteLength;
    if (size > maxBytes) throw new EgressError('too_large', `The answer is larger than ${maxBytes} bytes.`);
    parts.push(bytes);
  }
  return Buffer.concat(parts, size);
}
