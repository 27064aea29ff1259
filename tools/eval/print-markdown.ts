import type { EvalReport } from './eval-report';
import type { SetFigures } from './measure-set';
import { figure, sideCells, table } from './print-tables';

/** The tables of the README, ready to be pasted. */
export function printMarkdown(report: EvalReport, print: (line: string) => void): void {
  const beside = (set: SetFigures & { bm25: SetFigures }, key: 'ndcg@10' | 'recall@5' | 'mrr@10' | 'spanHit') =>
    set[key] === null ? '–' : `${figure(set[key])} (${figure(set.bm25[key])})`;
  const sets = report.sets.filter((set) => set['ndcg@10'] !== null);
  table(
    print,
    'In brackets: plain BM25 on the same passages.',
    ['set', 'nDCG@10', 'recall@5', 'MRR@10', 'span in first 3', 'refuses unanswerable', 'refuses answerable'],
    sets.map((set) => [
      set.name,
      ...(['ndcg@10', 'recall@5', 'mrr@10', 'spanHit'] as const).map((key) => beside(set, key)),
      percent(set.abstentionRecall),
      percent(set.refusedAnswerable),
    ]),
  );
  table(
    print,
    'What words alone, meaning alone and both together find (nDCG@10), as asked and with two typos in each question; and how well the confidence of the answer tells unanswerable questions of the set, and unrelated ones, from answerable ones (AUROC).',
    ['set', 'lexical', 'vector', 'fused', 'typos: lexical', 'vector', 'fused', 'AUROC', 'unrelated'],
    sets.map((set) => [
      set.name,
      ...sideCells(set.sides),
      ...(set.typos ? sideCells(set.typos.sides) : ['–', '–', '–']),
      figure(set.auroc),
      figure(set.strangers?.auroc),
    ]),
  );
  table(
    print,
    'A question in one language over passages in another (nDCG@10 / hit@5), and local headings over English sections of pages that no training saw.',
    ['question → passages', 'lexical', 'vector', 'fused'],
    [
      ...report.languages.map(({ from, to, sides }) => [`${from} → ${to}`, ...sideCells(sides, true)]),
      ...report.heldOut.map(({ language, sides }) => [`held out, ${language} → en`, ...sideCells(sides, true)]),
    ],
  );
  if (report.confidence)
    table(
      print,
      'Answers without a model, mean over the sets: only those with at least this confidence.',
      ['confidence', 'answerable answered', 'answered right', 'wrong among the answers'],
      report.confidence.curve.map(({ threshold, answered, right, wrong }) => [
        threshold === 0 ? 'as shipped' : threshold.toFixed(1),
        percent(answered),
        percent(right),
        percent(wrong),
      ]),
    );
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}
