import { ExtractionError, type ExtractedText } from '@docent/ports';
import { decodeText } from './decode-text';
import { sniffType, type DocumentType } from './sniff-type';
import { TextBuilder } from './text-builder';

/**
 * Reads the text out of one file, in this process. The parser of its type is loaded when the first such file comes.
 * Throws `ExtractionError`, and whatever a parser throws at a broken file.
 */
export async function extractText(content: Uint8Array, fileName: string, maxCharacters: number): Promise<ExtractedText> {
  if (content.length === 0) throw new ExtractionError('file_empty', 'The file is empty: 0 bytes.');
  const type = await sniffType(content, fileName);
  const into = new TextBuilder(maxCharacters);
  const title = await readers[type](content, into, fileName);
  return { title: cleanTitle(title) || nameWithoutExtension(fileName), mediaType: mediaTypes[type], ...into.finish() };
}

/** Writes the text into the builder and returns the title that the document gives itself, or ''. */
type Reader = (content: Uint8Array, into: TextBuilder, fileName: string) => Promise<string> | string;

const readers: Record<DocumentType, Reader> = {
  pdf: async (content, into) => (await import('./read-pdf')).readPdf(content, into),
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
