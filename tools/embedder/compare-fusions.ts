import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openEmbedder } from '@docent/embedder';
import { readEvalSets, type EvalQuestion, type EvalUnit } from '../eval/eval-set';
import { figuresOf } from '../eval/measure-set';
import { withTypos } from '../eval/variants';
import { readHeldOut } from './read-held-out';
import { SearchedKnowledge, type ScoredUnit } from './searched-knowledge';

/**
 * `tsx tools/embedder/compare-fusions.ts`: what ways of weighing words against vectors find (nDCG@10), on the even and the odd questions of each
 * set apart: a way that was chosen on one half is judged by the other. Every way ranks the same passages with the same scores.
 */
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'libs/embedder/model/docent-words.bin' },
    dir: { type: 'string', default: '../shared/eval' },
    corpus: { type: 'string', default: '../shared/corpus' },
    /** Each knowledge base is learned first. */
    learns: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
/** More questions change the third digit at most. */
const questionsPerSet = 500;
/** These are asked with two typos in each question as well. */
const misspelt = ['squad', 'nq-clap', 'mtrag-fiqa', 'faq'];

interface Situation {
  passages: ScoredUnit[];
  /** Share of the question that the lexically best passage covers, and that the embedder knows. */
  coverage: number;
  known: number;
  /** The best and the tenth cosine, mean and deviation of all: how much they tell apart. */
  best: number;
  mean: number;
  deviation: number;
  /** The second best lexical score, as a share of the best. */
  flatness: number;
}

type Way = (situation: Situation) => (passage: ScoredUnit) => number;

const sum =
  (words: (situation: Situation) => number, vectors: (situation: Situation) => number): Way =>
  (situation) => {
    const [left, right] = [words(situation), vectors(situation)];
    return ({ lexical, vector }) => left * lexical + right * vector;
  };
const clipped = (situation: Situation): number => Math.min(1, situation.known / 0.4);
const covered = (situation: Situation): number => Math.max(0.1, situation.coverage);

const ways: Record<string, Way> = {
  'words alone': sum(
    () => 1,
    () => 0,
  ),
  'vectors alone': sum(
    () => 0,
    () => 1,
  ),
  'plain sum': sum(
    () => 1,
    () => 1,
  ),
  'plain sum, .5 vectors': sum(
    () => 1,
    () => 0.5,
  ),
  'cosines by the best': sum(
    () => 1,
    ({ best }) => 0.5 / (best || 1),
  ),
  'cosines by their deviation': sum(
    () => 1,
    ({ deviation }) => 0.07 / (deviation || 1),
  ),
  'flat words count less': sum(
    ({ flatness }) => 1.4 - flatness,
    () => 0.7,
  ),
  'known share of vectors': sum(
    () => 1,
    (situation) => situation.known,
  ),
  'coverage, .35': sum(covered, () => 0.35),
  'coverage, .45': sum(covered, () => 0.45),
  'coverage, .55': sum(covered, () => 0.55),
  'coverage, .7': sum(covered, () => 0.7),
  'coverage, 1': sum(covered, () => 1),
  'root of coverage, .55': sum(
    (situation) => Math.sqrt(covered(situation)),
    () => 0.55,
  ),
  'coverage and deviation': sum(covered, ({ deviation }) => 0.05 / (deviation || 1)),
  'coverage, .55 up to two fifths known': sum(covered, (situation) => 0.55 * clipped(situation)),
  'coverage, .66 up to two fifths known': sum(covered, (situation) => 0.66 * clipped(situation)),
  'coverage, .6 known': sum(covered, ({ known }) => 0.6 * known),
  'coverage, .75 known': sum(covered, ({ known }) => 0.75 * known),
  'coverage, .6 known² (shipped)': sum(covered, ({ known }) => 0.6 * known ** 2),
  'coverage, .75 known² (shipped where it has learned)': sum(covered, ({ known }) => 0.75 * known ** 2),
  'coverage, .9 known²': sum(covered, ({ known }) => 0.9 * known ** 2),
};

const embedder = openEmbedder(readFileSync(values.model));
const sets = new Map(readEvalSets(values.dir, values.only?.split(',')).map((set) => [set.name, set]));
const table: { name: string; halves: number[][] }[] = [];
for (const [name, set] of sets) {
  if (set.form === 'questions-only') continue;
  const asked = new Map([[name, set.questions]]);
  if (misspelt.includes(name)) asked.set(`${name}, typos`, withTypos(set));
  if (name === 'xquad-en')
    for (const language of ['de', 'es']) asked.set(`${language} → en`, sets.get(`xquad-${language}`)?.questions ?? []);
  await judge(set.units, asked);
}
for (const language of values.only ? [] : ['de', 'es']) {
  const { units, questions } = readHeldOut(values.corpus, 'AdobeDocs/target', language);
  await judge(units, new Map([[`held out ${language}`, questions]]));
}
print();

/** One knowledge base, asked in several ways. */
async function judge(units: EvalUnit[], asked: Map<string, EvalQuestion[]>): Promise<void> {
  const knowledge = await SearchedKnowledge.load(embedder, units, values);
  for (const [name, questions] of asked) {
    const answerable = questions.filter(({ gold, answerable: is }) => gold.length > 0 && is !== false).slice(0, questionsPerSet);
    const found: number[][][] = Object.keys(ways).map(() => [[], []]);
    for (const [at, question] of answerable.entries()) {
      const situation = toSituation(await knowledge.score(question.question, question.history));
      Object.values(ways).forEach((way, index) => found[index]![at % 2]!.push(gain(question, situation, way(situation))));
    }
    table.push({ name, halves: found.map((halves) => halves.map(mean)) });
  }
}

function toSituation({ passages, coverage, known: share }: Awaited<ReturnType<SearchedKnowledge['score']>>): Situation {
  const cosines = passages.map(({ vector }) => vector).sort((left, right) => right - left);
  const average = mean(cosines);
  const deviation = Math.sqrt(mean(cosines.map((cosine) => (cosine - average) ** 2)));
  const flatness = passages.map(({ lexical }) => lexical).sort((left, right) => right - left)[1] ?? 0;
  return { passages, coverage, known: share, best: cosines[0] ?? 0, mean: average, deviation, flatness };
}

function gain(question: EvalQuestion, { passages }: Situation, score: (passage: ScoredUnit) => number): number {
  const ranked = passages
    .map((passage) => ({ id: passage.unit, text: '', score: score(passage) }))
    .filter((result) => result.score > 0);
  const results = ranked.sort((left, right) => right.score - left.score);
  return figuresOf([{ question, answer: { results, answered: true, answer: '' }, ms: 0 }])['ndcg@10']!;
}

function print(): void {
  const names = table.map(({ name }) => name);
  process.stdout.write(`| way | even, odd questions | ${names.join(' | ')} |\n|---|---|${names.map(() => '---:|').join('')}\n`);
  Object.keys(ways).forEach((way, index) => {
    const halves = [0, 1].map((half) => figure(mean(table.map((row) => row.halves[index]![half]!)))).join(', ');
    const cells = table.map((row) => figure(mean(row.halves[index]!)));
    process.stdout.write(`| ${way} | ${halves} | ${cells.join(' | ')} |\n`);
  });
}

function mean(numbers: number[]): number {
  return numbers.length ? numbers.reduce((total, number) => total + number, 0) / numbers.length : 0;
}

function figure(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}
