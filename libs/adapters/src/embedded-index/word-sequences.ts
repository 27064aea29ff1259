import { growArray } from './grow-array';

/**
 * Sequences do not go across pages, so that a bot grows without copying what it has. Pages are so large that the system's allocator maps each
 * by itself: what is not written yet takes no memory, and they leave no holes between shorter-lived things.
 */
const pageBytes = 262_144;

/** The numbers of one sequence, one part after the other. Valid until the next one is read. */
export interface WordSequence {
  words: Int32Array;
  /** Where the second and the third part begin. */
  second: number;
  third: number;
}

/**
 * Sequences of numbers in three parts each, in as many bytes as they need (LEB128): words that came early have small numbers, and most
 * words of a text are frequent ones, so a word takes one and a half bytes instead of four.
 */
export class WordSequences {
  private readonly pages: Uint8Array[] = [];
  /** Of the last page. */
  private used = pageBytes;
  private scratch = new Int32Array(256);
  /** Where the next number is read. */
  private page: Uint8Array = new Uint8Array(0);
  private at = 0;

  /** Memory in bytes. */
  get bytes(): number {
    const full = this.pages.slice(0, -1).reduce((sum, page) => sum + page.length, 0);
    return full + (this.pages.length > 0 ? this.used : 0) + this.scratch.byteLength;
  }

  /** Returns the place under which {@link read} finds it. Numbers are whole and at least 0. */
  add(...parts: [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>]): number {
    this.makeRoom(parts.reduce((sum, part) => sum + bytesOf(part), 0));
    const page = this.pages.length - 1;
    const place = page * pageBytes + this.used;
    for (const part of parts) this.write(this.pages[page]!, part.length);
    for (const part of parts) for (let at = 0; at < part.length; at++) this.write(this.pages[page]!, part[at]!);
    return place;
  }

  read(place: number): WordSequence {
    this.page = this.pages[Math.floor(place / pageBytes)]!;
    this.at = place % pageBytes;
    const second = this.next();
    const third = second + this.next();
    const length = third + this.next();
    const words = (this.scratch = growArray(this.scratch, length));
    for (let index = 0; index < length; index++) words[index] = this.next();
    return { words: words.subarray(0, length), second, third };
  }

  private next(): number {
    const { page } = this;
    let byte = page[this.at++]!;
    if (byte < 128) return byte;
    let number = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = page[this.at++]!;
      number |= (byte & 127) << shift;
    }
    return number;
  }

  private write(page: Uint8Array, number: number): void {
    for (; number > 127; number >>>= 7) page[this.used++] = (number & 127) | 128;
    page[this.used++] = number;
  }

  private makeRoom(bytes: number): void {
    const last = this.pages.at(-1);
    if (last && this.used + bytes <= Math.min(pageBytes, last.length)) return;
    this.pages.push(new Uint8Array(Math.max(pageBytes, bytes)));
    this.used = 0;
  }
}

function bytesOf(part: ArrayLike<number>): number {
  let bytes = bytesOfNumber(part.length);
  for (let at = 0; at < part.length; at++) bytes += bytesOfNumber(part[at]!);
  return bytes;
}

function bytesOfNumber(number: number): number {
  return number < 128 ? 1 : 1 + Math.floor((31 - Math.clz32(number)) / 7);
}
