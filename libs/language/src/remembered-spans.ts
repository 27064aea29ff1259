import type { Span } from './split-sentences';

/** What is shorter is split as fast as it is found here; what is longer is a document that is read once. */
const shortest = 160;
const longest = 4_000;
const most = 2_000;

/**
 * Remembers where the sentences of the texts lie that were split lately. It holds offsets and two hashes of a text, never the text: nothing of
 * a deleted document stays in it. Half a megabyte when it is full; then it begins anew.
 */
export class RememberedSpans {
  private spans = new Map<number, { check: number; ends: Uint16Array }>();

  /** The spans of a text that was kept; they are the caller's to change. */
  find(text: string): Span[] | undefined {
    if (!isKept(text)) return undefined;
    const { key, check } = hashesOf(text);
    const known = this.spans.get(key);
    if (known?.check !== check) return undefined;
    const spans: Span[] = [];
    for (let at = 0; at < known.ends.length; at += 2) spans.push({ start: known.ends[at]!, end: known.ends[at + 1]! });
    return spans;
  }

  /** Returns the spans. */
  keep(text: string, spans: Span[]): Span[] {
    if (!isKept(text)) return spans;
    if (this.spans.size >= most) this.spans.clear();
    const { key, check } = hashesOf(text);
    this.spans.set(key, { check, ends: Uint16Array.from(spans.flatMap(({ start, end }) => [start, end])) });
    return spans;
  }
}

function isKept({ length }: string): boolean {
  return length >= shortest && length <= longest;
}

/** FNV-1a and a polynomial of another base with the length: together as good as 64 bits. */
function hashesOf(text: string): { key: number; check: number } {
  let key = 0x811c9dc5 | 0;
  let check = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    key = Math.imul(key ^ unit, 0x01000193);
    check = (Math.imul(check, 0x5bd1e995) + unit) | 0;
  }
  return { key, check: check ^ (check >>> 15) };
}
