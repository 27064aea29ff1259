import type { ExtractedText, ExtractionErrorCode } from '@docent/ports';

/** What travels to the reading process: one file at a time. */
export interface ExtractionJob {
  id: number;
  fileName: string;
  content: Uint8Array;
  maxOutputCharacters: number;
}

/**
 * What comes back: `ready` once after the start, then one answer per job. `same` means that the text is the file itself, read as UTF-8:
 * both sides have it, and it need not travel back.
 */
export type ExtractionReply =
  | { type: 'ready' }
  | { type: 'text'; id: number; text: ExtractedText }
  | { type: 'same'; id: number; text: ExtractedText }
  | { type: 'error'; id: number; code: ExtractionErrorCode; message: string };
