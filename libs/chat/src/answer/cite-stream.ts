import { unsupportedMark, type Citation, type Unsupported } from '@docent/contracts';
import type { AnswerPassage } from './answer-passage';
import { CitationList } from './citation-list';
import { CodeTracker } from './code-tracker';
import { SupportFinder, type Support } from './find-support';
import { OpenSentence } from './open-sentence';
import { ClaimJudge } from './proof/judge-claim';
import { ModelTextReader } from './read-model-text';
import { endsSentence, endsWithWideMark, mayCarryCitation, mayEndSentence } from './sentence-end';
import { ShownText } from './shown-text';

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
 * Turns what a model writes into an answer whose markers `[n]` resolve to spans of this answer's passages. Text flows at once; held
 * back is only what may become a marker, and blanks before it. Markers of unknown passages vanish; a sentence without marker that a
 * passage supports gets one at its end, and one that states what nothing supports gets `[?]`; an answer that begins with the
 * no-answer token is swallowed. Works unit by unit, so any split of the stream gives the same text and citations.
 */
export class CitationStream {
  readonly sentences: CheckedSentence[] = [];
  private readonly reader = new ModelTextReader({
    write: (char) => this.write(char),
    hold: (blank) => void (this.blanks += blank),
    cite: (passages) => this.cite(passages),
    decline: () => this.decline(),
    isInsideCode: () => this.code.inside,
    isInsideWord: () => this.isInsideWord(),
  });
  private readonly list: CitationList;
  private readonly finder: SupportFinder;
  private readonly judge: ClaimJudge;
  private readonly shown: ShownText;
  private readonly code = new CodeTracker();
  private sentence = new OpenSentence();
  private blanks = '';
  /** The last character was written, and is one that words go on with. */
  private inWord = false;
  private afterMarker = false;
  private vanished = false;
  /** A word was written: from here on there is no taking back. */
  private begun = false;
  private refused = false;
  private doubted = false;
  private freshUnsupported: Unsupported[] = [];

  constructor(passages: AnswerPassage[], { canary = '', question = '' }: CiteOptions = {}) {
    this.list = new CitationList(passages);
    this.finder = new SupportFinder(passages);
    this.judge = new ClaimJudge(passages, this.finder, question);
    this.shown = new ShownText(canary);
  }

  /** Reads the passages now: a millisecond for ten of them, which the first word would wait for otherwise. */
  readAhead(): void {
    this.finder.readAhead();
  }

  /** Takes the next piece of the model's text. */
  push(text: string): CitedPiece {
    for (let index = 0; index < text.length && !this.refused && !this.leaked;) {
      const end = this.isWithinWord() ? endOfWord(text, index) : index;
      if (end > index) this.writeOn(text.slice(index, end));
      else this.reader.takeUnit(text.charAt(index));
      index = Math.max(end, index + 1);
    }
    return this.takeReady();
  }

  /** Gives what was held back, and the citation of the last sentence. To be called once, also after a cut. */
  finish(): CitedPiece {
    if (this.leaked) return this.takeReady();
    this.reader.end();
    if (this.shown.isEmpty) this.refused = true;
    else this.closeSentence();
    this.begun = true;
    return this.takeReady();
  }

  /** All citations so far, by number. */
  get citations(): Citation[] {
    return this.list.all;
  }

  /** False where the model said that the passages do not answer, or said nothing. Final after {@link finish}. */
  get answered(): boolean {
    return !this.refused && this.shown.end.trim() !== '' && !(this.doubted && this.citations.length === 0);
  }

  /** True from the moment on at which the model declined, or ended without a word: nothing has been or will be shown. */
  get declined(): boolean {
    return this.refused;
  }

  /** The model wrote the prompt's secret mark: the answer is not to be trusted. */
  get leaked(): boolean {
    return this.shown.hasLeaked;
  }

  private write(char: string): void {
    this.inWord = false;
    if (this.beginsSentence(char)) this.closeSentence();
    this.flushBlanks(char);
    if (this.forgesMarker(char)) return;
    // Directly behind a marker these would make a Markdown link or link definition out of it.
    if (this.afterMarker && /[(:[]/.test(char)) this.shown.show(' ');
    this.shown.show(char);
    this.sentence.write(char, this.shown.length);
    this.code.see(char);
    this.afterMarker = false;
    if (!/[\p{L}\p{N}]/u.test(char)) return;
    this.sentence.goOn();
    this.begun = true;
    this.inWord = endOfWord(char, 0) > 0;
  }

  private cite(passages: number[]): void {
    const claim = this.sentence.claim ?? this.sentences.at(-1)?.text ?? '';
    const numbers = passages.map((passage) => this.citeOne(claim, passage)).filter((number) => number !== null);
    if (numbers.length === 0) return void (this.vanished = this.vanished || this.blanks !== '');
    this.flushBlanks('');
    this.shown.show(numbers.map((number) => `[${number}]`).join(''));
    this.begun = true;
    this.afterMarker = true;
    this.sentence.endClaim();
  }

  private decline(): void {
    if (this.begun) {
      this.doubted = true;
      return;
    }
    this.refused = true;
    this.shown.takeBack();
  }

  private isInsideWord(): boolean {
    return this.blanks === '' && /[\p{L}\p{N}_]$/u.test(this.shown.end.slice(-2));
  }

  private takeReady(): CitedPiece {
    // Marks of emphasis may stand before the no-answer token.
    if (!this.begun) return { text: '', citations: [], unsupported: [] };
    const unsupported = this.freshUnsupported;
    this.freshUnsupported = [];
    return { text: this.shown.take(), citations: this.list.takeFresh(), unsupported };
  }

  /** What follows within a word begins and ends nothing: it is taken at once, which is most of a text. */
  private isWithinWord(): boolean {
    return this.inWord && !this.blanks && !this.afterMarker && this.reader.holdsNothing;
  }

  private writeOn(rest: string): void {
    this.shown.show(rest);
    this.sentence.write(rest, this.shown.length);
  }

  private beginsSentence(char: string): boolean {
    if (this.shown.isEmpty || this.code.fenced) return false;
    return this.blanks.includes('\n') || (mayEndSentence(this.shown.end) && endsSentence(this.sentence.text, this.blanks, char));
  }

  private flushBlanks(next: string): void {
    // Behind a marker that vanished, "text [9]." would leave "text ." behind.
    const dropped = this.shown.isEmpty || (this.vanished && /[.,;:!?)\]。，、；：！？।؟،]/.test(next));
    const blanks = this.vanished ? this.blanks.replace(/([^\n])[^\S\n]+$/, '$1') : this.blanks;
    if (!dropped && blanks) {
      this.shown.show(blanks);
      this.sentence.writeBlanks(blanks);
      this.afterMarker = false;
      this.code.see(blanks);
    }
    this.blanks = '';
    this.vanished = false;
  }

  /** `[` that was text, a marker that vanished and `1]` could join into a marker that nobody checked. */
  private forgesMarker(char: string): boolean {
    if (char !== ']' || this.code.inside) return false;
    const end = this.shown.end.slice(-12);
    return /\[[\s\d,]*$/.test(end) && /\[\s*\d/.test(end);
  }

  /** The number under which the passage is cited here; null where it is unknown, or stands here already. */
  private citeOne(claim: string, passage: number): number | null {
    const support = this.supportOf(claim, passage);
    if (!support) return null;
    const number = this.list.numberOf(support);
    return this.sentence.cite(number, support) ? number : null;
  }

  private supportOf(claim: string, passage: number): Support | null {
    const named = this.finder.inPassage(claim, passage);
    if (!named || named.share > 1 - strayBy) return named;
    const better = this.finder.anywhere(claim);
    return better?.clear && better.share >= named.share + strayBy ? better : named;
  }

  private closeSentence(): void {
    const { start, end, supports, citations } = this.sentence;
    const text = this.sentence.text.trim();
    const verdict = this.judge.judge(text, supports);
    if (verdict.kind === 'found' && !this.code.inside && mayCarryCitation(text)) {
      const number = this.list.numberOf(verdict.support);
      this.showMark(`[${number}]`, text);
      citations.add(number);
    }
    if (verdict.kind === 'unsupported') {
      this.freshUnsupported.push({ start, end, reason: verdict.reason });
      this.showMark(unsupportedMark, text);
    }
    const unsupported = verdict.kind === 'unsupported' ? verdict.reason : null;
    if (/[\p{L}\p{N}]/u.test(text)) this.sentences.push({ text, citations: [...citations], unsupported });
    this.sentence = new OpenSentence();
  }

  /** A mark behind code stands on a line of its own; within code that a cut left open it would be code. */
  private showMark(mark: string, sentence: string): void {
    if (this.code.inside) return;
    this.shown.show(`${sentence.endsWith('```') ? '\n' : endsWithWideMark(sentence) ? '' : ' '}${mark}`);
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
