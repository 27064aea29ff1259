import { ExtractionError, type ExtractedText, type HeadingMark, type PageSpan, type TableSpan } from '@docent/ports';

export type ExtractedBody = Omit<ExtractedText, 'title' | 'mediaType'>;

/**
 * Collects the text of a document with the marks on it. Offsets are UTF-16 units of the final text; everything written is
 * cleaned first (one kind of line end, no NUL, no lone surrogate), so that no mark moves later.
 * Throws `file_too_complex` beyond `maxCharacters`.
 */
export class TextBuilder {
  private readonly pieces: string[] = [];
  private readonly headings: HeadingMark[] = [];
  private readonly pages: PageSpan[] = [];
  private readonly tables: TableSpan[] = [];
  private tail = '';
  length = 0;

  constructor(private readonly maxCharacters: number) {}

  /** Writes text as it is, apart from cleaning. */
  write(text: string): void {
    const clean = cleanText(text);
    if (clean === '') return;
    this.length += clean.length;
    if (this.length > this.maxCharacters) throw tooLong(this.maxCharacters);
    this.pieces.push(clean);
    this.tail = clean.length > 1 ? clean.slice(-2) : (this.tail + clean).slice(-2);
  }

  /** Ends the line that is open, if one is. */
  endLine(): void {
    if (this.length > 0 && !this.tail.endsWith('\n')) this.write('\n');
  }

  /** Leaves one blank line before what follows. */
  endParagraph(): void {
    this.endLine();
    if (this.length > 0 && this.tail !== '\n\n') this.write('\n');
  }

  paragraph(text: string): void {
    if (text.trim() === '') return;
    this.endParagraph();
    this.write(text);
    this.endParagraph();
  }

  heading(level: number, text: string): void {
    const words = cleanText(text).replace(/\s+/gu, ' ').trim();
    if (words === '') return;
    this.endParagraph();
    this.headings.push({ level, text: words, start: this.length });
    this.write(words);
    this.endParagraph();
  }

  /** Whole lines that must not be cut inside; `header` repeats as their context and is not written. */
  lines(lines: string[], header: string): void {
    if (lines.length === 0) return;
    this.endParagraph();
    const start = this.length;
    for (const line of lines) this.write(`${line}\n`);
    this.tables.push({ start, end: this.length, header: cleanText(header) });
    this.endParagraph();
  }

  /** Everything that `work` writes is this page. */
  page(page: number, work: () => void): void {
    const start = this.length;
    work();
    this.pages.push({ page, start, end: this.length });
  }

  /** The whole text; `file_empty` where nothing was written that anybody could see. */
  finish(): ExtractedBody {
    const text = this.pieces.join('');
    if (!isVisible(text)) throw new ExtractionError('file_empty', 'There is no text in this file.');
    return { text, pages: this.pages, headings: this.headings, tables: this.tables };
  }
}

/** Whether there is more than white space and marks without a shape (zero-width spaces, marks of direction). */
export function isVisible(text: string): boolean {
  return /[^\s\p{Cf}]/u.test(text);
}

/** One kind of line end, no NUL or other invisible control character, no half of a surrogate pair (RFC 3629). */
export function cleanText(text: string): string {
  const clean = needsCleaning.test(text) ? text.replace(/\r\n?|[\u2028\u2029]/gu, '\n').replace(invisible, '') : text;
  return clean.toWellFormed();
}

// The control characters and the marks that only say how to break or order a line; tab and line feed stay.
const invisible = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\ufeff\ufffe\uffff]/gu; // eslint-disable-line no-control-regex
const needsCleaning = /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u2028\u2029\ufeff\ufffe\uffff]/u; // eslint-disable-line no-control-regex

function tooLong(maxCharacters: number): ExtractionError {
  return new ExtractionError(
    'file_too_complex',
    `The text of this file is longer than ${maxCharacters.toLocaleString('en')} characters.`,
  );
}
