import { existsSync, readFileSync } from 'node:fs';
import { KnowledgeWeights, openEmbedder, readWords, WordWeights, writeEmbedderFile, type TextEmbedder } from '@docent/embedder';
import type { BenchOptions } from './bench-options';
import { makeCorpus } from './make-passages';
import { printFigures } from './print-figures';
import { median } from './statistics';

const modelFile = 'libs/embedder/model/docent-words.bin';
const passageWords = 100;
const questionsPerRun = 2_000;

/** How fast passages (read, weighed, whole and windows) and questions become vectors on one core, and what the embedder takes in memory. */
export async function benchEmbedder({ quick, print }: Pick<BenchOptions, 'quick' | 'print'>): Promise<void> {
  const corpus = makeCorpus('../shared/eval');
  const texts = corpus.passages(quick ? 2_000 : 10_000).map(({ text }) => text.split(' ').slice(0, passageWords).join(' '));
  const bytes = existsSync(modelFile) ? readFileSync(modelFile) : madeUpModel();
  const before = memoryInUse();
  const openings: number[] = [];
  let embedder: TextEmbedder;
  for (let run = 0; run < 5; run++) {
    const begin = performance.now();
    embedder = openEmbedder(bytes);
    openings.push(performance.now() - begin);
  }
  for (const text of texts) embedder!.embedPassage([], readWords(text), () => 1);
  const resident = (memoryInUse() - before) / 1e6;
  const counted = new WordWeights(embedder!);
  for (const text of texts) counted.add(readWords(text));
  const { weightOf } = new KnowledgeWeights(counted.toBytes(), embedder!);
  const passages: number[] = [];
  const onTheClock: number[] = [];
  const queries: number[] = [];
  for (let run = 0; run < (quick ? 2 : 5); run++) {
    const { processor, clock } = secondsOf(() => texts.forEach((text) => embedder.embedPassage([], readWords(text), weightOf)));
    passages.push(texts.length / processor);
    onTheClock.push(texts.length / clock);
    const questions = Array.from(
      { length: questionsPerRun },
      (_, at) => corpus.questions[(at + run * 17) % corpus.questions.length]!,
    );
    queries.push(
      (secondsOf(() => questions.forEach((question) => embedder.embedText(readWords(question), weightOf))).processor * 1000) /
        questions.length,
    );
  }
  printFigures(
    `embedder (${existsSync(modelFile) ? modelFile : 'made-up rows'}; ${corpus.name})`,
    [
      { what: 'file', values: [bytes.length / 1e6], unit: 'MB', digits: 1, goal: { atMost: 16 } },
      {
        what: 'resident: file and what it remembers',
        values: [resident],
        unit: 'MB',
        digits: 1,
        goal: { atMost: 24 },
      },
      { what: 'opening, hash checked', values: openings, unit: 'ms', digits: 1 },
      {
        what: `passages of ${passageWords} words a second of processor time, with windows`,
        values: passages,
        unit: '/s',
        digits: 0,
        goal: { atLeast: 20_000 },
        beside: `${median(onTheClock).toFixed(0)}/s on the clock`,
      },
      { what: 'query, processor time', values: queries, unit: 'ms', digits: 4, goal: { atMost: 0.1 } },
    ],
    print,
  );
}

/** Rows without meaning, of the size of the real ones: speed is the same. */
function madeUpModel(): Uint8Array {
  const row = (seed: number) => Float32Array.from({ length: 256 }, (_, at) => ((seed * 31 + at * 17) % 97) / 97 - 0.5);
  const words = Array.from({ length: 60_000 }, (_, word) => ({ word: `w${word}`, prior: 2, row: row(word) }));
  return writeEmbedderFile(
    { languages: ['en'], dimensions: 256, bits: 4, training: {} },
    { words, buckets: Array.from({ length: 32_768 }, (_, bucket) => row(bucket)) },
  );
}

/** Of the processor, which is what one core can do, and on the clock, which others slow down. */
function secondsOf(work: () => void): { processor: number; clock: number } {
  const begin = performance.now();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return { processor: (user + system) / 1e6, clock: (performance.now() - begin) / 1000 };
}

/** The heap and what lies beside it: buffers, and the memory of WebAssembly. */
function memoryInUse(): number {
  for (let time = 0; time < 3; time++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
