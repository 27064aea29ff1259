/** Knows whether a stream of Markdown is within code, where brackets are code and no citations. */
export class CodeTracker {
  private open = 0;
  private run = 0;
  private lineBreaks = 0;

  /** Whether the next character is code. */
  get inside(): boolean {
    return this.run > 0 ? this.open === 0 || this.run !== this.open : this.open > 0;
  }

  /** Whether it is within a block of code, whose lines belong together. */
  get fenced(): boolean {
    return this.open >= fence && this.run !== this.open;
  }

  see(text: string): void {
    for (const char of text) this.seeChar(char);
  }

  private seeChar(char: string): void {
    if (char === '`') {
      this.run += 1;
      return;
    }
    if (this.run > 0) this.endRun();
    this.lineBreaks = char === '\n' ? this.lineBreaks + 1 : 0;
    // Inline code that is never closed ends with its paragraph.
    if (this.lineBreaks > 1 && this.open < fence) this.open = 0;
  }

  private endRun(): void {
    if (this.open === 0) this.open = this.run;
    else if (this.run >= this.open) this.open = 0;
    this.run = 0;
  }
}

const fence = 3;
