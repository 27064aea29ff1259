import os from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IndexChunk } from '@docent/ports';
import { EmbeddedIndex } from '../../libs/adapters/src/embedded-index';
import { makeCorpus, type Corpus } from './make-passages';
import { benchHybrid } from './search-hybrid';
import { median, quantile, spread } from './statistics';
import { winkIndex } from './wink-index';

const tenant = { tenantId: 'bench' };
const questionsPerRun = 400;

interface Run {
  buildMs: number;
  /** The longest the event loop was held while building. */
  longestHoldMs: number;
  p50: number;
  p95: number;
  megabytes: number;
}

interface Candidate {
  add(chunks: IndexChunk[]): Promise<void>;
  search(text: string): Promise<unknown>;
}

/** Builds and asks the embedded index at 10 000 and 100 000 passages, several times, beside wink-bm25, then with vectors; prints the tables and the machine. */
export async function benchSearch({
  folder = '../shared/eval',
  runs = 3,
  print = console.log,
}: { folder?: string; runs?: number; print?: (line: string) => void } = {}): Promise<void> {
  const corpus = makeCorpus(folder);
  print(
    `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.version}; ${corpus.name}; ${runs} runs, median (lowest to highest)\n`,
  );
  print('| index | passages | build ms | loop held, ms | p50 ms | p95 ms | memory MB |');
  print('|---|---:|---:|---:|---:|---:|---:|');
  for (const size of [10_000, 100_000]) await benchCandidate('embedded', openEmbedded, corpus, size, runs, print);
  // 100 000 passages would need gigabytes in objects.
  await benchCandidate('wink-bm25', async () => winkIndex(), corpus, 10_000, runs, print);
  await benchHybrid(corpus, runs, print);
}

async function benchCandidate(
  name: string,
  open: () => Promise<Candidate>,
  corpus: Corpus,
  size: number,
  runs: number,
  print: (line: string) => void,
): Promise<void> {
  const results: Run[] = [];
  for (let run = 0; run < runs; run++) results.push(await measure(open, corpus, size));
  const column = (pick: (run: Run) => number, digits: number): string => {
    const values = results.map(pick);
    return `${median(values).toFixed(digits)} (${spread(values, digits)})`;
  };
  print(
    `| ${name} | ${size} | ${column((run) => run.buildMs, 0)} | ${column((run) => run.longestHoldMs, 0)} | ${column((run) => run.p50, 2)} | ${column((run) => run.p95, 2)} | ${column((run) => run.megabytes, 0)} |`,
  );
}

async function measure(open: () => Promise<Candidate>, corpus: Corpus, size: number): Promise<Run> {
  const candidate = await open();
  const chunks = corpus.passages(size);
  const before = memoryInUse();
  const hold = watchEventLoop();
  const begin = performance.now();
  await candidate.add(chunks);
  const buildMs = performance.now() - begin;
  const longestHoldMs = hold();
  const megabytes = (memoryInUse() - before) / 1024 / 1024;
  const times = await timeQuestions(candidate, corpus.questions);
  return { buildMs, longestHoldMs, p50: quantile(times, 0.5), p95: quantile(times, 0.95), megabytes };
}

async function timeQuestions(candidate: Candidate, questions: string[]): Promise<number[]> {
  const step = Math.max(1, Math.floor(questions.length / questionsPerRun));
  const chosen = questions.filter((_, index) => index % step === 0).slice(0, questionsPerRun);
  for (const question of chosen.slice(0, 50)) await candidate.search(question);
  const times: number[] = [];
  for (const question of chosen) {
    const begin = performance.now();
    await candidate.search(question);
    times.push(performance.now() - begin);
  }
  return times;
}

async function openEmbedded(): Promise<Candidate> {
  const index = new EmbeddedIndex();
  await index.open(tenant, 'bot');
  return {
    add: (chunks) => index.put(tenant, 'bot', chunks),
    search: (text) => index.search(tenant, 'bot', { text, limit: 10 }),
  };
}

/** Bytes that are still reachable, typed arrays included. */
function memoryInUse(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Notes the longest gap between two turns of the event loop until it is called again. */
function watchEventLoop(): () => number {
  let last = performance.now();
  let longest = 0;
  let watching = true;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (watching) setImmediate(look);
  };
  setImmediate(look);
  return () => {
    watching = false;
    return Math.max(longest, performance.now() - last);
  };
}
