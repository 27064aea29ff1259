import { existsSync, readFileSync } from 'node:fs';
import type { IndexQuery } from '@docent/ports';
import { openEmbedder, readWords, WordWeights, type TextEmbedder } from '@docent/embedder';
import { BotIndex } from '../../libs/adapters/src/embedded-index/bot-index';
import { defaultIndexOptions } from '../../libs/adapters/src/embedded-index/index-options';
import { VectorMemory } from '../../libs/adapters/src/embedded-index/vector-memory';
import type { Corpus } from './make-passages';
import { quantile } from './statistics';

const modelFile = 'libs/embedder/model/docent-words.bin';
const set = 'bench';
const questionsPerRun = 400;
/** Passages that an answer reads. */
const limit = 10;
/** Vectors up to which all of them are scanned. */
const ways = [
  ['all vectors', Infinity],
  ['two stages', 0],
  ['as it ships', defaultIndexOptions.exactVectors],
] as const;

/**
 * Words and vectors together: how long a search takes, what the vectors add to memory, and how many of the first ten passages the two stages
 * find that a scan of all vectors finds. Prints nothing without the trained embedder.
 */
export async function benchHybrid(corpus: Corpus, runs: number, print: (line: string) => void): Promise<void> {
  if (!existsSync(modelFile)) return;
  const embedder = openEmbedder(readFileSync(modelFile));
  print(
    '\n| words and vectors | passages | vectors | p50 ms | p95 ms | processor, mean ms | of it words ms | vectors MB | same first ten |',
  );
  print('|---|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const size of [10_000, 100_000]) {
    const bot = loadBot(embedder, corpus, size);
    const exact = bot.answers(Infinity);
    for (const [name, exactVectors] of ways) {
      const { times, processorMs, wordsMs } = bot.time(exactVectors, runs);
      const cells = [quantile(times, 0.5), quantile(times, 0.95), processorMs, wordsMs].map((ms) => ms.toFixed(2));
      const same = (share(exact, bot.answers(exactVectors)) * 100).toFixed(2);
      print(`| ${[name, size, bot.vectors, ...cells, (bot.vectorBytes / 1e6).toFixed(1), `${same} %`].join(' | ')} |`);
    }
  }
}

function loadBot(embedder: TextEmbedder, corpus: Corpus, size: number) {
  const options = { ...defaultIndexOptions };
  const index = new BotIndex(options, new VectorMemory());
  const chunks = corpus.passages(size);
  const weights = new WordWeights(embedder);
  for (const chunk of chunks) {
    index.add(chunk);
    weights.add(readWords(chunk.text));
  }
  const before = index.bytes;
  let vectors = 0;
  for (const { chunkId, text } of chunks) {
    const ofPassage = embedder.embedPassage([], readWords(text), weights.weightOf);
    index.addVectors(set, { chunkId, vectors: ofPassage });
    vectors += 1 + ofPassage.windows.length;
  }
  const step = Math.max(1, Math.floor(corpus.questions.length / questionsPerRun));
  const texts = corpus.questions.filter((_, at) => at % step === 0).slice(0, questionsPerRun);
  const hybrid = texts.map((text) => ({
    text,
    limit,
    vector: { set, values: embedder.embedText(readWords(text), weights.weightOf), known: 1 },
  }));
  const byWords = texts.map((text) => ({ text, limit }));
  const answers = (exactVectors: number): string[][] => {
    options.exactVectors = exactVectors;
    return hybrid.map((query) => index.search(query).map(({ chunkId }) => chunkId));
  };
  return {
    vectors,
    vectorBytes: index.bytes - before,
    answers,
    time(exactVectors: number, runs: number) {
      answers(exactVectors);
      const times: number[] = [];
      const processorMs = timeEach(index, Array.from({ length: runs }, () => hybrid).flat(), times);
      return { times, processorMs, wordsMs: timeEach(index, byWords, []) };
    },
  };
}

/** Mean milliseconds of processor time of each; the time on the clock goes to `times`. */
function timeEach(index: BotIndex, queries: IndexQuery[], times: number[]): number {
  const before = process.cpuUsage();
  for (const query of queries) {
    const begin = performance.now();
    index.search(query);
    times.push(performance.now() - begin);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / queries.length;
}

function share(wanted: string[][], found: string[][]): number {
  let same = 0;
  wanted.forEach((list, at) => (same += list.filter((chunkId) => found[at]!.includes(chunkId)).length));
  return same / wanted.reduce((sum, list) => sum + list.length, 0);
}
