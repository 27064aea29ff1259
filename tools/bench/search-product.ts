import type { BenchOptions } from './bench-options';
import { makeCorpus } from './make-passages';
import { printFigures } from './print-figures';
import { quantile } from './statistics';

/** The product's retrieval with knowledge loaded through it, without HTTP. */
export interface LoadedRetrieval {
  load(files: string[]): Promise<{ chunks: number; search(question: string): Promise<unknown> }>;
  close(): Promise<void>;
}

const questionsPerRun = 300;
const passagesPerFile = 10_000;

/** A search as an answer makes it: index, then the text of the passages from the tables under the tenant's policy. */
export async function benchSearchOfProduct({ quick, print }: BenchOptions, open: () => Promise<LoadedRetrieval>): Promise<void> {
  const corpus = makeCorpus('../shared/eval');
  const retrieval = await open();
  try {
    for (const [size, atMost] of quick ? ([[10_000, 2]] as const) : ([[10_000, 2], [100_000, 5]] as const)) {
      const { chunks, search } = await retrieval.load(toFiles(corpus.passages(size).map((passage) => passage.text)));
      const runs: number[][] = [];
      for (let run = -1; run < (quick ? 2 : 5); run++) {
        const times = await timeEach(search, corpus.questions);
        if (run >= 0) runs.push(times);
      }
      printFigures(`search in ${chunks} passages, with their text`, [
        { what: 'p50', values: runs.map((times) => quantile(times, 0.5)), unit: 'ms', goal: { atMost } },
        { what: 'p99', values: runs.map((times) => quantile(times, 0.99)), unit: 'ms' },
      ], print);
    }
  } finally {
    await retrieval.close();
  }
}

function toFiles(texts: string[]): string[] {
  return Array.from({ length: Math.ceil(texts.length / passagesPerFile) }, (_, at) => texts.slice(at * passagesPerFile, (at + 1) * passagesPerFile).join('\n\n'));
}

async function timeEach(search: (question: string) => Promise<unknown>, questions: string[]): Promise<number[]> {
  const step = Math.max(1, Math.floor(questions.length / questionsPerRun));
  const times: number[] = [];
  for (let at = 0; at < questions.length; at += step) {
    const began = performance.now();
    await search(questions[at]!);
    times.push(performance.now() - began);
  }
  return times;
}
