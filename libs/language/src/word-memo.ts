const firstSlots = 1 << 10;

/**
 * Remembers something by words and finds it by a word's place in a text, without cutting the word out. The caller hashes, because it walks
 * the letters anyway. Open addressing with steps of one, at most half full.
 */
export class WordMemo<T extends { form: string }> {
  private hashes = new Int32Array(firstSlots);
  private values: (T | undefined)[] = new Array<T | undefined>(firstSlots).fill(undefined);
  size = 0;

  find(text: string, start: number, end: number, hash: number): T | undefined {
    const { hashes, values } = this;
    const mask = hashes.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const value = values[slot];
      if (value === undefined) return undefined;
      if (hashes[slot] === hash && isAt(value.form, text, start, end)) return value;
    }
  }

  /** The word must be new. */
  add(value: T, hash: number): void {
    if (this.size * 2 >= this.hashes.length) this.grow();
    this.place(value, hash);
    this.size += 1;
  }

  clear(): void {
    this.hashes = new Int32Array(firstSlots);
    this.values = new Array<T | undefined>(firstSlots).fill(undefined);
    this.size = 0;
  }

  private place(value: T, hash: number): void {
    const mask = this.hashes.length - 1;
    let slot = spread(hash) & mask;
    while (this.values[slot] !== undefined) slot = (slot + 1) & mask;
    this.hashes[slot] = hash;
    this.values[slot] = value;
  }

  private grow(): void {
    const { hashes, values } = this;
    this.hashes = new Int32Array(hashes.length * 2);
    this.values = new Array<T | undefined>(hashes.length * 2).fill(undefined);
    values.forEach((value, slot) => value && this.place(value, hashes[slot]!));
  }
}

/** The low bits of FNV-1a follow the last letters; the high ones are mixed in. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}

function isAt(form: string, text: string, start: number, end: number): boolean {
  if (form.length !== end - start) return false;
  for (let at = 0; at < form.length; at++) if (form.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}
