import type { EvalReport } from './eval-report';
import type { ConfidenceFigures } from './measure-confidence';
import type { SetFigures } from './measure-set';
import type { SideFigures, Sides } from './measure-sides';
import type { VariantFigures } from './variants';

type Print = (line: string) => void;

const ranking = ['recall@1', 'recall@5', 'recall@10', 'mrr@10', 'ndcg@10', 'spanHit'] as const;
const answering = [
  'answerHit',
  'answeredUnanswerable',
  'refusedAnswerable',
  'abstentionPrecision',
  'abstentionRecall',
  'auroc',
  'msPerQuestion',
] as const;

/** Markdown tables of everything that was measured. */
export function printTables(report: EvalReport, print: Print): void {
  table(
    print,
    'Ranking: the product (plain BM25)',
    ['set', ...ranking],
    report.sets.map((set) => [set.name, ...ranking.map((key) => `${figureOf(set, key)} (${figureOf(set.bm25, key)})`)]),
  );
  table(
    print,
    'nDCG@10 by words alone, by meaning alone, and by both',
    ['set', 'lexical', 'vector', 'fused'],
    report.sets.filter((set) => set['ndcg@10'] !== null).map((set) => [set.name, ...sideCells(set.sides)]),
  );
  table(
    print,
    'Answering; "out of scope" is the share of unrelated questions that were refused, and their AUROC against the set\'s answerable ones',
    ['set', ...answering, 'out of scope', 'AUROC of it'],
    report.sets.map((set) => [
      set.name,
      ...answering.map((key) => figureOf(set, key)),
      figure(set.strangers?.refused),
      figure(set.strangers?.auroc),
    ]),
  );
  table(
    print,
    'Two promises (R-5), each kept on the set alone: answerable questions refused where 2 % of the unanswerable are answered, and unanswerable answered where 5 % of the answerable are refused',
    ['set', 'AUROC', 'answered unanswerable', 'refused answerable', 'refused at 2 %', 'answered at 5 %'],
    report.sets.map((set) => [
      set.name,
      figure(set.auroc),
      figure(set.answeredUnanswerable),
      figure(set.refusedAnswerable),
      figure(set.bounds.refusedAnswerable),
      figure(set.bounds.answeredUnanswerable),
    ]),
  );
  if (report.confidence) printConfidence(report.confidence, print);
  printVariants(
    print,
    'Two typos in each question, nDCG@10',
    'set',
    report.sets.flatMap(({ name, typos, ...clean }) =>
      typos && clean['ndcg@10'] !== null ? [{ name, clean: clean['ndcg@10'], ...typos }] : [],
    ),
  );
  printVariants(
    print,
    'Compounds of the questions written apart ("Reise Versicherung"), and words put together ("Zahl der Spieler": "Spielerzahl"), nDCG@10',
    'set',
    report.sets.flatMap(({ name, compounds }) =>
      (compounds ?? []).map(({ way, clean, changed }) => ({
        name: `${name}, ${way}`,
        clean: clean.sides.fused.ndcg ?? 0,
        ...changed,
      })),
    ),
  );
  printVariants(
    print,
    'Questions in one language over passages in another, nDCG@10 / hit@5',
    'question → passages',
    report.languages.map(({ from, to, ...variant }) => ({ name: `${from} → ${to}`, ...variant })),
  );
  printVariants(
    print,
    "Pages held out of the embedder's training: local heading → English section, nDCG@10 / hit@5",
    'language',
    report.heldOut.map(({ language, ...variant }) => ({ name: language, ...variant })),
  );
}

function printConfidence({ curve, calibration }: ConfidenceFigures, print: Print): void {
  table(
    print,
    'Answered against wrong, mean over the sets: only answers with this confidence',
    ['confidence from', 'answerable answered', 'answered right', 'wrong among the answers'],
    curve.map(({ threshold, answered, right, wrong }) => [threshold.toFixed(1), figure(answered), figure(right), figure(wrong)]),
  );
  table(
    print,
    'Calibration, all sets together',
    ['confidence', 'answers', 'claimed', 'right'],
    calibration.map(({ from, answers, claimed, right }) => [
      `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}`,
      String(answers),
      figure(claimed),
      figure(right),
    ]),
  );
}

/** `clean`: what the same questions reach as they are. */
function printVariants(
  print: Print,
  title: string,
  first: string,
  rows: ({ name: string; clean?: number } & VariantFigures)[],
): void {
  if (rows.length === 0) return;
  const withLoss = rows.some(({ clean }) => clean !== undefined);
  table(
    print,
    title,
    [first, 'n', 'lexical', 'vector', 'fused', ...(withLoss ? ['loss'] : []), 'refuses answerable', 'AUROC'],
    rows.map(({ name, clean, questions, sides, refusedAnswerable, auroc }) => [
      name,
      String(questions),
      ...sideCells(sides, !withLoss),
      ...(withLoss ? [figure(clean! - (sides.fused.ndcg ?? 0))] : []),
      figure(refusedAnswerable),
      figure(auroc),
    ]),
  );
}

/** Lexical, vector, fused. */
export function sideCells({ lexical, vector, fused }: Sides<SideFigures>, withHits = false): string[] {
  return [lexical, vector, fused].map((side) =>
    side ? (withHits ? `${figure(side.ndcg)} / ${figure(side.hit5)}` : figure(side.ndcg)) : '–',
  );
}

export function table(print: Print, title: string, head: string[], rows: string[][]): void {
  if (rows.length === 0) return;
  print(`\n${title}\n`);
  print(row(head));
  print(
    `|---|${head
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
  );
  for (const cells of rows) print(row(cells));
}

export function figure(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}

function figureOf(figures: SetFigures, key: (typeof ranking)[number] | (typeof answering)[number]): string {
  return figure(figures[key], key === 'msPerQuestion' ? 2 : 3);
}

function row(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}
