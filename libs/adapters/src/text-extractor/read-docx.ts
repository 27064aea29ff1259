import { ExtractionError } from '@docent/ports';
import mammoth from 'mammoth';
import { readHtml } from './read-html';
import { unzip } from './safe-zip';
import type { TextBuilder } from './text-builder';
import { writeStoredZip } from './write-stored-zip';

/**
 * Word (ECMA-376) by way of HTML, which keeps headings, lists, tables and footnotes. Mammoth gets a zip of our own with only
 * the text parts, already unpacked within limits and free of document type declarations. Returns the document's title or ''.
 */
export async function readDocx(content: Uint8Array, into: TextBuilder): Promise<string> {
  const parts = await unzip(content, isTextPart);
  for (const data of parts.values()) refuseDeclarations(data);
  const properties = parts.get('docProps/core.xml')?.toString('utf8') ?? '';
  const html = await mammoth.convertToHtml({ buffer: writeStoredZip(parts) }, options);
  const found = readHtml(html.value.replace(backLinks, ''), into);
  return titleProperty(properties) || found;
}

/** The links of mammoth's footnotes back to their place in the text. */
const backLinks = /<a href="#[^"]*-ref-[^"]*">↑<\/a>/gu;

const options = {
  styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh", 'comment-reference => '],
  externalFileAccess: false,
  convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
};

function isTextPart(name: string): boolean {
  return (
    name === '[Content_Types].xml' ||
    name === 'docProps/core.xml' ||
    /^(?:_rels|word(?:\/_rels)?)\/[^/]*\.(?:xml|rels)$/u.test(name)
  );
}

/** Entities are how a few bytes become gigabytes or other people's files; Word never writes a declaration. */
function refuseDeclarations(xml: Buffer): void {
  const isUtf16 = (xml[0] === 0xff && xml[1] === 0xfe) || (xml[0] === 0xfe && xml[1] === 0xff) || xml[0] === 0 || xml[1] === 0;
  if (isUtf16 || xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY')) {
    throw new ExtractionError(
      'file_broken',
      'The file is not a valid Word document: it declares entities or an unusual encoding.',
    );
  }
}

function titleProperty(xml: string): string {
  const title = /<dc:title[^>]*>([^<]*)<\/dc:title>/u.exec(xml)?.[1] ?? '';
  return title.replace(/&(lt|gt|quot|apos|amp);/gu, (_whole, name: string) => entities[name] ?? '').trim();
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
