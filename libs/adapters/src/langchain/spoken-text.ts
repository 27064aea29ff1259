const opening = '<think>';
const closing = '</think>';

/**
 * What a model says aloud. Reasoning models behind a server without a reasoning parser write their thoughts into the answer's text, between
 * `<think>` and `</think>` at its very beginning; those are for nobody. Further on the same signs are words like any other.
 */
export class SpokenText {
  private state: 'beginning' | 'thinking' | 'closed' | 'speaking' = 'beginning';
  /** What may still become the opening, or of a thought what may become its end. */
  private held = '';

  /** Takes the next piece of text; gives what of it, and of what was held back, is to be shown now. */
  take(text: string): string {
    if (this.state === 'speaking') return text;
    this.held += text;
    if (this.state === 'beginning') return this.begin();
    return this.state === 'thinking' ? this.think() : this.speak(this.held.trimStart());
  }

  /** Gives what was held back and is text after all. A thought without an end stays unsaid. */
  finish(): string {
    return this.state === 'beginning' ? this.held : '';
  }

  private begin(): string {
    const start = this.held.trimStart();
    if (start.startsWith(opening)) {
      this.state = 'thinking';
      this.held = start.slice(opening.length);
      return this.think();
    }
    return opening.startsWith(start) ? '' : this.speak(this.held);
  }

  private think(): string {
    const end = this.held.indexOf(closing);
    if (end === -1) {
      this.held = this.held.slice(-(closing.length - 1));
      return '';
    }
    this.state = 'closed';
    this.held = this.held.slice(end + closing.length);
    return this.speak(this.held.trimStart());
  }

  /** Blanks between the thought and the answer belong to neither. */
  private speak(text: string): string {
    this.held = '';
    if (text !== '') this.state = 'speaking';
    return text;
  }
}
