import { ExtractionError } from '@docent/ports';
import { getDocument } from 'unpdf/pdfjs';
import { dropPageFurniture } from './drop-page-furniture';
import { packLines, unpackLines, type PackedLines } from './pack-lines';
import type { PdfLine } from './pdf-line';
import { readLines } from './pdf-lines';
import { writePdfPages } from './write-pdf-pages';
import type { TextBuilder } from './text-builder';

/**
 * PDF (ISO 32000) with pdf.js: page by page, in reading order, headings by size of type. Owner-locked files are read, files
 * that need a password are `file_encrypted`, files without text (scans) are `file_empty`. Returns the document's title or ''.
 * With `help` another process is reading the later half of the pages; where it brings null, this one reads them too.
 */
export async function readPdf(content: Uint8Array, into: TextBuilder, help?: Promise<PackedLines | null>): Promise<string> {
  return withDocument(content, async (document) => {
    const middle = help ? middleOf(document) : document.numPages;
    const pages = await readPages(document, 1, middle);
    const lines = await help;
    for (const page of lines ? unpackLines(lines) : await readPages(document, middle + 1, document.numPages)) pages.push(page);
    if (pages.every((page) => page.length === 0)) throw new ExtractionError('file_empty', noText);
    writePdfPages(dropPageFurniture(pages), into);
    return titleOf(document);
  });
}

/** What {@link readPdf} is helped with. */
export function readLaterHalf(content: Uint8Array): Promise<PackedLines> {
  return withDocument(content, async (document) =>
    packLines(await readPages(document, middleOf(document) + 1, document.numPages)),
  );
}

type PdfDocument = Awaited<ReturnType<typeof getDocument>['promise']>;

/** pdf.js remembers 70 KB of each page until it is told to forget; fonts are then read again. */
const pagesKept = 200;

/** Whoever helps starts a little later, so its half is a little smaller. */
function middleOf({ numPages }: PdfDocument): number {
  return Math.ceil(numPages * 0.52);
}

async function withDocument<T>(content: Uint8Array, work: (document: PdfDocument) => Promise<T>): Promise<T> {
  const task = getDocument({ ...options, data: new Uint8Array(content) });
  try {
    return await work(await task.promise);
  } catch (error) {
    throw explain(error);
  } finally {
    await task.destroy();
  }
}

async function readPages(document: PdfDocument, first: number, last: number): Promise<PdfLine[][]> {
  const pages: PdfLine[][] = [];
  for (let number = first; number <= last; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent({ disableNormalization: true });
    pages.push(readLines(items));
    page.cleanup();
    if (number % pagesKept === 0) await document.cleanup();
  }
  return pages;
}

const noText =
  'No text can be read from this PDF: it holds only pictures (a scan), or fonts that do not say which letters they draw. Run text recognition on it and upload the result.';

/** Reading needs no fonts, images, scripts or files; nothing is fetched and nothing is evaluated. */
const options = {
  verbosity: 0,
  isEvalSupported: false,
  useSystemFonts: false,
  disableFontFace: true,
  useWorkerFetch: false,
  enableXfa: false,
  disableAutoFetch: true,
  disableStream: true,
  maxImageSize: 1,
};

async function titleOf(document: PdfDocument): Promise<string> {
  const { info } = await document.getMetadata();
  const title = 'Title' in info && typeof info.Title === 'string' ? info.Title.trim() : '';
  return /^(?:\(?anonymous\)?|untitled|.*\.(?:docx?|indd|qxd|tex|pdf|dvi))$/iu.test(title)
    ? ''
    : title.replace(/^Microsoft Word - /u, '');
}

function explain(error: unknown): unknown {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return new ExtractionError('file_encrypted', 'The PDF is protected with a password.');
  if (name === 'InvalidPDFException') return new ExtractionError('file_broken', 'The PDF is damaged or incomplete.');
  return error;
}
