import { existsSync } from 'node:fs';
import path from 'node:path';
import { openEmbedder, type TextEmbedder } from '@docent/embedder';
import { misspellQuestion, SeededRandom } from '@docent/embedder/training';
import { readEvalSets, type EvalQuestion, type EvalSet } from '../eval/eval-set';
import { measureRanking, type Ranking } from './measure-ranking';
import { readHeldOut } from './read-held-out';
import { SearchedKnowledge } from './searched-knowledge';

export interface EvaluateOptions {
  bytes: Uint8Array;
  /** Evaluation sets. */
  dir: string;
  /** The training corpus, for the source that was held out of the training. */
  corpus?: string;
  /** Names of sets; all when left out. */
  only?: string[];
  print: (line: string) => void;
}

const heldOutLanguages = ['de', 'es', 'fr'];
const typoSets = ['faq', 'squad', 'nq-clap', 'mtrag-ibmcloud'];
const acrossTo = ['de', 'es', 'ru', 'zh', 'ar'];
const typoSeed = 11;

/** Prints what words, vectors and the product's fusion of both find: every set as it is, with typos, across languages, and on pages held out of training. */
export async function evaluateEmbedder({ bytes, dir, corpus, only, print }: EvaluateOptions): Promise<void> {
  const embedder = openEmbedder(bytes);
  const sets = readEvalSets(dir, only).filter((set) => set.form !== 'questions-only');
  await printSets(embedder, sets, print);
  await printTypos(embedder, sets, print);
  await printAcross(embedder, sets, print);
  if (corpus && existsSync(path.join(corpus, 'parallel.jsonl.gz'))) await printHeldOut(embedder, corpus, print);
}

async function printSets(embedder: TextEmbedder, sets: EvalSet[], print: (line: string) => void): Promise<void> {
  printHead(print, 'nDCG@10', 'set');
  for (const set of sets)
    printRanking(print, set.name, await measureRanking(await SearchedKnowledge.load(embedder, set.units), set.questions));
}

async function printTypos(embedder: TextEmbedder, sets: EvalSet[], print: (line: string) => void): Promise<void> {
  const chosen = sets.filter((set) => typoSets.includes(set.name));
  if (chosen.length === 0) return;
  printHead(print, 'nDCG@10, two typos in each question', 'set');
  for (const set of chosen) {
    const random = new SeededRandom(typoSeed);
    const questions = set.questions.map((question) => ({ ...question, question: misspellQuestion(question.question, random) }));
    printRanking(print, set.name, await measureRanking(await SearchedKnowledge.load(embedder, set.units), questions));
  }
}

async function printAcross(embedder: TextEmbedder, sets: EvalSet[], print: (line: string) => void): Promise<void> {
  const english = sets.find((set) => set.name === 'xquad-en');
  if (!english) return;
  printHead(print, 'Questions in one language over passages in another, nDCG@10 / hit@5', 'question → passages');
  for (const language of acrossTo) {
    const other = sets.find((set) => set.name === `xquad-${language}`);
    if (!other) continue;
    printRanking(
      print,
      `${language} → en`,
      await measureRanking(await SearchedKnowledge.load(embedder, english.units), other.questions),
      true,
    );
    printRanking(
      print,
      `en → ${language}`,
      await measureRanking(await SearchedKnowledge.load(embedder, other.units), english.questions),
      true,
    );
  }
}

/** Headings of pages that no training saw, in another language, against the English sections of the same source. */
async function printHeldOut(embedder: TextEmbedder, corpus: string, print: (line: string) => void): Promise<void> {
  printHead(print, 'AdobeDocs/target, held out of training: local heading → English section, nDCG@10 / hit@5', 'language');
  for (const language of heldOutLanguages) {
    const { units, questions } = readHeldOut(corpus, 'AdobeDocs/target', language);
    printRanking(
      print,
      `${language} (${questions.length})`,
      await measureRanking(await SearchedKnowledge.load(embedder, units), questions as EvalQuestion[]),
      true,
    );
  }
}

function printHead(print: (line: string) => void, title: string, first: string): void {
  print(`\n${title}`);
  print(`| ${first} | n | lexical | vector | fused |`);
  print('|---|---:|---:|---:|---:|');
}

function printRanking(print: (line: string) => void, name: string, ranking: Ranking, withHits = false): void {
  const cells = [ranking.lexical, ranking.vector, ranking.fused].map(({ ndcg, hit5 }) =>
    withHits ? `${figure(ndcg)} / ${figure(hit5)}` : figure(ndcg),
  );
  print(`| ${[name, ranking.questions, ...cells].join(' | ')} |`);
}

const figure = (value: number): string => value.toFixed(3).replace(/^0/, '');
