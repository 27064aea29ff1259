import type { PageSpan } from '@docent/ports';

/** A passage that may stand in an answer's context, and all that a citation of it needs. */
export interface AnswerPassage {
  sourceId: string;
  title: string;
  url: string | null;
  headings: string[];
  /** SHA-256 of the source text that the offsets are about. */
  snapshotHash: string;
  /** UTF-16 offset of the passage in the source text. */
  start: number;
  /** Verbatim slice of the source text from `start` on. */
  text: string;
  /** Pages of the source, in source offsets; empty where its format has none. */
  pages: PageSpan[];
  /** BCP 47, null where it is not known. */
  language: string | null;
}
