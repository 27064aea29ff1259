import { ExtractionError } from '@docent/ports';
import { findDelimiter } from './find-delimiter';
import { decodeText, encodingByMark, encodingByZeros, holdsControls } from './decode-text';

export type DocumentType = 'pdf' | 'docx' | 'html' | 'markdown' | 'csv' | 'text';

/**
 * What a file is, by its bytes. The name only decides between formats that are all plain text. Throws `unsupported_file` with
 * the kind in words, `file_encrypted` for Word files in a locked container, `file_broken` for a zip that cannot be opened.
 */
export async function sniffType(content: Uint8Array, fileName: string): Promise<DocumentType> {
  if (hasPdfMark(content)) return 'pdf';
  if (startsWith(content, oleMark)) throw oleError(content);
  if (zipMarks.some((mark) => startsWith(content, mark))) return sniffZip(content);
  if (!encodingByMark(content) && !encodingByZeros(content)) await refuseKnownBinary(content);
  return sniffText(decodeText(content.subarray(0, sampleBytes)), fileName);
}

/** What a file is shows in so many of its first bytes, but for zip containers. */
export const sampleBytes = 65_536;
const oleMark = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** An entry, the end of an empty archive, the first part of a divided one: `PK` alone is how many a text about cars begins (PKW). */
const zipMarks = [
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
  [0x50, 0x4b, 7, 8],
];

/**
 * PDF readers accept the mark anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1). Where it is not the first thing, it may be a text
 * that speaks of it; a PDF has objects.
 */
function hasPdfMark(content: Uint8Array): boolean {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const at = bytes.subarray(0, 1024).indexOf('%PDF-');
  return at === 0 || (at > 0 && bytes.includes('endobj'));
}

/** The container of old Office files, and of new ones that are locked with a password ([MS-OFFCRYPTO]). */
function oleError(content: Uint8Array): ExtractionError {
  const names = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (names.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return new ExtractionError('file_encrypted', 'The file is protected with a password.');
  }
  return unsupported('an old Office file (.doc, .xls, .ppt); save it as .docx');
}

async function sniffZip(content: Uint8Array): Promise<DocumentType> {
  const { listZipEntries } = await import('./safe-zip');
  const names = new Set((await listZipEntries(content)).map((entry) => entry.fileName));
  // Word on the web numbers its main part.
  if ([...names].some((name) => /^word\/document\d*\.xml$/u.test(name))) return 'docx';
  if (names.has('xl/workbook.xml')) throw unsupported('a spreadsheet (.xlsx); export it as CSV');
  if (names.has('ppt/presentation.xml')) throw unsupported('a presentation (.pptx)');
  if (names.has('META-INF/container.xml')) throw unsupported('an electronic book (.epub)');
  if (names.has('content.xml')) throw unsupported('an OpenDocument file (.odt, .ods, .odp); save it as .docx');
  throw unsupported('an archive (.zip); upload the files in it one by one');
}

async function refuseKnownBinary(content: Uint8Array): Promise<void> {
  const { fileTypeFromBuffer } = await import('file-type');
  const sample = content.subarray(0, sampleBytes);
  const found = await fileTypeFromBuffer(sample);
  if (!found || found.mime === 'application/xml') return;
  // Marks of a few letters are also how texts begin: BMW, GIF, ID3.
  if (holdsControls(sample) || /^text\/|rtf|postscript|pgp/u.test(found.mime)) throw unsupported(`of the type ${found.mime}`);
}

function sniffText(sample: string, fileName: string): DocumentType {
  const start = sample.replace(/^[\s\ufeff]+/u, '');
  const extension = /\.([a-z0-9]+)$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (start.startsWith('{\\rtf')) throw unsupported('a rich text file (.rtf); save it as .docx');
  // Pasted text comes as Markdown, and may well be what somebody wrote in a mail.
  if (!markdownNames.has(extension) && isMail(start)) throw unsupported('an e-mail (.eml)');
  if (isHtml(start, extension)) return 'html';
  if (/^<\?xml\s/u.test(start)) throw unsupported('an XML file');
  if (markdownNames.has(extension)) return 'markdown';
  if (/^<(?:svg|!DOCTYPE svg)\s/u.test(start)) throw unsupported('a drawing (.svg)');
  if (findDelimiter(sample, ['csv', 'tsv', 'tab'].includes(extension)) !== null) return tableRule.test(sample) ? 'markdown' : 'csv';
  return extension !== 'txt' && looksLikeMarkdown(sample) ? 'markdown' : 'text';
}

const markdownNames = new Set(['md', 'markdown', 'mdown', 'mdx']);

/** The line below the names of the columns in Markdown: `|---|:--|`. */
const tableRule = /^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*\r?$/mu;

function isHtml(start: string, extension: string): boolean {
  const afterComments = start.replace(/^(?:<!--[\s\S]*?-->\s*|<\?xml[^>]*\?>\s*)+/u, '');
  if (/^(?:<!doctype\s+html|<html|<head|<body)\b/iu.test(afterComments)) return true;
  const isNamedSo = ['html', 'htm', 'xhtml'].includes(extension);
  if (isNamedSo) return /<[a-z][a-z0-9]*[\s/>]/iu.test(start);
  const isOtherFormat = markdownNames.has(extension) || ['csv', 'tsv'].includes(extension);
  return (
    !isOtherFormat && /^<(?:div|p|h[1-6]|ul|ol|table|article|section|main|title|meta|script|style)\b[^>]*>/iu.test(afterComments)
  );
}

/** A block of header fields as mail has it (RFC 5322), with at least three of the well-known names. */
function isMail(start: string): boolean {
  const block = start.split(/\r?\n\r?\n/u, 1)[0] ?? '';
  if (!/^(?:[!-9;-~]+:.*(?:\r?\n[ \t].*)*(?:\r?\n|$))+$/u.test(block.slice(0, 8192))) return false;
  const known = block.match(
    /^(?:from|to|subject|date|mime-version|message-id|received|return-path|content-type|delivered-to):/gimu,
  );
  return new Set(known?.map((name) => name.toLowerCase())).size >= 3;
}

function looksLikeMarkdown(sample: string): boolean {
  const headings = sample.match(/^#{1,6} \S/gmu)?.length ?? 0;
  const others = sample.match(/^(?:```|[-*] \S|\|.*\|$|> \S)|\[[^\]\n]+\]\([^)\n]+\)/gmu)?.length ?? 0;
  return headings > 0 && headings + others >= 3;
}

function startsWith(content: Uint8Array, mark: number[]): boolean {
  return mark.every((byte, at) => content[at] === byte);
}

function unsupported(kind: string): ExtractionError {
  return new ExtractionError('unsupported_file', `This is ${kind}. PDF, Word (.docx), HTML, Markdown, text and CSV can be read.`);
}
