import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Longer lists come from a broken or hostile server. */
const mostBytes = 4_000_000;

/** Words in few bytes, as text. */
export function packWords(words: Iterable<string>): string {
  return deflateRawSync([...words].join('\n')).toString('base64');
}

/** What {@link packWords} has packed; none where it is something else. */
export function unpackWords(packed: string): string[] {
  try {
    return inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostBytes })
      .toString('utf8')
      .split('\n')
      .filter((word) => word !== '');
  } catch {
    return [];
  }
}
