import { growArray } from './grow-array';

/** Units of 16 bits. Blocks do not go across pages, so that a bot grows without copying what it has; why so large, `WordSequences` says. */
const pageUnits = 131_072;
const pageShift = 17;
/** A block begins with the address of the next one and its first entry, two units each. */
const headerUnits = 4;
const firstBlock = 6;
const largestBlock = 256;
const maxFrequency = 255;
/** A unit holds the gap to the passage before and, in its low bits, the frequency: so many quarters of it less one. */
const frequencyBits = 4;
const frequencySteps = 4;
/** The frequency stands in a unit of its own, behind. */
const ownUnit = 15;
/** Gaps from there on do not fit beside the frequency: this mark and the higher bits stand before. A unit of 0 ends a block. */
const largeGap = 4_096;
const largeGapBits = 12;
const largeGapMark = 1;

/**
 * For each term the passages that hold it, ascending, each with its weighted frequency: as gaps, most of them 16 bits with the frequency. A
 * list is a chain of blocks that double in size. A bot may hold 2^23 passages.
 */
export class PostingLists {
  private readonly pages: Uint16Array[] = [];
  /** Of the last page; address 0 means nothing. */
  private used = pageUnits;
  private heads = new Uint32Array(64);
  /** Of each list the last block: where it begins, its size, where it goes on. */
  private blocks = new Uint32Array(64);
  private sizes = new Uint16Array(64);
  private writeAt = new Uint32Array(64);
  private lastPassages = new Int32Array(64);
  private lengths = new Int32Array(64);
  private terms = 0;
  /** One block, unpacked. */
  private readonly entries = new Int32Array(largestBlock);

  get bytes(): number {
    return ((this.pages.length - 1) * pageUnits + this.used) * 2 + this.heads.length * 22;
  }

  /** Entries of a term, those of removed passages included. */
  length(term: number): number {
    return this.lengths[term] ?? 0;
  }

  /** Passages of a term must come in ascending order. */
  add(term: number, passage: number, frequency: number): void {
    if (term >= this.terms) this.openTerm(term);
    const count = Math.min(maxFrequency, frequency);
    const gap = passage - this.lastPassages[term]!;
    const isShort = count % frequencySteps === 0 && count > 0 && count / frequencySteps <= ownUnit;
    const units = 1 + (gap < largeGap ? 0 : 2) + (isShort ? 0 : 1);
    if (this.writeAt[term]! + units > this.blocks[term]! + this.sizes[term]!) this.appendBlock(term, (passage << 8) | count);
    else {
      if (gap >= largeGap) {
        this.write(term, largeGapMark);
        this.write(term, gap >> largeGapBits);
      }
      this.write(term, ((gap & (largeGap - 1)) << frequencyBits) | (isShort ? count / frequencySteps - 1 : ownUnit));
      if (!isShort) this.write(term, count);
    }
    this.lastPassages[term] = passage;
    this.lengths[term]!++;
  }

  /**
   * Calls back with one block of entries after the other, each entry `passage << 8 | frequency`, valid until the callback returns; stops when it
   * says false. Blocks that end before the passage that `from` says at that moment may be left out.
   */
  eachRun(term: number, visit: (entries: Int32Array, count: number) => boolean | void, from?: () => number): void {
    let at = this.heads[term] ?? 0;
    for (let size = firstBlock; at !== 0; size = sizeAfter(size)) {
      const page = this.pages[at >>> pageShift]!;
      const place = at & (pageUnits - 1);
      const next = twoUnits(page, place) >>> 0;
      const isBefore = next !== 0 && from !== undefined && this.firstEntry(next) >> 8 <= from();
      if (!isBefore && visit(this.entries, this.unpack(page, place, place + size)) === false) return;
      at = next;
    }
  }

  private unpack(page: Uint16Array, place: number, end: number): number {
    const { entries } = this;
    let count = 1;
    let passage = (entries[0] = twoUnits(page, place + 2)) >> 8;
    for (let at = place + headerUnits; at < end; at++) {
      let unit = page[at]!;
      if (unit <= largeGapMark) {
        if (unit === 0) break;
        passage += page[at + 1]! << largeGapBits;
        unit = page[(at += 2)]!;
      }
      passage += unit >> frequencyBits;
      const steps = unit & ownUnit;
      entries[count++] = (passage << 8) | (steps === ownUnit ? page[++at]! : (steps + 1) * frequencySteps);
    }
    return count;
  }

  private firstEntry(address: number): number {
    return twoUnits(this.pages[address >>> pageShift]!, (address & (pageUnits - 1)) + 2);
  }

  private openTerm(term: number): void {
    this.terms = term + 1;
    this.heads = growArray(this.heads, this.terms);
    this.blocks = growArray(this.blocks, this.terms);
    this.sizes = growArray(this.sizes, this.terms);
    this.writeAt = growArray(this.writeAt, this.terms);
    this.lastPassages = growArray(this.lastPassages, this.terms);
    this.lengths = growArray(this.lengths, this.terms);
  }

  private appendBlock(term: number, entry: number): void {
    const before = this.blocks[term]!;
    const size = this.heads[term] === 0 ? firstBlock : sizeAfter(this.sizes[term]!);
    const address = this.takeUnits(size);
    if (this.heads[term] === 0) this.heads[term] = address;
    else this.putTwo(before, address);
    this.putTwo(address + 2, entry);
    this.blocks[term] = address;
    this.sizes[term] = size;
    this.writeAt[term] = address + headerUnits;
  }

  private takeUnits(size: number): number {
    if (this.used + size > pageUnits) {
      this.pages.push(new Uint16Array(pageUnits));
      this.used = this.pages.length === 1 ? 1 : 0;
    }
    const address = (this.pages.length - 1) * pageUnits + this.used;
    this.used += size;
    return address;
  }

  private write(term: number, unit: number): void {
    const address = this.writeAt[term]!++;
    this.pages[address >>> pageShift]![address & (pageUnits - 1)] = unit;
  }

  private putTwo(address: number, value: number): void {
    const page = this.pages[address >>> pageShift]!;
    page[address & (pageUnits - 1)] = value & 0xffff;
    page[(address & (pageUnits - 1)) + 1] = value >>> 16;
  }
}

function sizeAfter(size: number): number {
  return Math.min(size * 2, largestBlock);
}

function twoUnits(page: Uint16Array, place: number): number {
  return page[place]! | (page[place + 1]! << 16);
}
