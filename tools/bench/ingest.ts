import type { RunningProduct } from './ask-product';
import type { BenchOptions } from './bench-options';
import { createBot, loadFile, type LoadedSource } from './load-knowledge';
import { makeCorpus } from './make-passages';
import { makePdf } from './make-pdf';
import { sendForJson } from './plain-http';
import { printFigures } from './print-figures';
import { withProduct } from './product-process';
import { untilCounted, untilQuiet } from './until-quiet';

const textBytes = 10 * 1024 * 1024;
const pdfPages = 2000;
const lineLength = 90;

interface MeasuredSource extends LoadedSource {
  /** From the moment in which the upload was answered until the passages are found by meaning too, in milliseconds. */
  byMeaningAfterMs: number;
}

/** Stores so many passages as one source's snapshot, straight into the tables; milliseconds. */
export type StorePassages = (texts: string[]) => Promise<number>;

/** A large text and a long PDF, from the moment they have arrived until a search finds their last words; and the write path of passages alone. */
export async function benchIngest({ mainFile, quick, print }: BenchOptions, openStore: () => Promise<{ store: StorePassages; close(): Promise<void> }>): Promise<void> {
  const runs = quick ? 2 : 5;
  const words = makeCorpus('../shared/eval').passages(Math.ceil(textBytes / 700)).map((passage) => passage.text);
  const text = words.join('\n\n').slice(0, textBytes);
  const flat = text.replace(/\s+/g, ' ');
  const { texts, pdfs } = await withProduct(mainFile, {}, async (product) => {
    const measure = async (name: string, content: (run: number) => Uint8Array<ArrayBuffer>, count: number) => {
      const loaded: MeasuredSource[] = [];
      for (let run = 0; run < count; run++) loaded.push(await loadAndFind(product, name, content(run), markerOf(run)));
      return loaded;
    };
    // The demo workspace's own knowledge is still being learned after the start.
    await untilQuiet(product, product.botId);
    return {
      texts: await measure('text.txt', (run) => new TextEncoder().encode(`${text}\n\nThe end says ${markerOf(run)}.`), runs),
      pdfs: await measure('book.pdf', (run) => makePdf(pdfPages, (number) => lineOf(flat, number, run)), Math.ceil(runs / 2)),
    };
  });
  const path = await openStore();
  const rates: number[] = [];
  for (let run = 0; run < runs; run++) rates.push((words.length / (await path.store(words))) * 1000);
  await path.close();
  const rate = ({ chunks, readyAfterMs }: LoadedSource) => (chunks / readyAfterMs) * 1000;
  printFigures('ingest', [
    { what: '10 MB text searchable after it arrived', values: texts.map((one) => one.readyAfterMs / 1000), unit: 's', goal: { atMost: 1 }, beside: `${texts[0]!.chunks} passages` },
    { what: '10 MB text found by meaning too after it arrived', values: texts.map((one) => one.byMeaningAfterMs / 1000), unit: 's' },
    { what: '10 MB text, passages per second with everything', values: texts.map(rate), unit: '/s', digits: 0, goal: { atLeast: 5000 } },
    { what: 'upload of 10 MB itself', values: texts.map((one) => one.uploadMs / 1000), unit: 's' },
    { what: `PDF of ${pdfPages} pages searchable after it arrived`, values: pdfs.map((one) => one.readyAfterMs / 1000), unit: 's', goal: { atMost: 8 }, beside: `${pdfs[0]!.chunks} passages; pdf.js alone 340 to 440 pages/s` },
    { what: 'passages into PostgreSQL alone', values: rates, unit: '/s', digits: 0, goal: { atLeast: 50_000 }, beside: 'COPY of plain rows 212 000/s' },
  ], print);
}

/** A word that stands nowhere else. */
const markerOf = (run: number) => `zanzibarine${run}`;

async function loadAndFind(product: RunningProduct, name: string, content: Uint8Array<ArrayBuffer>, marker: string): Promise<MeasuredSource> {
  const botId = await createBot(product, name);
  const headers = { authorization: `Bearer ${product.apiKey}` };
  // What a bot learns from its knowledge is measured elsewhere, and would run beside the next file.
  await sendForJson({ method: 'PATCH', url: `${product.baseUrl}/v1/bots/${botId}`, headers, body: { learning: false } });
  const source = await loadFile(product, botId, name, content);
  const readyAt = performance.now();
  const found = await sendForJson({
    method: 'POST',
    url: `${product.baseUrl}/v1/bots/${botId}/search`,
    headers,
    body: { query: marker, limit: 1 },
  });
  if (!JSON.stringify(found).includes(marker)) throw new Error(`${name} is ready, but its last words are not found`);
  await untilQuiet(product, botId);
  const byMeaningAfterMs = source.readyAfterMs + performance.now() - readyAt;
  await untilCounted(product, botId);
  return { ...source, byMeaningAfterMs };
}

/** The last line of the last page holds the marker. */
function lineOf(text: string, number: number, run: number): string {
  if (number === pdfPages * 46 - 1) return `The end says ${markerOf(run)}.`;
  const from = (number * lineLength) % (text.length - lineLength);
  return text.slice(from, from + lineLength);
}
