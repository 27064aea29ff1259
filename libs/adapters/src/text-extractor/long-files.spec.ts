import { afterAll, describe, expect, it } from 'vitest';
import { bundleExtractionChild } from './bundle-extraction-child';
import { ChildProcessTextExtractor } from './child-process-text-extractor';
import { extractText } from './extract-text';
import { ReadingProcess } from './reading-process';

const never = new AbortController().signal;
const most = 20_000_000;

describe('a long PDF', { timeout: 120_000 }, () => {
  const pdf = makeLongPdf(9, 60);
  const limits = { timeoutMs: 60_000, maxMemoryGrowthBytes: 340_000_000, maxHeapMegabytes: 260, maxOutputCharacters: most };
  const started: ReadingProcess[] = [];
  const start = async () => {
    const process = new ReadingProcess(await bundleExtractionChild(), limits);
    started.push(process);
    return process;
  };
  afterAll(() => started.forEach((process) => process.kill()));

  it('reads the same with the help of a second process, without it, and when the help fails', async () => {
    const alone = await extractText(pdf, 'book.pdf', most);
    expect(alone.pages).toHaveLength(9);
    const [first, second] = [await start(), await start()];
    expect(await first.read(pdf, 'book.pdf', never, second.readHalf(pdf, never))).toEqual(alone);
    expect(await first.read(pdf, 'book.pdf', never, Promise.resolve(null))).toEqual(alone);
    const extractor = new ChildProcessTextExtractor({ processes: 2 });
    const [one, other] = await Promise.all([
      extractor.extract(pdf, 'book.pdf', never),
      extractor.extract(pdf, 'book.pdf', never),
    ]);
    expect([one, other]).toEqual([alone, alone]);
    await extractor.close();
  });

  it('that breaks both processes fails once, and the next file is read', async () => {
    const extractor = new ChildProcessTextExtractor({ processes: 2, maxMemoryGrowthBytes: 25_000_000 });
    await expect(extractor.extract(makeLongPdf(9, 650), 'book.pdf', never)).rejects.toMatchObject({ code: 'file_too_complex' });
    expect((await extractor.extract(Buffer.from('A small text.'), 'a.txt', never)).text).toBe('A small text.');
    await extractor.close();
  });

  it('ends both processes when it is cancelled', async () => {
    const extractor = new ChildProcessTextExtractor({ processes: 2 });
    const stop = new AbortController();
    // So long that no machine has read it by then.
    const reading = extractor.extract(makeLongPdf(9, 1500), 'book.pdf', stop.signal);
    setTimeout(() => stop.abort(), 300);
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect((await extractor.extract(Buffer.from('A small text.'), 'a.txt', never)).text).toBe('A small text.');
    await extractor.close();
  });
});

describe('a long text', { timeout: 120_000 }, () => {
  const extractor = new ChildProcessTextExtractor();
  afterAll(() => extractor.close());
  const line = 'The heron waited at the weir until dusk, and nothing came – not even a carp.\n';
  const text = line.repeat(8_000);
  const at = (place: number, piece: Uint8Array) =>
    Buffer.concat([Buffer.from(text.slice(0, place)), piece, Buffer.from(text.slice(place))]);

  it.each<[string, string, Uint8Array]>([
    ['plain UTF-8', 'a.txt', Buffer.from(text)],
    ['three slices of lines of Windows', 'a.txt', Buffer.from(text.replaceAll('\n', '\r\n').repeat(5))],
    ['a mark at its start', 'a.txt', Buffer.from(`\ufeff${text}`)],
    ['what is no text far behind its start', 'a.txt', at(400_000, Buffer.from('\r\n\u0007\u00ad'))],
    ['bytes of another encoding far behind its start', 'a.txt', at(400_000, Buffer.from([0xe9, 0x20, 0xfc]))],
    ['UTF-16', 'a.txt', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['Markdown', 'a.md', Buffer.from(`# Birds\n\n${text}`)],
    ['HTML', 'a.txt', Buffer.from(`<!doctype html><title>Birds</title><p>${text}</p>`)],
    ['rows and columns', 'a.csv', Buffer.from(`name,price\n${'lamp,10\n'.repeat(80_000)}`)],
  ])('is read as a short one is: %s', async (_, name, content) => {
    expect(await extractor.extract(content, name, never)).toEqual(await extractText(content, name, most));
  });

  it('of nothing but blanks is empty', async () => {
    await expect(extractor.extract(Buffer.alloc(700_000, 32), 'a.txt', never)).rejects.toMatchObject({ code: 'file_empty' });
  });

  it('that is longer than allowed is refused', async () => {
    const strict = new ChildProcessTextExtractor({ maxOutputCharacters: 100_000 });
    await expect(strict.extract(Buffer.from(text), 'a.txt', never)).rejects.toMatchObject({ code: 'file_too_complex' });
    await strict.close();
  });
});

/** So many pages of lines that all differ, made longer by half a megabyte that no page uses. */
function makeLongPdf(pages: number, linesPerPage: number): Uint8Array {
  const lines = (page: number) =>
    Array.from(
      { length: linesPerPage },
      (_, at) => `(Page ${page}, line ${at}: the heron waited at the weir until dusk, and nothing came, not even a carp.) '`,
    );
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, page) => `${4 + page * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...Array.from({ length: pages }, (_, page) => {
      const content = `BT /F1 10 Tf 14 TL 56 9000 Td ${lines(page).join('\n')} ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 9842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + page * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }).flat(),
    `<< /Length 600000 >>\nstream\n${'0'.repeat(600_000)}\nendstream`,
  ];
  let file = '%PDF-1.7\n';
  const places = objects.map((object, at) => {
    const place = `${String(file.length).padStart(10, '0')} 00000 n \n`;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file + table + end, 'latin1');
}
