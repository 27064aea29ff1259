import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readEvalSets, type EvalSet } from '../eval/eval-set';
import { figuresOf } from '../eval/measure-set';
import type { Reaction } from '../eval/reaction';
import { engineCandidates, type Engine, type EngineCandidate } from './engine-candidates';
import { makeCorpus } from './make-passages';
import { quantile } from './statistics';

/** Compares engines for the embedded index: `tsx tools/bench/index-engines.ts`. The decision is in docs/decisions/index-engine.md. */
const { values } = parseArgs({
  options: { dir: { type: 'string', default: '../shared/eval' }, passages: { type: 'string', default: '10000' } },
});
const setNames = ['squad', 'nq-clap', 'faq', 'xquad-de', 'xquad-ru', 'xquad-zh'];
const sets = existsSync(values.dir) ? readEvalSets(values.dir, setNames) : [];
const corpus = makeCorpus(values.dir);
const secret = 'zqxjkvsecret';

console.log(
  `${os.cpus()[0]?.model}, ${os.cpus().length} cores, Node ${process.version}. Quality: nDCG@10, questions alone, defaults. Speed: ${values.passages} passages (${corpus.name}).\n`,
);
console.log(
  `| engine | ${sets.map((set) => set.name).join(' | ')} | build s | p50 ms | p95 ms | heap MB | disk MB | packages MB | left after removing |`,
);
console.log(`|---|${sets.map(() => '---:|').join('')}---:|---:|---:|---:|---:|---:|---|`);
for (const candidate of engineCandidates) console.log(await rowOf(candidate));
process.exit(0);

async function rowOf(candidate: EngineCandidate): Promise<string> {
  const quality: string[] = [];
  for (const set of sets) quality.push((await qualityOf(await candidate.open(), set)).toFixed(3));
  const engine = await candidate.open();
  const before = heapBytes();
  const chunks = corpus.passages(Number(values.passages));
  chunks[0]!.text += ` ${secret}`;
  const begin = performance.now();
  await engine.add(chunks);
  const seconds = (performance.now() - begin) / 1000;
  const times = await timesOf(engine);
  const disk = engine.diskBytes();
  const left = (await engine.remove(chunks[0]!.sourceId, secret)) ?? 'cannot remove';
  chunks.length = 0;
  const heap = heapBytes() - before;
  await engine.close();
  const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
  return `| ${[candidate.name, ...quality, seconds.toFixed(1), quantile(times, 0.5).toFixed(2), quantile(times, 0.95).toFixed(2), megabytes(heap), megabytes(disk), megabytes(packageBytes(candidate.packages)), left].join(' | ')} |`;
}

async function qualityOf(engine: Engine, set: EvalSet): Promise<number> {
  await engine.add(
    set.units.map((unit) => ({
      chunkId: unit.id,
      sourceId: unit.id,
      title: unit.title,
      headings: [],
      text: unit.text,
      language: unit.lang,
    })),
  );
  const reactions: Reaction[] = [];
  for (const question of set.questions) {
    if (question.answerable === false) continue;
    const results = (await engine.search(question.question, 10)).map((id) => ({ id, text: '' }));
    reactions.push({ question, answer: { results, answered: true, answer: '' }, ms: 0 });
  }
  await engine.close();
  return figuresOf(reactions)['ndcg@10'] ?? 0;
}

async function timesOf(engine: Engine): Promise<number[]> {
  const step = Math.max(1, Math.floor(corpus.questions.length / 200));
  const questions = corpus.questions.filter((_, index) => index % step === 0).slice(0, 200);
  for (const question of questions.slice(0, 20)) await engine.search(question, 10);
  const times: number[] = [];
  for (const question of questions) {
    const begin = performance.now();
    await engine.search(question, 10);
    times.push(performance.now() - begin);
  }
  return times;
}

function heapBytes(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function packageBytes(packages: string[]): number {
  return packages
    .map((name) => `node_modules/${name}`)
    .filter((folder) => existsSync(folder))
    .reduce((sum, folder) => sum + Number(execFileSync('du', ['-sb', folder]).toString().split('\t')[0]), 0);
}
