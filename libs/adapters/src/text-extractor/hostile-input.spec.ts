import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { ExtractionError, type ExtractedText } from '@docent/ports';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ChildProcessTextExtractor } from './child-process-text-extractor';
import { writeStoredZip } from './write-stored-zip';

const folder = join(import.meta.dirname, '../../../../../shared/files');
const extractor = new ChildProcessTextExtractor({ timeoutMs: 2500 });
afterAll(() => extractor.close());

describe('files made to do harm', { timeout: 120_000 }, () => {
  it('stops a PDF whose page unpacks to a gigabyte', async () => {
    const stream = deflateSync(Buffer.concat([Buffer.from('BT /F1 9 Tf '), Buffer.alloc(150_000_000, '(a) Tj ')]));
    await expect(extract(aPdf(stream), 'bomb.pdf')).rejects.toMatchObject({ code: 'file_too_complex' });
  });

  it.each([
    ['elements', '<div>'.repeat(400_000)],
    ['tables', '<table><tr><td>'.repeat(30_000)],
    ['formatting', '<b><i><u><a href=x>'.repeat(30_000)],
    ['attributes', `<p ${'a b '.repeat(400_000)}>`],
  ])('survives HTML of endless %s', async (_kind, html) => {
    await expectTextOrReason(Buffer.from(`<!doctype html><p>Shown</p>${html}deep`), 'deep.html');
  });

  it.each([
    ['quotes', '> '.repeat(5000)],
    ['lists', '- '.repeat(20_000)],
    ['brackets', '['.repeat(50_000)],
    ['emphasis', '*a_ '.repeat(10_000)],
    ['a table of many columns', `${'|a'.repeat(20_000)}|\n${'|-'.repeat(20_000)}|\n`],
    ['a fence that never ends', `\`\`\`\n${'code\n'.repeat(100_000)}`],
  ])('survives Markdown of endless %s', async (_kind, markdown) => {
    await expectTextOrReason(Buffer.from(`# Title\n\n${markdown}`), 'deep.md');
  });

  it.each([
    ['nesting', wordFile(`${'<w:p>'.repeat(30_000)}`)],
    ['no end', wordFile('<w:p><w:r><w:t>Text that stops')],
    ['other encoding', wordFile('<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE')],
  ])('survives Word files with %s', async (_kind, file) => {
    await expectTextOrReason(file, 'a.docx');
  });

  it('survives CSV of one endless quote, and of a hundred thousand columns', async () => {
    await expectTextOrReason(Buffer.from(`a,b\n"${'x,y\n'.repeat(300_000)}`), 'a.csv');
    await expectTextOrReason(Buffer.from(`${'a,'.repeat(100_000)}\n${'1,'.repeat(100_000)}\n`), 'a.csv');
  });

  it.skipIf(!existsSync(folder))('answers any damage to real files with text or a reason, and goes on', async () => {
    const seeds = [
      'memo.pdf',
      'receipt.pdf',
      'tables.docx',
      'footnotes.docx',
      'customers-semicolon.csv',
      'ibm.md',
      'war-and-peace.txt',
    ];
    const files = seeds.map((name) => ({ name, content: readFileSync(join(folder, 'good', name)) }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.array(anyDamage, { minLength: 1, maxLength: 8 }), async (file, damages) => {
        await expectTextOrReason(damages.reduce(damage, file.content), file.name);
      }),
      { numRuns: 150, seed: 20_261_121 },
    );
  });
});

interface Damage {
  kind: 'replace' | 'cut' | 'double' | 'remove';
  at: number;
  length: number;
  byte: number;
}

const anyDamage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'replace', 'cut', 'double', 'remove'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  byte: fc.nat(255),
});

function damage(content: Buffer, { kind, at, length, byte }: Damage): Buffer {
  const start = Math.floor(at * content.length);
  const [before, hit, after] = [
    content.subarray(0, start),
    content.subarray(start, start + length),
    content.subarray(start + length),
  ];
  if (kind === 'replace') return Buffer.concat([before, Buffer.alloc(hit.length, byte), after]);
  if (kind === 'double') return Buffer.concat([before, hit, hit, after]);
  return kind === 'remove' ? Buffer.concat([before, after]) : Buffer.from(before);
}

async function expectTextOrReason(content: Buffer, name: string): Promise<void> {
  const outcome = await extract(content, name).catch((error: unknown) => error);
  if (outcome instanceof Error) return expect(outcome).toBeInstanceOf(ExtractionError);
  const { text } = outcome as ExtractedText;
  expect(text.trim()).not.toBe('');
  expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
}

function extract(content: Buffer, name: string): Promise<ExtractedText> {
  return extractor.extract(content, name, new AbortController().signal);
}

function wordFile(body: string): Buffer {
  const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const parts: [string, string][] = [
    ['[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'],
    [
      '_rels/.rels',
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Target="word/document.xml" ' +
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    ],
    ['word/document.xml', body.startsWith('<?xml') ? body : `<w:document ${space}><w:body>${body}`],
  ];
  return writeStoredZip(new Map(parts.map(([name, text]) => [name, Buffer.from(text)])));
}

/** One page with the given packed content; readers rebuild the missing directory. */
function aPdf(stream: Buffer): Buffer {
  const head =
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R' +
    '/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n';
  const object = `4 0 obj<</Length ${stream.length}/Filter/FlateDecode>>stream\n`;
  return Buffer.concat([Buffer.from(head + object), stream, Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF')]);
}
