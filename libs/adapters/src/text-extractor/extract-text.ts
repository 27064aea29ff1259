import { ExtractionError, type ExtractedText } from '@docent/ports';
import { decodeText, encodingByMark, encodingByZeros, looksBinary } from './decode-text';
import type { PackedLines } from './pack-lines';
import { sniffType, type DocumentType } from './sniff-type';
import { TextBuilder } from './text-builder';

/**
 * Reads the text out of one file, in this process. The parser of its type is loaded when the first such file comes.
 * Throws `ExtractionError`, and whatever a parser throws at a broken file.
 */
export async function extractText(
  content: Uint8Array,
  fileName: string,
  maxCharacters: number,
  help?: Promise<PackedLines | null>,
): Promise<ExtractedText> {
  if (content.length === 0) throw new ExtractionError('file_empty', 'The file is empty: 0 bytes.');
  const type = await sniffType(content, fileName);
  const into = new TextBuilder(maxCharacters);
  const title = await readers[type](content, into, help);
  return { title: cleanTitle(title) || nameWithoutExtension(fileName), mediaType: mediaTypes[type], ...into.finish() };
}

/**
 * By its first {@link sampleBytes}: what a file is said to be that is plain text throughout, without its text. Null where it is something
 * else, or where that needs a look at the whole. Throws as {@link extractText} does.
 */
export async function lookAtStart(sample: Uint8Array, fileName: string): Promise<ExtractedText | null> {
  if ((await sniffType(sample, fileName)) !== 'text') return null;
  if (encodingByMark(sample) === 'utf-16le' || encodingByMark(sample) === 'utf-16be' || encodingByZeros(sample)) return null;
  if (looksBinary(sample)) return null;
  return { title: nameWithoutExtension(fileName), mediaType: mediaTypes.text, text: '', pages: [], headings: [], tables: [] };
}

/** Writes the text into the builder and returns the title that the document gives itself, or ''. */
type Reader = (content: Uint8Array, into: TextBuilder, help?: Promise<PackedLines | null>) => Promise<string> | string;

const readers: Record<DocumentType, Reader> = {
  pdf: async (content, into, help) => (await import('./read-pdf')).readPdf(content, into, help),
  docx: async (content, into) => (await import('./read-docx')).readDocx(content, into),
  html: async (content, into) => (await import('./read-html')).readHtml(decodeText(content, 'html'), into),
  markdown: async (content, into) => (await import('./read-markdown')).readMarkdown(decodeText(content), into),
  csv: async (content, into) => (await import('./read-csv')).readCsv(decodeText(content), into),
  text: (content, into) => {
    into.write(decodeText(content));
    return '';
  },
};

const mediaTypes: Record<DocumentType, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html',
  markdown: 'text/markdown',
  csv: 'text/csv',
  text: 'text/plain',
};

function cleanTitle(title: string): string {
  const words = title
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .toWellFormed();
  return Array.from(words).slice(0, 200).join('');
}

function nameWithoutExtension(fileName: string): string {
  const base = fileName.split(/[/\\]/u).at(-1) ?? '';
  return cleanTitle(base.replace(/\.[a-z0-9]{1,8}$/iu, '')) || 'Untitled';
}
