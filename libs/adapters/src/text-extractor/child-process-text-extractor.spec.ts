import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExtractionError, type ExtractedText } from '@docent/ports';
import { afterAll, describe, expect, it } from 'vitest';
import { ChildProcessTextExtractor } from './child-process-text-extractor';
import { extractText } from './extract-text';

const folder = join(import.meta.dirname, '../../../../../shared/files');
const isThere = existsSync(join(folder, 'facts.json'));
const extractor = new ChildProcessTextExtractor();
afterAll(() => extractor.close());

interface GoodFile {
  file: string;
  must_contain: string[];
  must_not_contain?: string[];
  page_facts: { page: number; text: string }[];
  pages?: number;
  title?: string;
}

interface HostileFile {
  file: string;
  expect: 'reject' | 'accept' | 'either';
  why: string;
  must_contain?: string[];
  must_contain_if_accepted?: string[];
  must_not_contain?: string[];
  must_not_create?: string[];
}

const goodFiles: GoodFile[] = isThere ? JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8')) : [];
const hostileFiles: HostileFile[] = isThere ? JSON.parse(readFileSync(join(folder, 'hostile.json'), 'utf8')).files : [];
const readable = /\.(?:pdf|docx|html|md|txt|csv)$/u;

describe.skipIf(!isThere)('real files (skipped without the shared folder of test files)', { timeout: 60_000 }, () => {
  it.each(goodFiles.filter(({ file }) => readable.test(file)))('reads $file', async (good) => {
    const found = await extract(good.file);
    for (const fact of good.must_contain) expect(normalise(found.text)).toContain(normalise(fact));
    for (const phrase of good.must_not_contain ?? []) expect(found.text).not.toContain(phrase);
    for (const { page, text } of good.page_facts) expect(normalise(pageText(found, page))).toContain(normalise(text));
    if (good.pages) expect(found.pages).toHaveLength(good.pages);
    if (good.title) expect(found.title).toBe(good.title);
    expectSoundMarks(found);
  });

  it.each(goodFiles.filter(({ file }) => !readable.test(file)))('refuses $file in clear words', async ({ file }) => {
    await expect(extract(file)).rejects.toMatchObject({
      code: 'unsupported_file',
      message: expect.stringMatching(/^This is .+\. PDF, Word/u),
    });
  });

  it.each(hostileFiles)('survives $file: $why', async (hostile) => {
    const outcome = await extract(hostile.file).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(ExtractionError);
      expect(hostile.expect).not.toBe('accept');
    } else {
      const found = outcome as ExtractedText;
      expect(hostile.expect).not.toBe('reject');
      for (const fact of hostile.must_contain ?? hostile.must_contain_if_accepted ?? [])
        expect(normalise(found.text)).toContain(normalise(fact));
      for (const phrase of hostile.must_not_contain ?? []) expect(found.text).not.toContain(phrase);
      expectSoundMarks(found);
    }
    for (const path of hostile.must_not_create ?? []) expect(existsSync(path)).toBe(false);
  });

  it('says why a locked, an empty and a cut file give no text', async () => {
    await expect(extract('hostile/encrypted.pdf')).rejects.toMatchObject({ code: 'file_encrypted' });
    await expect(extract('hostile/encrypted.docx')).rejects.toMatchObject({ code: 'file_encrypted' });
    await expect(extract('hostile/blank.txt')).rejects.toMatchObject({ code: 'file_empty' });
    await expect(extract('hostile/empty.pdf')).rejects.toMatchObject({ code: 'file_empty' });
    await expect(extract('hostile/truncated.docx')).rejects.toMatchObject({ code: 'file_broken' });
    await expect(extract('hostile/zipbomb.docx')).rejects.toMatchObject({ code: 'file_too_complex' });
  });

  it('does not interleave columns', async () => {
    const { text } = await extract('good/two-columns.pdf');
    expect(text).toContain(
      'Lorem ipsum dolor sit amet, consectetuer adipiscing elit. Ut purus elit, vestibulum ut, placerat ac,',
    );
  });
});

describe('plain text', () => {
  it('comes back as it is read in this process, whether it travels or not', async () => {
    const texts = [
      'Plain words.',
      '\ufeffAfter a mark.',
      'Two\r\nlines.',
      'Größe, 数据, 🙂',
      'Soft\u00adhyphen',
      '  blank around \n',
      '# Heading\n\nwords',
    ];
    for (const text of texts)
      for (const [bytes, name] of [
        [Buffer.from(text), 'a.txt'],
        [Buffer.from(text), 'a.md'],
        [Buffer.from(`\ufeff${text}`, 'utf16le'), 'a.txt'],
      ] as const)
        expect(await extractor.extract(bytes, name, AbortSignal.timeout(60_000))).toEqual(await extractText(bytes, name, 1_000));
    expect((await extractor.extract(Buffer.from(texts[3]!), 'a.txt', AbortSignal.timeout(60_000))).text).toBe(texts[3]);
  });
});

async function extract(file: string): Promise<ExtractedText> {
  return extractor.extract(new Uint8Array(readFileSync(join(folder, file))), file, AbortSignal.timeout(60_000));
}

function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function pageText(found: ExtractedText, page: number): string {
  const span = found.pages.find((candidate) => candidate.page === page);
  return span ? found.text.slice(span.start, span.end) : '';
}

/** Every mark lies inside the text and points at what it names. */
function expectSoundMarks(found: ExtractedText): void {
  expect(found.text.isWellFormed()).toBe(true);
  expect(found.text).not.toMatch(/\0|\r/u);
  for (const heading of found.headings) expect(found.text.startsWith(heading.text, heading.start)).toBe(true);
  for (const span of [...found.tables, ...found.pages]) {
    expect(span.start).toBeLessThanOrEqual(span.end);
    expect(span.end).toBeLessThanOrEqual(found.text.length);
  }
}
