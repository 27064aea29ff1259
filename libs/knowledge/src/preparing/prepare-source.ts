import { createHash } from 'node:crypto';
import { detectLanguage } from '@docent/language';
import type { ExtractedText, PageSpan } from '@docent/ports';
import { integerArray, textArray } from '../binary-arrays';
import { splitText, type Chunk } from '../split-text';
import { WordReader, type NumberedWords } from './read-words';

export type Bytes = Uint8Array<ArrayBuffer>;

/** What is known of a source before it is cut. */
export interface SourceHead {
  /** The extracted text in UTF-8, and SHA-256 of that. */
  text: Bytes;
  hash: string;
  language: string | null;
}

/** The columns of passages as arrays in PostgreSQL's binary form, in the order of `passageColumns`. */
export type PassageColumns = Bytes[];

/** Passages that are stored with one statement and go into the index together. */
export interface PassageBatch {
  count: number;
  /** Of all passages of the source. */
  total: number;
  columns: PassageColumns;
  /** For an index that takes words by number; null where nobody asked, or where the language of the text is not known. */
  words: NumberedWords | null;
  /** For an index that reads for itself; null where nobody asked, or there are `words`. */
  texts: { headings: string[]; text: string }[] | null;
}

/** A column of `chunks` and the type of array in which {@link PassageBatch} brings it; lists of a row travel as array literals. */
export const passageColumns = [
  { name: 'ordinal', type: 'int[]' },
  { name: 'start_offset', type: 'int[]' },
  { name: 'end_offset', type: 'int[]' },
  { name: 'page', type: 'int[]' },
  { name: 'page_breaks', type: 'text[]', cast: 'int[]' },
  { name: 'headings', type: 'text[]', cast: 'text[]' },
  { name: 'body', type: 'text[]' },
];

const passagesPerBatch = 1000;

export function describeSource({ text }: ExtractedText): SourceHead {
  const bytes = new TextEncoder().encode(text);
  return { text: bytes, hash: createHash('sha256').update(bytes).digest('hex'), language: detectLanguage(text.slice(0, 20_000)) };
}

/** Cuts a source into passages and brings them in the form in which tables and index take them. A source without text has one empty batch. */
export function* preparePassages(source: ExtractedText, language: string | null, isForIndex: boolean): Generator<PassageBatch, void> {
  const chunks = splitText(source);
  const reader = isForIndex && language !== null ? new WordReader(source.title, language) : null;
  for (let from = 0; from === 0 || from < chunks.length; from += passagesPerBatch) {
    const batch = chunks.slice(from, from + passagesPerBatch);
    yield {
      count: batch.length,
      total: chunks.length,
      columns: toColumns(batch, source.pages),
      words: reader?.read(batch) ?? null,
      texts: isForIndex && !reader ? batch.map(({ headings, text }) => ({ headings, text })) : null,
    };
  }
}

/** Passages as the statement takes them that stores them. */
export function toColumns(chunks: Chunk[], pages: PageSpan[]): PassageColumns {
  return [
    integerArray(chunks.map((chunk) => chunk.ordinal)),
    integerArray(chunks.map((chunk) => chunk.start)),
    integerArray(chunks.map((chunk) => chunk.end)),
    integerArray(chunks.map((chunk) => chunk.page)),
    textArray(chunks.map((chunk) => `{${pageBreaks(chunk, pages).join(',')}}`)),
    textArray(chunks.map((chunk) => `{${chunk.headings.map(arrayElement).join(',')}}`)),
    textArray(chunks.map((chunk) => chunk.text)),
  ];
}

/** An element of an array literal (PostgreSQL manual, 8.15.6). */
function arrayElement(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** Where pages begin within a passage, after its own first one. */
function pageBreaks({ start, end, page }: Chunk, pages: PageSpan[]): number[] {
  if (page === null) return [];
  const breaks: number[] = [];
  for (let at = page; at < pages.length && pages[at]!.start < end; at++)
    if (pages[at]!.start > start) breaks.push(pages[at]!.start);
  return breaks;
}
