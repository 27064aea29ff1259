import { growArray } from './grow-array';

/**
 * The passages of a bot, numbered in order of arrival; removed ones keep their number until the index is compacted. Of each the words
 * as they are written are kept in order (title and headings first): they make exact removal, closeness of words and compaction possible.
 */
export class PassageTable {
  readonly chunkIds: string[] = [];
  readonly sourceIds: string[] = [];
  private readonly byChunk = new Map<string, number>();
  private readonly bySource = new Map<string, Set<number>>();
  tokens = new Int32Array(1_024);
  private tokenCount = 0;
  /** Where the passage's terms start; one more entry than passages. */
  starts = new Int32Array(64);
  /** Where the terms of the text itself start, after title and headings. */
  bodyStarts = new Int32Array(64);
  /** Where the headings start, after the title. */
  headingStarts = new Int32Array(64);
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
    const numbers =
      this.tokens.length + this.starts.length + this.bodyStarts.length + this.headingStarts.length + this.lengths.length;
    // Ids are strings of about 40 characters, kept in an array, a map and a set.
    return numbers * 4 + this.alive.length + this.size * 160;
  }

  add(chunkId: string, sourceId: string, title: ArrayLike<number>, headings: ArrayLike<number>, body: ArrayLike<number>): number {
    const passage = this.size;
    this.makeRoom(passage, title.length + headings.length + body.length);
    this.starts[passage] = this.tokenCount;
    this.append(title);
    this.headingStarts[passage] = this.tokenCount;
    this.append(headings);
    this.bodyStarts[passage] = this.tokenCount;
    this.append(body);
    this.starts[passage + 1] = this.tokenCount;
    this.lengths[passage] = body.length;
    this.livingLength += body.length;
    this.alive[passage] = 1;
    this.chunkIds.push(chunkId);
    this.sourceIds.push(sourceId);
    this.byChunk.set(chunkId, passage);
    let ofSource = this.bySource.get(sourceId);
    if (!ofSource) this.bySource.set(sourceId, (ofSource = new Set()));
    ofSource.add(passage);
    return passage;
  }

  /** The living passage of that chunk. */
  find(chunkId: string): number | undefined {
    return this.byChunk.get(chunkId);
  }

  ofSource(sourceId: string): ReadonlySet<number> {
    return this.bySource.get(sourceId) ?? new Set();
  }

  remove(passage: number): void {
    this.alive[passage] = 0;
    this.livingLength -= this.lengths[passage]!;
    this.byChunk.delete(this.chunkIds[passage]!);
    const sourceId = this.sourceIds[passage]!;
    const ofSource = this.bySource.get(sourceId);
    ofSource?.delete(passage);
    if (ofSource?.size === 0) this.bySource.delete(sourceId);
  }

  private append(terms: ArrayLike<number>): void {
    this.tokens.set(terms, this.tokenCount);
    this.tokenCount += terms.length;
  }

  private makeRoom(passage: number, terms: number): void {
    this.tokens = growArray(this.tokens, this.tokenCount + terms);
    this.starts = growArray(this.starts, passage + 2);
    this.bodyStarts = growArray(this.bodyStarts, passage + 1);
    this.headingStarts = growArray(this.headingStarts, passage + 1);
    this.lengths = growArray(this.lengths, passage + 1);
    this.alive = growArray(this.alive, passage + 1);
  }
}
