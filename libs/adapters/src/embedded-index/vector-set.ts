import type { PassageVectors } from '@docent/ports';
import type { PassageTable } from './passage-table';
import { VectorStore } from './vector-store';

/** How near a passage is to the question. */
export interface Nearness {
  /** Mean of the cosines of the whole passage and of its best window; -Infinity for a passage without vectors. */
  scores: Float32Array;
  /** The nearest window of each passage; -1 where it has none. */
  windows: Int32Array;
}

/** The vectors of one bot by one embedder and one model of its knowledge. */
export class VectorSet {
  private readonly wholes = new VectorStore();
  private readonly windows = new VectorStore();
  /** Number of each window within its passage. */
  private readonly windowNumbers: number[] = [];
  private readonly held = new Set<number>();

  constructor(readonly name: string) {}

  get bytes(): number {
    return this.wholes.bytes + this.windows.bytes + this.windowNumbers.length * 8;
  }

  get size(): number {
    return this.wholes.size;
  }

  holds(passage: number): boolean {
    return this.held.has(passage);
  }

  add(passage: number, { whole, windows }: PassageVectors): void {
    this.held.add(passage);
    this.wholes.add(passage, whole);
    windows.forEach((window, number) => {
      this.windows.add(passage, window);
      this.windowNumbers.push(number);
    });
  }

  nearness(question: Float32Array, passages: number): Nearness {
    const scores = this.wholes.bestByPassage(question, passages).best;
    const { best, places } = this.windows.bestByPassage(question, passages);
    const windows = places.map((place) => (place < 0 ? -1 : this.windowNumbers[place]!));
    for (let passage = 0; passage < passages; passage++)
      if (windows[passage]! >= 0) scores[passage] = (scores[passage]! + best[passage]!) / 2;
    return { scores, windows };
  }

  /** Copies what `isKept` accepts into a fresh set; `target` gives a passage's number there. */
  copy(from: PassageTable, target: PassageTable): VectorSet {
    const fresh = new VectorSet(this.name);
    const numberOf = (passage: number): number | undefined =>
      from.alive[passage] ? target.find(from.chunkIds[passage]!) : undefined;
    this.wholes.each((passage, vector) => {
      const number = numberOf(passage);
      if (number === undefined) return;
      fresh.wholes.add(number, vector);
      fresh.held.add(number);
    });
    this.windows.each((passage, vector, place) => {
      const number = numberOf(passage);
      if (number === undefined) return;
      fresh.windows.add(number, vector);
      fresh.windowNumbers.push(this.windowNumbers[place]!);
    });
    return fresh;
  }
}
