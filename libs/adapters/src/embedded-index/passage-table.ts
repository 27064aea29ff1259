import { growArray } from './grow-array';
import { WordSequences, type WordSequence } from './word-sequences';

/**
 * The passages of a bot, numbered in order of arrival; removed ones keep their number until the index is compacted. Of each the words
 * as they are written are kept in order (title and headings first): they make exact removal, closeness of words and compaction possible.
 */
export class PassageTable {
  readonly chunkIds: string[] = [];
  private readonly byChunk = new Map<string, number>();
  private readonly words = new WordSequences();
  /** Where the words of each passage stand. */
  private places = new Uint32Array(64);
  private readonly sources: string[] = [];
  private readonly sourceNumbers = new Map<string, number>();
  /** The number of each passage's source. */
  private sourceOf = new Int32Array(64);
  /** Living passages of each source. */
  private livingOf = new Int32Array(64);
  /** Terms in the text itself. */
  lengths = new Float32Array(64);
  alive = new Uint8Array(64);
  private livingLength = 0;

  /** All passages, removed ones included. */
  get size(): number {
    return this.chunkIds.length;
  }

  get living(): number {
    return this.byChunk.size;
  }

  get averageLength(): number {
    return this.living ? Math.max(1, this.livingLength / this.living) : 1;
  }

  get bytes(): number {
    const numbers = this.places.length + this.sourceOf.length + this.livingOf.length + this.lengths.length;
    // Ids are strings of about 40 characters, those of passages kept in an array and a map.
    return this.words.bytes + numbers * 4 + this.alive.length + this.size * 110 + this.sources.length * 130;
  }

  add(chunkId: string, sourceId: string, title: ArrayLike<number>, headings: ArrayLike<number>, body: ArrayLike<number>): number {
    const passage = this.size;
    this.makeRoom(passage);
    this.places[passage] = this.words.add(title, headings, body);
    this.lengths[passage] = body.length;
    this.livingLength += body.length;
    this.alive[passage] = 1;
    this.chunkIds.push(chunkId);
    this.byChunk.set(chunkId, passage);
    const source = this.numberOfSource(sourceId);
    this.sourceOf[passage] = source;
    this.livingOf[source]!++;
    return passage;
  }

  /** The words of title, headings and text. Valid until the next call. */
  wordsOf(passage: number): WordSequence {
    return this.words.read(this.places[passage]!);
  }

  sourceIdOf(passage: number): string {
    return this.sources[this.sourceOf[passage]!]!;
  }

  /** Whether both passages are of one source. */
  areOfOneSource(left: number, right: number): boolean {
    return this.sourceOf[left] === this.sourceOf[right];
  }

  /** The living passage of that chunk. */
  find(chunkId: string): number | undefined {
    return this.byChunk.get(chunkId);
  }

  /** Living passages of a source. */
  countOf(sourceId: string): number {
    const source = this.sourceNumbers.get(sourceId);
    return source === undefined ? 0 : this.livingOf[source]!;
  }

  /** Numbers of the living passages of a source, ascending. */
  ofSource(sourceId: string): number[] {
    const source = this.sourceNumbers.get(sourceId);
    if (source === undefined || this.livingOf[source] === 0) return [];
    const found: number[] = [];
    for (let passage = 0; passage < this.size; passage++)
      if (this.sourceOf[passage] === source && this.alive[passage]) found.push(passage);
    return found;
  }

  remove(passage: number): void {
    this.alive[passage] = 0;
    this.livingLength -= this.lengths[passage]!;
    this.livingOf[this.sourceOf[passage]!]!--;
    this.byChunk.delete(this.chunkIds[passage]!);
  }

  private numberOfSource(sourceId: string): number {
    const known = this.sourceNumbers.get(sourceId);
    if (known !== undefined) return known;
    const number = this.sources.length;
    this.sources.push(sourceId);
    this.sourceNumbers.set(sourceId, number);
    this.livingOf = growArray(this.livingOf, number + 1);
    return number;
  }

  private makeRoom(passage: number): void {
    this.places = growArray(this.places, passage + 1);
    this.sourceOf = growArray(this.sourceOf, passage + 1);
    this.lengths = growArray(this.lengths, passage + 1);
    this.alive = growArray(this.alive, passage + 1);
  }
}
