import { unsupportedMark, type Citation, type Unsupported } from '@docent/contracts';
import type { AnswerPassage } from './answer-passage';
import { CitationList } from './citation-list';
import { CodeTracker } from './code-tracker';
import { SupportFinder, type Support } from './find-support';
import { noAnswerToken } from './no-answer-token';
import { ClaimJudge } from './proof/judge-claim';
import { readMarker } from './read-marker';
import { endsSentence, endsWithWideMark, mayCarryCitation, mayEndSentence } from './sentence-end';

export interface CitedPiece {
  /** To be shown now; joined over all pieces it is the answer. */
  text: string;
  /** Those that this piece mentions for the first time. */
  citations: Citation[];
  /** Sentences that end with this piece and that nothing carries; offsets count from the answer's first character. */
  unsupported: Unsupported[];
}

export interface CiteOptions {
  /** The prompt's secret mark. A model that writes it is repeating its prompt; from there on nothing is shown. */
  canary?: string;
  /** What was asked: names that stand there are not invented. */
  question?: string;
}

/** A sentence of the answer and how well the passages carry it. */
export interface CheckedSentence {
  /** Without markers. */
  text: string;
  /** Numbers of its citations, written by the model or found by us. */
  citations: number[];
  /** Why it is marked; null where it is carried, or states nothing. */
  unsupported: Unsupported['reason'] | null;
}

/** Where another passage clearly carries a sentence, and the one that its marker names carries so much less of it, the other is cited. */
const strayBy = 0.4;

/**
 * Turns what a model writes into an answer whose markers `[n]` resolve to spans of this answer's passages. Text flows at once; held back
 * is only what may become a marker, and blanks before it. Markers of unknown passages vanish; a sentence without marker that a passage
 * supports gets one at its end, and one that states what nothing supports gets `[?]`; an answer that begins with the no-answer token is swallowed. Works unit by unit, so any split of
 * the stream gives the same text and citations.
 */
export class CitationStream {
  readonly sentences: CheckedSentence[] = [];
  private readonly list: CitationList;
  private readonly finder: SupportFinder;
  private readonly judge: ClaimJudge;
  private readonly canary: string;
  private readonly code = new CodeTracker();
  private ready = '';
  private written = '';
  private blanks = '';
  private marker = '';
  private token = '';
  private highSurrogate = '';
  /** Length of all that was shown. */
  private length = 0;
  private claim = '';
  private claimStart = 0;
  private claimEnd = 0;
  private claimFrom = 0;
  private cited: Support[] = [];
  private citedHere: number[] = [];
  private citedInSentence = new Set<number>();
  /** The last character was written, and is one that words go on with. */
  private inWord = false;
  private afterMarker = false;
  private vanished = false;
  /** A word was written: from here on there is no taking back. */
  private begun = false;
  private refused = false;
  private doubted = false;
  private leaking = false;
  private freshUnsupported: Unsupported[] = [];

  constructor(passages: AnswerPassage[], { canary = '', question = '' }: CiteOptions = {}) {
    this.list = new CitationList(passages);
    this.finder = new SupportFinder(passages);
    this.judge = new ClaimJudge(passages, this.finder, question);
    this.canary = canary;
  }

  /** Takes the next piece of the model's text. */
  push(text: string): CitedPiece {
    for (let index = 0; index < text.length && !this.refused && !this.leaking;) {
      const end = this.isWithinWord() ? endOfWord(text, index) : index;
      if (end > index) this.writeOn(text.slice(index, end));
      else this.takeUnit(text.charAt(index));
      index = Math.max(end, index + 1);
    }
    return this.takeReady();
  }

  /** Gives what was held back, and the citation of the last sentence. To be called once, also after a cut. */
  finish(): CitedPiece {
    if (this.leaking) return this.takeReady();
    if (this.highSurrogate) this.take('\ufffd');
    this.releaseToken();
    if (this.marker === '!') this.write('!');
    if (this.written) this.closeSentence();
    else this.refused = true;
    this.begun = true;
    return this.takeReady();
  }

  /** All citations so far, by number. */
  get citations(): Citation[] {
    return this.list.all;
  }

  /** False where the model said that the passages do not answer, or said nothing. Final after {@link finish}. */
  get answered(): boolean {
    return !this.refused && this.written.trim() !== '' && !(this.doubted && this.citations.length === 0);
  }

  /** True from the moment on at which the model declined, or ended without a word: nothing has been or will be shown. */
  get declined(): boolean {
    return this.refused;
  }

  /** The model wrote the prompt's secret mark: the answer is not to be trusted. */
  get leaked(): boolean {
    return this.leaking;
  }

  private takeReady(): CitedPiece {
    // Marks of emphasis may stand before the no-answer token.
    if (!this.begun) return { text: '', citations: [], unsupported: [] };
    const piece = { text: this.ready, citations: this.list.takeFresh(), unsupported: this.freshUnsupported };
    this.ready = '';
    this.freshUnsupported = [];
    return piece;
  }

  /** What follows within a word begins and ends nothing: it is taken at once, which is most of a text. */
  private isWithinWord(): boolean {
    return this.inWord && !this.marker && !this.token && !this.blanks && !this.highSurrogate && !this.afterMarker;
  }

  private writeOn(rest: string): void {
    this.show(rest);
    this.claim += rest;
    this.claimEnd = this.length;
  }

  /** Joins surrogate pairs, which a split may part; halves and NUL, which no store takes, do not get through. */
  private takeUnit(unit: string): void {
    const code = unit.charCodeAt(0);
    const high = this.highSurrogate;
    this.highSurrogate = '';
    if (code >= 0xdc00 && code <= 0xdfff) return this.take(high ? high + unit : '\ufffd');
    if (high) this.take('\ufffd');
    if (code >= 0xd800 && code <= 0xdbff) this.highSurrogate = unit;
    else if (code !== 0) this.take(unit);
  }

  private take(char: string): void {
    if (this.marker) return this.continueMarker(char);
    if (this.token) return this.continueToken(char);
    if (/\s/.test(char)) this.blanks += char;
    else if (!this.code.inside && (char === '[' || char === '【' || char === '!')) this.marker = char;
    else if (char === noAnswerToken.charAt(0) && !this.isInsideWord()) this.token = char;
    else this.write(char);
  }

  private isInsideWord(): boolean {
    return this.blanks === '' && /[\p{L}\p{N}_]$/u.test(this.written.slice(-2));
  }

  private continueMarker(char: string): void {
    const held = this.marker + char;
    const bracket = held.startsWith('!') ? held.slice(1) : held;
    const reading = /^[[【]/.test(bracket) ? readMarker(bracket) : { kind: 'text' as const };
    if (reading.kind === 'prefix') return void (this.marker = held);
    this.marker = '';
    if (reading.kind === 'marker') {
      if (held.startsWith('!')) this.write('!');
      return this.cite(reading.passages);
    }
    // An image becomes a link: a picture is loaded without a click, and its address can carry what was said here.
    const text = held.slice(held.startsWith('![') ? 1 : 0, -char.length);
    for (const literal of text) this.writeOrHold(literal);
    this.take(char);
  }

  /** What is no marker after all: its characters are text, blanks among them. */
  private writeOrHold(char: string): void {
    if (/\s/.test(char)) this.blanks += char;
    else this.write(char);
  }

  private continueToken(char: string): void {
    const held = this.token + char;
    if (held === noAnswerToken) return this.decline();
    if (noAnswerToken.startsWith(held)) return void (this.token = held);
    this.releaseToken();
    this.take(char);
  }

  private releaseToken(): void {
    const held = this.token;
    this.token = '';
    for (const char of held) this.write(char);
  }

  private decline(): void {
    this.token = '';
    if (this.begun) {
      this.doubted = true;
      return;
    }
    this.refused = true;
    this.ready = '';
    this.written = '';
    this.length = 0;
  }

  private write(char: string): void {
    this.inWord = false;
    if (this.written && !this.code.fenced && (this.blanks.includes('\n') || (mayEndSentence(this.written) && endsSentence(this.claim, this.blanks, char)))) this.closeSentence();
    this.flushBlanks(char);
    if (this.forgesMarker(char)) return;
    // Directly behind a marker these would make a Markdown link or link definition out of it.
    if (this.afterMarker && /[(:[]/.test(char)) this.show(' ');
    if (this.claim === '') this.claimStart = this.length;
    this.show(char);
    this.code.see(char);
    this.claim += char;
    this.claimEnd = this.length;
    this.afterMarker = false;
    if (!/[\p{L}\p{N}]/u.test(char)) return;
    this.citedHere = [];
    this.begun = true;
    this.inWord = endOfWord(char, 0) > 0;
  }

  private flushBlanks(next: string): void {
    // Behind a marker that vanished, "text [9]." would leave "text ." behind.
    const dropped = this.written === '' || (this.vanished && /[.,;:!?)\]。，、；：！？।؟،]/.test(next));
    const blanks = this.vanished ? this.blanks.replace(/([^\n])[^\S\n]+$/, '$1') : this.blanks;
    if (!dropped && blanks) {
      this.show(blanks);
      if (this.claim) this.claim += blanks;
      this.afterMarker = false;
      this.code.see(blanks);
    }
    this.blanks = '';
    this.vanished = false;
  }

  /** `[` that was text, a marker that vanished and `1]` could join into a marker that nobody checked. */
  private forgesMarker(char: string): boolean {
    return (
      char === ']' && !this.code.inside && /\[[\s\d,]*$/.test(this.written.slice(-12)) && /\[\s*\d/.test(this.written.slice(-12))
    );
  }

  private show(text: string): void {
    this.ready += text;
    this.written += text;
    this.length += text.length;
    if (this.canary && this.written.slice(-this.canary.length - text.length).includes(this.canary)) this.leaking = true;
    // Short, because each look at its end costs its length.
    if (this.written.length > 128) this.written = this.written.slice(-Math.max(32, this.canary.length));
  }

  private cite(passages: number[]): void {
    const numbers: number[] = [];
    const claim = this.claimOfMarker();
    for (const passage of passages) {
      const support = this.supportOf(claim, passage);
      if (!support) continue;
      const number = this.list.numberOf(support);
      if (this.citedHere.includes(number) || numbers.includes(number)) continue;
      numbers.push(number);
      this.cited.push(support);
      this.citedInSentence.add(number);
    }
    if (numbers.length === 0) return void (this.vanished = this.vanished || this.blanks !== '');
    this.flushBlanks('');
    this.show(numbers.map((number) => `[${number}]`).join(''));
    this.begun = true;
    this.citedHere.push(...numbers);
    this.afterMarker = true;
    this.claimFrom = this.claim.length;
  }

  /** What was said since the last marker of the sentence; where that is nothing, the sentence, or the one before. */
  private claimOfMarker(): string {
    const since = this.claim.slice(this.claimFrom);
    if (/[\p{L}\p{N}]{2}/u.test(since)) return since;
    if (/[\p{L}\p{N}]{2}/u.test(this.claim)) return this.claim;
    return this.sentences.at(-1)?.text ?? '';
  }

  private supportOf(claim: string, passage: number): Support | null {
    const named = this.finder.inPassage(claim, passage);
    if (!named || named.share > 1 - strayBy) return named;
    const better = this.finder.anywhere(claim);
    return better?.clear && better.share >= named.share + strayBy ? better : named;
  }

  private closeSentence(): void {
    const text = this.claim.trim();
    const verdict = this.judge.judge(text, this.cited);
    if (verdict.kind === 'found' && !this.code.inside && mayCarryCitation(text)) {
      const number = this.list.numberOf(verdict.support);
      this.showMark(`[${number}]`, text);
      this.citedInSentence.add(number);
    }
    if (verdict.kind === 'unsupported') {
      this.freshUnsupported.push({ start: this.claimStart, end: this.claimEnd, reason: verdict.reason });
      this.showMark(unsupportedMark, text);
    }
    const unsupported = verdict.kind === 'unsupported' ? verdict.reason : null;
    if (/[\p{L}\p{N}]/u.test(text)) this.sentences.push({ text, citations: [...this.citedInSentence], unsupported });
    this.claim = '';
    this.claimFrom = 0;
    this.cited = [];
    this.citedHere = [];
    this.citedInSentence = new Set();
  }

  /** A mark behind code stands on a line of its own; within code that a cut left open it would be code. */
  private showMark(mark: string, sentence: string): void {
    if (this.code.inside) return;
    this.show(`${sentence.endsWith('```') ? '\n' : endsWithWideMark(sentence) ? '' : ' '}${mark}`);
    this.afterMarker = true;
  }
}

/** Behind the letters and digits of ASCII that stand there; other scripts go character by character. */
function endOfWord(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at) | 0x20;
    const isLetter = code >= 0x61 && code <= 0x7a;
    const isDigit = text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39;
    if (!isLetter && !isDigit) break;
  }
  return at;
}
