import type { PassageTable } from './passage-table';

const mostShares = 10_000;

/** What the best entry of each list has of the list's gain at the most: bounds what a passage can still get from lists that were not read. */
export class LargestShares {
  private readonly shares = new Map<number, number>();
  /** What the index held when they were seen. */
  private seenAt = { size: 0, living: 0 };

  constructor(private readonly passages: PassageTable) {}

  /** As it was seen since the index last changed; otherwise the most there can be. */
  of(term: number): number {
    this.forgetAfterChange();
    return this.shares.get(term) ?? 1;
  }

  note(term: number, share: number): void {
    this.shares.set(term, share);
  }

  private forgetAfterChange(): void {
    const { size, living } = this.passages;
    if (size === this.seenAt.size && living === this.seenAt.living && this.shares.size < mostShares) return;
    this.seenAt = { size, living };
    this.shares.clear();
  }
}
