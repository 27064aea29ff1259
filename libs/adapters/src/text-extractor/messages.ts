import type { ExtractedText, ExtractionErrorCode } from '@docent/ports';
import type { PackedLines } from './pack-lines';

/** What travels to the reading process: one file at a time. */
export type ExtractionJob =
  /** `isHelped`: another process reads the later half of the pages, and its lines come in a message `half`. */
  | { type: 'read'; id: number; fileName: string; content: Uint8Array; maxOutputCharacters: number; isHelped: boolean }
  /** Only the start of a file: is the rest worth sending? */
  | { type: 'look'; id: number; fileName: string; content: Uint8Array }
  /** The lines of the later half of a PDF's pages. */
  | { type: 'readHalf'; id: number; content: Uint8Array };

/** For a job that is being helped; null where the help failed. */
export interface HelpMessage {
  type: 'half';
  id: number;
  lines: PackedLines | null;
}

/**
 * What comes back: `ready` once after the start, then one answer per job. `same` means that the text is the file itself, read as UTF-8:
 * both sides have it, and it need not travel back. `unsure`: who looked at the start must read the whole.
 */
export type ExtractionReply =
  | { type: 'ready' }
  | { type: 'text'; id: number; text: ExtractedText }
  | { type: 'same'; id: number; text: ExtractedText }
  | { type: 'unsure'; id: number }
  | { type: 'half'; id: number; lines: PackedLines }
  | { type: 'error'; id: number; code: ExtractionErrorCode; message: string };

export type ExtractionAnswer = Exclude<ExtractionReply, { type: 'ready' }>;
