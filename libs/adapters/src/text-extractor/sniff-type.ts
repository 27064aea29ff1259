import { ExtractionError } from '@docent/ports';
import { findDelimiter } from './find-delimiter';
import { decodeText, encodingByMark, encodingByZeros } from './decode-text';

export type DocumentType = 'pdf' | 'docx' | 'html' | 'markdown' | 'csv' | 'text';

/**
 * What a file is, by its bytes. The name only decides between formats that are all plain text. Throws `unsupported_file` with
 * the kind in words, `file_encrypted` for Word files in a locked container, `file_broken` for a zip that cannot be opened.
 */
export async function sniffType(content: Uint8Array, fileName: string): Promise<DocumentType> {
  if (hasPdfMark(content)) return 'pdf';
  if (startsWith(content, oleMark)) throw oleError(content);
  if (startsWith(content, zipMark)) return sniffZip(content);
  if (!encodingByMark(content) && !encodingByZeros(content)) await refuseKnownBinary(content);
  return sniffText(decodeText(content.subarray(0, sampleBytes)), fileName);
}

/** What a file is shows in so many of its first bytes, but for zip containers. */
export const sampleBytes = 65_536;
const oleMark = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const zipMark = [0x50, 0x4b];

/** PDF readers accept the mark anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1). */
function hasPdfMark(content: Uint8Array): boolean {
  return latin1(content.subarray(0, 1024)).includes('%PDF-');
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
  if (names.has('word/document.xml')) return 'docx';
  if (names.has('xl/workbook.xml')) throw unsupported('a spreadsheet (.xlsx); export it as CSV');
  if (names.has('ppt/presentation.xml')) throw unsupported('a presentation (.pptx)');
  if (names.has('META-INF/container.xml')) throw unsupported('an electronic book (.epub)');
  if (names.has('content.xml')) throw unsupported('an OpenDocument file (.odt, .ods, .odp); save it as .docx');
  throw unsupported('an archive (.zip); upload the files in it one by one');
}

async function refuseKnownBinary(content: Uint8Array): Promise<void> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(content.subarray(0, sampleBytes));
  if (found && found.mime !== 'application/xml') throw unsupported(`of the type ${found.mime}`);
}

function sniffText(sample: string, fileName: string): DocumentType {
  const start = sample.replace(/^[\s\ufeff]+/u, '');
  const extension = /\.([a-z0-9]+)$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (start.startsWith('{\\rtf')) throw unsupported('a rich text file (.rtf); save it as .docx');
  if (isMail(start)) throw unsupported('an e-mail (.eml)');
  if (isHtml(start, extension)) return 'html';
  if (/^<\?xml\s/u.test(start)) throw unsupported('an XML file');
  if (['md', 'markdown', 'mdown', 'mdx'].includes(extension)) return 'markdown';
  if (findDelimiter(sample, ['csv', 'tsv', 'tab'].includes(extension)) !== null) return 'csv';
  return extension !== 'txt' && looksLikeMarkdown(sample) ? 'markdown' : 'text';
}

function isHtml(start: string, extension: string): boolean {
  const afterComments = start.replace(/^(?:<!--[\s\S]*?-->\s*|<\?xml[^>]*\?>\s*)+/u, '');
  if (/^(?:<!doctype\s+html|<html|<head|<body)\b/iu.test(afterComments)) return true;
  const isNamedSo = ['html', 'htm', 'xhtml'].includes(extension);
  if (isNamedSo) return /<[a-z][a-z0-9]*[\s/>]/iu.test(start);
  const isOtherFormat = ['md', 'markdown', 'mdown', 'mdx', 'csv', 'tsv'].includes(extension);
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

function latin1(content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
}

function unsupported(kind: string): ExtractionError {
  return new ExtractionError('unsupported_file', `This is ${kind}. PDF, Word (.docx), HTML, Markdown, text and CSV can be read.`);
}
