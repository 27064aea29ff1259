import type { PdfLine } from './pdf-line';

/** Lines of pages as they travel between processes: one string and flat numbers instead of a hundred thousand objects. */
export interface PackedLines {
  /** Lines in each page. */
  counts: Uint32Array;
  /** Of all lines, parted by line feeds, which no line holds. */
  texts: string;
  /** Four numbers for each line. */
  places: Float64Array;
}

export function packLines(pages: PdfLine[][]): PackedLines {
  const lines = pages.flat();
  const places = new Float64Array(lines.length * 4);
  lines.forEach(({ start, end, baseline, size }, at) => places.set([start, end, baseline, size], at * 4));
  return {
    counts: Uint32Array.from(pages, (page) => page.length),
    texts: lines.map(({ text }) => text).join('\n'),
    places,
  };
}

export function unpackLines({ counts, texts, places }: PackedLines): PdfLine[][] {
  const all = texts.split('\n');
  let next = 0;
  return Array.from(counts, (count) =>
    Array.from({ length: count }, () => {
      const at = next++;
      const [start, end, baseline, size] = places.subarray(at * 4) as unknown as [number, number, number, number];
      return { text: all[at]!, start, end, baseline, size };
    }),
  );
}
