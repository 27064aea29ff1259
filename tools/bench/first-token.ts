import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { askModel } from './ask-model';
import { askProduct, type RunningProduct } from './ask-product';
import { startPlainProxy } from './plain-proxy';
import { median, quantile, spread } from './statistics';

export interface FirstTokenOptions {
  product: RunningProduct;
  /** The instant scripted model that the product asks as well. */
  modelUrl: string;
  /** A {@link startPlainLog} over the same model. */
  logUrl: string;
  questions: string[];
  streams?: number;
  turnsPerStream?: number;
  runs?: number;
  /** Mean of the pause before each question, in milliseconds: visitors do not ask in step. 0 asks without a break, which measures how much fits through. */
  pauseMs?: number;
}

export interface FirstTokenRow {
  what: 'the model itself' | 'plain proxy' | 'plain log' | 'own share of a plain log' | 'product' | 'own share of the product';
  /** Median over all runs' medians, and of their 99th percentiles, in milliseconds. */
  p50: number;
  p99: number;
  p50Spread: string;
  p99Spread: string;
  /** The same of every single run. */
  p50s: number[];
  p99s: number[];
  asked: number;
}

/**
 * Time to the first text at many streams at once: asked of the model itself, through a plain proxy, of a server that only stores what
 * passes through, and of the product. The own share is what is added to the model's own median in the same run. Runs alternate, so that a
 * noisy machine is noisy for all.
 */
export async function benchFirstToken(options: FirstTokenOptions): Promise<FirstTokenRow[]> {
  const { streams = 20, turnsPerStream = 10, runs = 5, pauseMs = 400 } = options;
  const pause = (stream: number, turn: number) => wait(2 * pauseMs * shareOf(stream, turn));
  const proxy = await startPlainProxy(options.modelUrl);
  const times: Record<FirstTokenRow['what'], number[][]> = {
    'the model itself': [],
    'plain proxy': [],
    'plain log': [],
    'own share of a plain log': [],
    product: [],
    'own share of the product': [],
  };
  try {
    for (let run = -1; run < runs; run += 1) {
      const direct = await atOnce(streams, (stream) =>
        repeat(turnsPerStream, (turn) => pause(stream, turn).then(() => askModel(options.modelUrl))),
      );
      const proxied = await atOnce(streams, (stream) =>
        repeat(turnsPerStream, (turn) => pause(stream, turn).then(() => askModel(proxy.url))),
      );
      const ask = (whom: RunningProduct) =>
        atOnce(streams, (stream) => askProduct(whom, questionsOf(options.questions, stream, turnsPerStream), (turn) => pause(stream, turn)));
      const logged = await ask({ baseUrl: options.logUrl, apiKey: 'none', botId: 'none' });
      const product = await ask(options.product);
      // The first round warms everything up.
      if (run < 0) continue;
      times['the model itself'].push(direct);
      times['plain proxy'].push(proxied);
      times['plain log'].push(logged);
      times['own share of a plain log'].push(logged.map((time) => time - median(direct)));
      times.product.push(product);
      times['own share of the product'].push(product.map((time) => time - median(direct)));
    }
  } finally {
    await proxy.close();
  }
  return (Object.keys(times) as FirstTokenRow['what'][]).map((what) => toRow(what, times[what]));
}

/** The rows as a table, with the machine. */
export function printFirstToken(rows: FirstTokenRow[]): string {
  const lines = rows.map(
    ({ what, p50, p99, p50Spread, p99Spread, asked }) =>
      `${what.padEnd(26)} ${p50.toFixed(2).padStart(8)} (${p50Spread})  ${p99.toFixed(2).padStart(8)} (${p99Spread})  ${asked}`,
  );
  return [
    `Time to first text in ms: median and 99th percentile, spread over runs, questions. ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    ...lines,
  ].join('\n');
}

async function atOnce(streams: number, work: (stream: number) => Promise<number[]>): Promise<number[]> {
  return (await Promise.all(Array.from({ length: streams }, (_, stream) => work(stream)))).flat();
}

/** Spread evenly over 0 to 1, and the same in every run and for every target (golden ratio sequence). */
const shareOf = (stream: number, turn: number) => ((stream * 31 + turn * 17 + 1) * 0.618_033_988_75) % 1;

async function repeat(times: number, work: (turn: number) => Promise<number>): Promise<number[]> {
  const results: number[] = [];
  for (let count = 0; count < times; count += 1) results.push(await work(count));
  return results;
}

/** Every stream asks something else at a time, so that no cache answers for all. */
function questionsOf(questions: string[], stream: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => questions[(stream * 7 + index) % questions.length] ?? 'How does it work?');
}

function toRow(what: FirstTokenRow['what'], runs: number[][]): FirstTokenRow {
  const p50s = runs.map(median);
  const p99s = runs.map((run) => quantile(run, 0.99));
  return {
    what,
    p50: median(p50s),
    p99: median(p99s),
    p50Spread: spread(p50s),
    p99Spread: spread(p99s),
    p50s,
    p99s,
    asked: runs.flat().length,
  };
}
