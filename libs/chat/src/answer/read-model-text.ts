import { noAnswerToken } from './no-answer-token';
import { readMarker } from './read-marker';

/** Takes what a model's text consists of, in its order. */
export interface ModelTextSink {
  /** One character, whole: never half of a surrogate pair, never a blank. */
  write(char: string): void;
  /** A blank; what follows decides whether it is shown. */
  hold(blank: string): void;
  /** A citation marker with the numbers in it; none for a marker that is not the model's to set. */
  cite(passages: number[]): void;
  /** The model says that the passages do not answer. */
  decline(): void;
  /** Whether the next character is code, in which brackets are no markers. */
  isInsideCode(): boolean;
  /** Whether the next character goes on with a word, within which nothing begins. */
  isInsideWord(): boolean;
}

/**
 * Reads a model's text unit by unit, so that it may come in pieces of any kind. Held back is only what may become a marker, the
 * no-answer token, or a character of two units; halves of such and NUL, which no store takes, do not get through.
 */
export class ModelTextReader {
  private highSurrogate = '';
  private marker = '';
  private token = '';

  constructor(private readonly sink: ModelTextSink) {}

  get holdsNothing(): boolean {
    return !this.marker && !this.token && !this.highSurrogate;
  }

  /** Takes one UTF-16 unit. */
  takeUnit(unit: string): void {
    const code = unit.charCodeAt(0);
    const high = this.highSurrogate;
    this.highSurrogate = '';
    if (code >= 0xdc00 && code <= 0xdfff) return this.take(high ? high + unit : '\ufffd');
    if (high) this.take('\ufffd');
    if (code >= 0xd800 && code <= 0xdbff) this.highSurrogate = unit;
    else if (code !== 0) this.take(unit);
  }

  /** Gives what was held back and is text after all; half a marker is none, and is dropped. */
  end(): void {
    if (this.highSurrogate) this.take('\ufffd');
    this.releaseToken();
    if (this.marker === '!') this.sink.write('!');
  }

  private take(char: string): void {
    if (this.marker) return this.continueMarker(char);
    if (this.token) return this.continueToken(char);
    if (/\s/.test(char)) this.sink.hold(char);
    else if (!this.sink.isInsideCode() && (char === '[' || char === '【' || char === '!')) this.marker = char;
    else if (char === noAnswerToken.charAt(0) && !this.sink.isInsideWord()) this.token = char;
    else this.sink.write(char);
  }

  private continueMarker(char: string): void {
    const held = this.marker + char;
    const bracket = held.startsWith('!') ? held.slice(1) : held;
    const reading = /^[[【]/.test(bracket) ? readMarker(bracket) : { kind: 'text' as const };
    if (reading.kind === 'prefix') return void (this.marker = held);
    this.marker = '';
    if (reading.kind === 'marker') {
      if (held.startsWith('!')) this.sink.write('!');
      return this.sink.cite(reading.passages);
    }
    // An image becomes a link: a picture is loaded without a click, and its address can carry what was said here.
    const text = held.slice(held.startsWith('![') ? 1 : 0, -char.length);
    for (const literal of text) this.giveLiteral(literal);
    this.take(char);
  }

  /** What is no marker after all: its characters are text, blanks among them. */
  private giveLiteral(char: string): void {
    if (/\s/.test(char)) this.sink.hold(char);
    else this.sink.write(char);
  }

  private continueToken(char: string): void {
    const held = this.token + char;
    if (held === noAnswerToken) {
      this.token = '';
      return this.sink.decline();
    }
    if (noAnswerToken.startsWith(held)) return void (this.token = held);
    this.releaseToken();
    this.take(char);
  }

  private releaseToken(): void {
    const held = this.token;
    this.token = '';
    for (const char of held) this.sink.write(char);
  }
}
