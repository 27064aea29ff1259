import { deflateSync } from 'node:zlib';

const linesPerPage = 46;

/** A PDF (ISO 32000-1) of plain text in one standard font, so many pages with about 46 lines each, compressed as usual. `line(n)` gives the text. */
export function makePdf(pages: number, line: (number: number) => string): Uint8Array<ArrayBuffer> {
  const objects: Buffer[] = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from(`<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, page) => `${4 + page * 2} 0 R`).join(' ')}] >>`),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'),
  ];
  for (let page = 0; page < pages; page++) {
    const lines = Array.from({ length: linesPerPage }, (_, at) => `(${escapeText(line(page * linesPerPage + at))}) '`);
    const content = deflateSync(`BT /F1 10 Tf 14 TL 56 800 Td ${lines.join('\n')} ET`);
    objects.push(
      Buffer.from(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + page * 2} 0 R >>`),
      Buffer.concat([Buffer.from(`<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`), content, Buffer.from('\nendstream')]),
    );
  }
  return assemble(objects);
}

function assemble(objects: Buffer[]): Uint8Array<ArrayBuffer> {
  const parts = [Buffer.from('%PDF-1.7\n')];
  let length = parts[0]!.length;
  const offsets = objects.map((object, at) => {
    const part = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    const offset = length;
    parts.push(part);
    length += part.length;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(parts));
}

/** Only what the font's encoding has for sure. */
function escapeText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, ' ').replace(/[\\()]/g, '\\$&');
}
