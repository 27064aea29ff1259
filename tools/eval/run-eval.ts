import { writeFileSync } from 'node:fs';
import type { EvalReport, SetReport } from './eval-report';
import { readEvalSets, type EvalSet } from './eval-set';
import { askAll, measureSet, type SetFigures } from './measure-set';
import { PlainBm25 } from './plain-bm25';
import { printTables } from './print-tables';
import type { EvalProduct } from './product';

export interface EvalOptions {
  /** A folder in the format of `eval/README.md`: manifest.json, or plain sub-folders. */
  dir: string;
  product: EvalProduct;
  /** Where the figures go as JSON. */
  out?: string;
  /** Names of sets; all of them when left out. */
  only?: string[];
  print?: (line: string) => void;
}

/** Loads every set into the product and into plain BM25, asks every question, prints the tables and returns the figures. */
export async function runEval({ dir, product, out, only, print = console.log }: EvalOptions): Promise<EvalReport> {
  const sets = readEvalSets(dir, only);
  const strangers = sets.filter((set) => set.form === 'questions-only').flatMap((set) => set.questions);
  const refusedStrangers = new Map<string, number>();
  const report: EvalReport = { sets: [] };
  for (const set of sets) {
    if (set.form === 'questions-only') continue;
    report.sets.push({ name: set.name, ...(await measureSet(product, set)), bm25: await measureSet(new PlainBm25(), set) });
    if (strangers.length) refusedStrangers.set(set.name, await shareRefused(product, strangers));
    print(`measured ${set.name}`);
  }
  for (const set of sets) if (set.form === 'questions-only') report.sets.push(strangerReport(set, refusedStrangers));
  printTables(report, refusedStrangers, print);
  if (out) writeFileSync(out, `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

async function shareRefused(product: EvalProduct, questions: EvalSet['questions']): Promise<number> {
  const reactions = await askAll(product, questions);
  return reactions.filter(({ answer }) => !answer.answered).length / reactions.length;
}

/** A set of questions without knowledge is put to every knowledge base; its row holds the mean. */
function strangerReport(set: EvalSet, refused: Map<string, number>): SetReport {
  const shares = [...refused.values()];
  const recall = shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : null;
  const nothing: SetFigures = {
    'recall@1': null,
    'recall@5': null,
    'recall@10': null,
    'mrr@10': null,
    'ndcg@10': null,
    spanHit: null,
    answerHit: null,
    answeredUnanswerable: null,
    refusedAnswerable: null,
    abstentionPrecision: null,
    abstentionRecall: null,
    auroc: null,
    msPerQuestion: null,
  };
  return {
    name: set.name,
    ...nothing,
    answeredUnanswerable: recall === null ? null : 1 - recall,
    abstentionRecall: recall,
    abstentionPrecision: recall ? 1 : null,
    bm25: { ...nothing, answeredUnanswerable: 1, abstentionRecall: 0 },
  };
}
