import type { Support } from './find-support';

/** The sentence of an answer that is being written: its words without markers, where it stands, and what it cites so far. */
export class OpenSentence {
  /** Where it stands in the answer; the end without blanks and markers behind it. */
  start = 0;
  end = 0;
  text = '';
  readonly supports: Support[] = [];
  readonly citations = new Set<number>();
  /** Cited since the last word: the same marker again would say nothing. */
  private citedHere: number[] = [];
  private sinceMarker = 0;

  /** Takes what was shown, which ends at `end` of the answer. */
  write(text: string, end: number): void {
    if (this.text === '') this.start = end - text.length;
    this.text += text;
    this.end = end;
  }

  /** Blanks are of the sentence only within it. */
  writeBlanks(blanks: string): void {
    if (this.text) this.text += blanks;
  }

  /** A word was written: what was cited before it may be cited again. */
  goOn(): void {
    this.citedHere = [];
  }

  /** False where this stands there already. */
  cite(number: number, support: Support): boolean {
    if (this.citedHere.includes(number)) return false;
    this.citedHere.push(number);
    this.supports.push(support);
    this.citations.add(number);
    return true;
  }

  /** What a marker that stands here speaks of: the words since the last one, or the whole sentence; null where it has none. */
  get claim(): string | null {
    const since = this.text.slice(this.sinceMarker);
    if (hasWord(since)) return since;
    return hasWord(this.text) ? this.text : null;
  }

  /** A marker was written here. */
  endClaim(): void {
    this.sinceMarker = this.text.length;
  }
}

const hasWord = (text: string) => /[\p{L}\p{N}]{2}/u.test(text);
