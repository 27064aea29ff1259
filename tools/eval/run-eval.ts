import { writeFileSync } from 'node:fs';
import { auroc } from './auroc';
import { withCompounds } from './compounds';
import type { EvalReport, SetReport } from './eval-report';
import { readEvalSets, type EvalQuestion, type EvalSet } from './eval-set';
import { readHeldOutPages } from './held-out';
import { meanConfidence } from './measure-confidence';
import { askAll, figuresOf, noFigures } from './measure-set';
import { otherLanguages } from './parallel-sets';
import { PlainBm25 } from './plain-bm25';
import { printMarkdown } from './print-markdown';
import { printTables } from './print-tables';
import type { EvalProduct } from './product';
import type { Reaction } from './reaction';
import { measureVariant, withTypos } from './variants';

export interface EvalOptions {
  /** A folder in the format of `eval/README.md`: manifest.json, or plain sub-folders. */
  dir: string;
  product: EvalProduct;
  /** Where the figures go as JSON. */
  out?: string;
  /** Names of sets; all of them when left out. */
  only?: string[];
  /** What is left out: `typos`, `compounds`, `languages`, `held-out`. */
  without?: string[];
  /** The embedder's training corpus, for the pages that were held out of it. */
  corpus?: string;
  /** Prints the README's table instead. */
  markdown?: boolean;
  print?: (line: string) => void;
}

/** Loads every set into the product and into plain BM25, asks every question, prints the tables and returns the figures. */
export async function runEval(options: EvalOptions): Promise<EvalReport> {
  const { dir, product, out, only, without = [], print = console.log } = options;
  const all = readEvalSets(dir);
  const unknown = (only ?? []).filter((name) => name !== 'held-out' && !all.some((set) => set.name === name));
  if (unknown.length > 0) throw new Error(`${dir} holds no set named ${unknown.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}`);
  const chosen = all.filter(({ name }) => !only || only.includes(name));
  const strangers = chosen.filter((set) => set.form === 'questions-only').flatMap((set) => set.questions);
  const report: EvalReport = { sets: [], languages: [], heldOut: [], confidence: null };
  const since = performance.now();
  for (const set of chosen) {
    if (set.form === 'questions-only') continue;
    await product.load(set);
    report.sets.push(await measureOne(product, set, strangers, without));
    for (const pair of without.includes('languages') ? [] : otherLanguages(set, all))
      report.languages.push({
        from: pair.from,
        to: pair.to,
        set: set.name,
        ...(await measureVariant(product, pair.questions.questions)),
      });
    if (!options.markdown) print(`measured ${set.name}, ${Math.round((performance.now() - since) / 1000)} s`);
  }
  if (!without.includes('held-out') && options.corpus && (!only || only.includes('held-out')))
    await measureHeldOut(product, options.corpus, report);
  for (const set of chosen) if (set.form === 'questions-only') report.sets.push(strangerReport(set, report.sets));
  report.confidence = meanConfidence(report.sets.flatMap(({ confidence }) => confidence ?? []));
  (options.markdown ? printMarkdown : printTables)(report, print);
  if (out) writeFileSync(out, `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

async function measureOne(product: EvalProduct, set: EvalSet, strangers: EvalQuestion[], without: string[]): Promise<SetReport> {
  const reactions = await askAll(product, set.questions);
  const yardstick = new PlainBm25();
  await yardstick.load(set);
  const report: SetReport = { name: set.name, ...figuresOf(reactions), bm25: figuresOf(await askAll(yardstick, set.questions)) };
  if (strangers.length) report.strangers = strangerFigures(await askAll(product, strangers), reactions);
  if (!without.includes('typos')) report.typos = await measureVariant(product, withTypos(set));
  if (!without.includes('compounds')) report.compounds = await measureCompounds(product, set);
  return report;
}

async function measureCompounds(product: EvalProduct, set: EvalSet): Promise<SetReport['compounds']> {
  const measured: NonNullable<SetReport['compounds']> = [];
  for (const { way, asked, asTheyAre } of withCompounds(set))
    measured.push({ way, clean: await measureVariant(product, asTheyAre), changed: await measureVariant(product, asked) });
  return measured;
}

function strangerFigures(strangers: Reaction[], own: Reaction[]): SetReport['strangers'] {
  const confidences = (list: Reaction[]) => list.map(({ answer }) => answer.confidence).filter((value) => value !== undefined);
  return {
    refused: strangers.filter(({ answer }) => !answer.answered).length / strangers.length,
    auroc: auroc(confidences(strangers), confidences(own.filter(({ question }) => question.answerable))),
  };
}

async function measureHeldOut(product: EvalProduct, corpus: string, report: EvalReport): Promise<void> {
  const heldOut = readHeldOutPages(corpus);
  if (!heldOut) return;
  await product.load(heldOut.set);
  for (const { language, questions } of heldOut.questions)
    report.heldOut.push({ language, ...(await measureVariant(product, questions)) });
}

/** A set of questions without knowledge is put to every knowledge base; its row holds the mean. */
function strangerReport(set: EvalSet, reports: SetReport[]): SetReport {
  const shares = reports.flatMap(({ strangers }) => strangers?.refused ?? []);
  const recall = shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : null;
  return {
    name: set.name,
    ...noFigures,
    answeredUnanswerable: recall === null ? null : 1 - recall,
    abstentionRecall: recall,
    abstentionPrecision: recall ? 1 : null,
    bm25: { ...noFigures, answeredUnanswerable: 1, abstentionRecall: 0 },
  };
}
