import type { IndexQuery, PassageVectors } from '@docent/ports';
import type { IndexOptions } from './index-options';
import type { PassageTable } from './passage-table';
import type { VectorMemory } from './vector-memory';
import { VectorSet, type NearPassage } from './vector-set';

/** The vectors of a bot's passages: the set that searches use, and others that grow beside it. */
export class BotVectors {
  /** The first is in use. */
  private sets: VectorSet[] = [];

  constructor(
    private readonly passages: PassageTable,
    private readonly memory: VectorMemory,
    private readonly options: Pick<IndexOptions, 'exactVectors'>,
  ) {}

  get bytes(): number {
    return this.sets.reduce((sum, set) => sum + set.bytes, 0);
  }

  get inUse(): string | null {
    return this.sets[0]?.name ?? null;
  }

  /** Adds or replaces a passage's vectors. The set is there afterwards, even for a passage that is not. */
  add(name: string, passage: number | undefined, vectors: PassageVectors): void {
    const set = this.open(name);
    if (passage !== undefined) set.add(passage, vectors);
  }

  /** The vector of a passage as a whole, coarser than it came; null where there is none in this set. */
  whole(name: string, passage: number): Float32Array | null {
    return this.sets.find((set) => set.name === name)?.whole(passage) ?? null;
  }

  switchTo(name: string): void {
    const chosen = this.open(name);
    for (const other of this.sets) if (other !== chosen) other.drop();
    this.sets = [chosen];
  }

  /** Overwrites the vectors of a passage, in all sets. */
  forget(passage: number): void {
    for (const set of this.sets) set.forget(passage);
  }

  drop(): void {
    for (const set of this.sets) set.drop();
    this.sets = [];
  }

  /** The nearest passages by meaning, and how near the others are; null where vectors say nothing about this question. */
  nearest(asked: IndexQuery['vector'], limit: number, others: number[]): Map<number, NearPassage> | null {
    const set = this.sets[0];
    if (!asked || !set?.size || set.name !== asked.set) return null;
    const { alive } = this.passages;
    const wanted = { question: asked.values, alive, limit, also: others, exactUpTo: this.options.exactVectors };
    return set.nearest(this.memory, wanted);
  }

  /** Adds a passage's vectors to those of another index, where it has that number. */
  copyPassage(passage: number, target: BotVectors, number: number): void {
    for (const set of this.sets) set.copyPassage(passage, target.open(set.name), number);
  }

  /** What does not go passage by passage: sets that hold nothing. */
  copyRest(target: BotVectors): void {
    for (const set of this.sets) target.open(set.name);
  }

  private open(name: string): VectorSet {
    let set = this.sets.find((held) => held.name === name);
    if (!set) this.sets.push((set = new VectorSet(name, this.memory)));
    return set;
  }
}
