/** The text of an answer as it is given out: in pieces, counted, and watched for the prompt's secret mark. */
export class ShownText {
  /** Length of all that was shown, in UTF-16 units. */
  length = 0;
  /** The secret mark was written: the answer is not to be trusted. */
  hasLeaked = false;
  private ready = '';
  private tail = '';

  /** `canary`: the secret mark, empty for none. */
  constructor(private readonly canary: string) {}

  get isEmpty(): boolean {
    return this.tail === '';
  }

  /** Its last characters, some dozens at least where there are as many. */
  get end(): string {
    return this.tail;
  }

  show(text: string): void {
    this.ready += text;
    this.tail += text;
    this.length += text.length;
    if (this.canary && this.tail.slice(-this.canary.length - text.length).includes(this.canary)) this.hasLeaked = true;
    // Short, because each look at its end costs its length.
    if (this.tail.length > 128) this.tail = this.tail.slice(-Math.max(32, this.canary.length));
  }

  /** What was shown since this was last called. */
  take(): string {
    const { ready } = this;
    this.ready = '';
    return ready;
  }

  /** Only what was never taken can be taken back: the caller knows that nothing was. */
  takeBack(): void {
    this.ready = '';
    this.tail = '';
    this.length = 0;
  }
}
