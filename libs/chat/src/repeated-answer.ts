/**
 * For readers to whom a text can't be taken back: what is new of an answer that was begun anew. As long as it repeats what was said
 * before, nothing; then what follows. Null where it says something else, so that the two can't be joined.
 */
export class RepeatedAnswer {
  private said = '';
  /** What the present attempt has said; shorter than `said` while it catches up. */
  private again = '';

  add(piece: string): string | null {
    this.again += piece;
    if (this.said.startsWith(this.again)) return '';
    if (!this.again.startsWith(this.said)) return null;
    const fresh = this.again.slice(this.said.length);
    this.said = this.again;
    return fresh;
  }

  restart(): void {
    this.again = '';
  }

  /** Whether everything that was said has been said again. */
  get isWhole(): boolean {
    return this.again === this.said;
  }
}
