/** A question is read in so many languages at the most. */
const mostLanguages = 4;

/** How many passages of a bot came in each language. */
export class PassageLanguages {
  private readonly counts = new Map<string, number>();

  count(language: string): void {
    this.counts.set(language, (this.counts.get(language) ?? 0) + 1);
  }

  /** The most frequent ones, the most frequent first. */
  main(): string[] {
    return [...this.counts]
      .sort((left, right) => right[1] - left[1])
      .slice(0, mostLanguages)
      .map(([language]) => language);
  }

  /** Null where no passage has one. */
  mostFrequent(): string | null {
    return this.main()[0] ?? null;
  }

  copyInto(target: PassageLanguages): void {
    for (const [language, count] of this.counts) target.counts.set(language, count);
  }
}
