import type { SetFigures } from './measure-set';
import type { EvalReport } from './eval-report';

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

/** Two Markdown tables: ranking (the product, then plain BM25 in brackets) and answering. */
export function printTables(report: EvalReport, refusedStrangers: Map<string, number>, print: (line: string) => void): void {
  print('\nRanking: the product (plain BM25)');
  print(row(['set', ...ranking]));
  print(row(['---', ...ranking.map(() => '---:')]));
  for (const set of report.sets)
    print(row([set.name, ...ranking.map((key) => `${figure(set, key)} (${figure(set.bm25, key)})`)]));
  print('\nAnswering; "out of scope" is the share of unrelated questions that were refused');
  print(row(['set', ...answering, 'out of scope']));
  print(row(['---', ...answering.map(() => '---:'), '---:']));
  for (const set of report.sets) {
    const refused = refusedStrangers.get(set.name);
    print(row([set.name, ...answering.map((key) => figure(set, key)), refused === undefined ? '–' : refused.toFixed(3)]));
  }
}

function figure(figures: SetFigures, key: keyof SetFigures): string {
  return figures[key] === null ? '–' : figures[key].toFixed(key === 'msPerQuestion' ? 2 : 3);
}

function row(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}
