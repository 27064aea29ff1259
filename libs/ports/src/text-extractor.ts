/** Where a page (PDF) begins and ends in the extracted text, UTF-16 offsets, end exclusive. */
export interface PageSpan {
  page: number;
  start: number;
  end: number;
}

/** A heading: what stands from `start` on belongs to it until the next heading of the same or a higher level. */
export interface HeadingMark {
  level: number;
  text: string;
  start: number;
}

/** A stretch that must not be cut in the middle of a line (table row, code line). `header` repeats as context. */
export interface TableSpan {
  start: number;
  end: number;
  header: string;
}

export interface ExtractedText {
  title: string;
  mediaType: string;
  text: string;
  pages: PageSpan[];
  headings: HeadingMark[];
  tables: TableSpan[];
}

export type ExtractionErrorCode = 'unsupported_file' | 'file_encrypted' | 'file_broken' | 'file_empty' | 'file_too_complex' | 'cancelled';

/** Why a file gives no text, in a code that the contract knows. */
export class ExtractionError extends Error {
  constructor(
    readonly code: ExtractionErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ExtractionError';
  }
}

/** Reads the text out of a file, outside the serving process, within limits of memory, time and output. */
export abstract class TextExtractor {
  /** `fileName` helps only where the content leaves a doubt (text formats). Throws {@link ExtractionError}. */
  abstract extract(content: Uint8Array, fileName: string, signal: AbortSignal): Promise<ExtractedText>;
}
