import { describe, expect, it } from 'vitest';
import { extractText } from './extract-text';
import { writeStoredZip } from './write-stored-zip';

describe('plain text', () => {
  const text = 'Überweisungen dauern drei Werktage.\nZwei Zeilen – mit Strich.';

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without mark', Buffer.from(text, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(text, 'utf16le').swap16()],
    ['windows-1252', Buffer.from(text.replace('–', '\u0096'), 'latin1')],
  ])('reads %s', async (_name, content) => {
    expect(await read(content, 'a.txt')).toMatchObject({ text, mediaType: 'text/plain', title: 'a' });
  });

  it('reads Cyrillic and Japanese text that does not say its encoding', async () => {
    const cyrillic = Buffer.from(
      [...'Доставка занимает два дня'].map((letter) => (letter === ' ' ? 32 : letter.charCodeAt(0) - 0x350)),
    );
    expect((await read(cyrillic, 'a.txt')).text).toBe('Доставка занимает два дня');
    const japanese = Buffer.from('947a919782cd93f193fa82a982a982e882dc82b78142', 'hex');
    expect((await read(japanese, 'a.txt')).text).toBe('配送は二日かかります。');
  });

  it('gives one kind of line end, no control characters and no half characters', async () => {
    expect((await read(Buffer.from('one\r\ntwo\rthree\0\u0007 four\u00ad'), 'a.txt')).text).toBe('one\ntwo\nthree four');
    expect((await read(Buffer.from([0xff, 0xfe, 0x41, 0, 0, 0xd8, 0x42, 0]), 'a.txt')).text).toBe('A\ufffdB');
  });

  it('says so where there is nothing that anybody could see', async () => {
    for (const text of [' \n\t', '\u00ad\u00ad', '\u200b\u200b\u2060\ufeff', '\u200e \u200f'])
      await expect(read(Buffer.from(text), 'a.txt')).rejects.toMatchObject({ code: 'file_empty' });
    expect((await read(Buffer.from('\u200f7'), 'a.txt')).text).toContain('7');
  });

  it('refuses more text than it may write', async () => {
    await expect(extractText(Buffer.from('12345678901'), 'a.txt', 10)).rejects.toMatchObject({ code: 'file_too_complex' });
  });
});

describe('the type of a file', () => {
  it.each([
    ['page.txt', '<!DOCTYPE html><p>Words</p>', 'text/html'],
    ['page', '<!-- made by hand -->\n<html><body>Words</body></html>', 'text/html'],
    ['readme.md', '<div align="center">Words</div>\n\n# Title', 'text/markdown'],
    ['readme', '# Title\n\nSee [this](https://example.com).\n\n- one\n- two\n', 'text/markdown'],
    ['list.txt', 'a;b;c\n1;2;3\n4;5;6\n7;8;9\n0;0;0\n', 'text/csv'],
    ['list.csv', 'name\nAda\n', 'text/csv'],
    [
      'letter.txt',
      'Dear Sir, dear Madam,\nwe write, as agreed, to you.\nYours, truly,\nAda, Bob, Carl\nBye, bye\n',
      'text/plain',
    ],
    ['notes.txt', 'Subject: a walk\n\nFrom here to there.', 'text/plain'],
    ['text.md', 'From: Ann\nTo: Bob\nSubject: Ferry\n\nThe ferry leaves at noon.', 'text/markdown'],
    ['cars.txt', 'PKW-Verleih: ein Kleinwagen kostet 40 Euro am Tag.', 'text/plain'],
    ['cars.txt', 'BMW dealers open at nine.', 'text/plain'],
    ['cars.txt', 'ID3 is an electric car.', 'text/plain'],
    ['pictures.md', 'GIF pictures may have 2 MB.', 'text/markdown'],
    ['oak.txt', 'solid oak tables cost 300 euros.', 'text/plain'],
    ['formats.md', '# Files\n\nA PDF begins with %PDF-1.7.', 'text/markdown'],
    ['prices.txt', '| Article | Price | Note |\n|---|--:|---|\n| Lamp | 10 | x |\n| Bed | 40 | y |\n', 'text/markdown'],
  ])('of %s is found in its content', async (name, content, mediaType) => {
    expect((await read(Buffer.from(content), name)).mediaType).toBe(mediaType);
  });

  it.each([
    ['mail.txt', 'From: a@example.com\nTo: b@example.com\nSubject: Hello\nDate: today\n\nHello.', 'e-mail'],
    ['picture.txt', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'image/png'],
    ['data.xml', '<?xml version="1.0"?><feed/>', 'XML'],
    ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><text>Docent</text></svg>', 'svg'],
    ['times.ics', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', 'text/calendar'],
    ['photo.txt', Buffer.from('424d460000000000000036000000280000000200', 'hex'), 'image/bmp'],
    ['letter.doc', '{\\rtf1 Hello}', 'rtf'],
  ])('of %s is named when it cannot be read', async (name, content, kind) => {
    const file = typeof content === 'string' ? Buffer.from(content) : content;
    await expect(read(file, name)).rejects.toMatchObject({ code: 'unsupported_file', message: expect.stringContaining(kind) });
  });
});

describe('web pages', () => {
  it('keep the article and lose the furniture', async () => {
    const page = `<html><head><title>Fees | Bank</title><style>p{}</style></head><body><header><a href=/>Home</a></header>
      <nav><ul><li>Products</li></ul></nav><main><h1>Fees</h1><p>A transfer costs <b>two</b> euros.<sup>[3]</sup></p><script>track()</script>
      <ul><li>Cards<ul><li>Gold</li></ul></li><li>Loans</li></ul><ol><li>First</li><li>Then</li></ol><pre>a = 1\n  b = 2</pre>
      <table><tr><th>Card</th><th>Price</th></tr><tr><td>Gold</td><td>10 <i>euros</i></td></tr></table><p hidden>secret</p></main>
      <aside>Advert</aside><footer>Imprint</footer></body></html>`;
    const found = await read(Buffer.from(page), 'a.html');
    expect(found.title).toBe('Fees');
    expect(found.text.trim()).toBe(
      'Fees\n\nA transfer costs two euros.\n\n- Cards\n  - Gold\n- Loans\n1. First\n2. Then\n\na = 1\n  b = 2\n\nCard | Price\nGold | 10 euros',
    );
    expect(found.headings).toEqual([{ level: 1, text: 'Fees', start: 0 }]);
    expect(found.tables.map(({ start, end, header }) => [found.text.slice(start, end), header])).toEqual([
      ['a = 1\n  b = 2\n', ''],
      ['Card | Price\nGold | 10 euros\n', 'Card | Price'],
    ]);
  });

  it('keep the caption of a table, and lose links for editing, marks of footnotes and hidden keys in headings and cells', async () => {
    const page = `<body><h2>Fees<span class="mw-editsection">[edit]</span></h2><table><caption>Since May<sup>[1]</sup></caption>
      <tr><th>Card</th><th>Price</th></tr><tr style="display:none"><td>Old</td><td>5</td></tr>
      <tr><td>Gold<sup>[2]</sup></td><td><span style="display:none">0010</span>10 euros</td></tr></table></body>`;
    const found = await read(Buffer.from(`<!doctype html>${page}`), 'a.html');
    expect(found.text.trim()).toBe('Fees\n\nSince May\n\nCard | Price\nGold | 10 euros');
    expect(found.headings.map(({ text }) => text)).toEqual(['Fees']);
  });

  it('are read through tables that only lay them out', async () => {
    const found = await read(
      Buffer.from('<html><table><tr><td><h2>Hours</h2><table><tr><td>Mon</td><td>9-5</td></tr></table></td></tr></table>'),
      'a',
    );
    expect(found.headings.map(({ text }) => text)).toEqual(['Hours']);
    expect(found.text).toContain('Mon | 9-5');
  });
});

describe('Word files', () => {
  it.each(['document.xml', 'document2.xml'])('are known by their main part, whatever its number: %s', async (part) => {
    const space = 'http://schemas.openxmlformats.org';
    const word = `${space}/wordprocessingml/2006/main`;
    const parts = {
      '[Content_Types].xml': `<Types xmlns="${space}/package/2006/content-types"/>`,
      '_rels/.rels': `<Relationships xmlns="${space}/package/2006/relationships"><Relationship Id="a" Target="word/${part}" Type="${space}/officeDocument/2006/relationships/officeDocument"/></Relationships>`,
      [`word/${part}`]: `<w:document xmlns:w="${word}"><w:body><w:p><w:r><w:t>The ferry leaves at noon.</w:t></w:r></w:p></w:body></w:document>`,
    };
    const file = writeStoredZip(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])));
    expect(await read(file, 'ferry.txt')).toMatchObject({ text: 'The ferry leaves at noon.\n\n', mediaType: expect.stringContaining('wordprocessingml') });
  });
});

describe('CSV', () => {
  it.each([',', ';', '\t', '|'])('says in each line what its figures mean (%j)', async (delimiter) => {
    const rows = [
      ['Article', 'Price', 'Note'],
      ['Lamp', '10', '"two\nlines"'],
      ['Chair', '', `"one${delimiter} two"`],
    ];
    const found = await read(Buffer.from(rows.map((row) => row.join(delimiter)).join('\r\n')), 'a.csv');
    expect(found.text.trim()).toBe(
      `Article: Lamp; Price: 10; Note: two lines\nArticle: Chair; Note: one${delimiter === '\t' ? ' ' : delimiter} two`.replace(
        '  ',
        ' ',
      ),
    );
    expect(found.tables).toEqual([{ start: 0, end: found.text.trimEnd().length + 1, header: 'Article; Price; Note' }]);
  });

  it('needs no names of columns', async () => {
    expect((await read(Buffer.from('1,2\n3,4\n'), 'a.csv')).text.trim()).toBe('1; 2\n3; 4');
    const people = 'Ann Lee,ann@example.org,Berth 7\nBob Roy,bob@example.org,Berth 12\n';
    expect((await read(Buffer.from(people), 'a.csv')).text.trim()).toBe(people.trim().replaceAll(',', '; '));
    const quarters = 'Berth,Q1,Q2\nNorth,10,12\nSouth,8,9\n';
    expect((await read(Buffer.from(quarters), 'a.csv')).text).toContain('Berth: North; Q1: 10; Q2: 12');
  });
});

describe('Markdown', () => {
  it('reads as it looks, without its syntax', async () => {
    const markdown =
      '---\ntitle: "Fees"\n---\n# All fees\n\nA *transfer* costs\ntwo [euros](https://example.com).\n\n1. one\n2. two\n   - inner\n\n> quoted\n\n```sh\nnpm start\n```\n\n| a | b |\n|---|---|\n| 1 | `2` |\n';
    const found = await read(Buffer.from(markdown), 'a.md');
    expect(found.title).toBe('Fees');
    expect(found.text.trim()).toBe(
      'All fees\n\nA transfer costs two euros.\n\n1. one\n2. two\n  - inner\n\nquoted\n\nnpm start\n\na | b\n1 | 2',
    );
    expect(found.headings).toEqual([{ level: 1, text: 'All fees', start: 0 }]);
    expect(found.tables.map(({ header }) => header)).toEqual(['', 'a | b']);
  });

  it.each([
    ['in one piece', '<table>\n<tr><th>Card</th><th>Price</th></tr>\n<tr><td>Gold</td><td>10</td></tr>\n</table>'],
    ['torn by a blank line', '<table>\n<tr><th>Card</th><th>Price</th></tr>\n\n<tr><td>Gold</td><td>10</td></tr>\n</table>'],
  ])('keeps the rows of an HTML table whole: %s', async (_, table) => {
    const found = await read(Buffer.from(`<h1 align="center">Fees</h1>\n\n${table}\n\nLater.\n`), 'a.md');
    expect(found.title).toBe('Fees');
    expect(found.headings).toEqual([{ level: 1, text: 'Fees', start: 0 }]);
    const rows = found.tables.map(({ start, end }) => found.text.slice(start, end)).join('');
    expect(rows).toBe('Card | Price\nGold | 10\n');
    expect(found.text.trim().endsWith('Later.')).toBe(true);
  });
});

function read(content: Uint8Array, name: string) {
  return extractText(content, name, 1_000_000);
}
