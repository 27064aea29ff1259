/** How many questions there are, and how many are found first and among the first five; mean of 1/rank within ten. */
export interface FoundAmong {
  questions: number;
  first: number;
  firstFive: number;
  mrr: number;
}

/** What one knowledge base finds before and after it has learned its own words. */
export interface LearningReport {
  set: string;
  passages: number;
  seconds: number;
  /** `learned`, or `kept` where the gate refused what was learned. */
  outcome: string;
  /** Questions that the gate judges by. */
  golden: { before: FoundAmong; after: FoundAmong };
  /** Questions that the product was never told of. */
  unseen: { before: FoundAmong; after: FoundAmong };
}

export function foundAt(ranks: (number | null)[]): FoundAmong {
  const within = (most: number) => ranks.filter((rank) => rank !== null && rank <= most);
  return {
    questions: ranks.length,
    first: within(1).length,
    firstFive: within(5).length,
    mrr: ranks.length === 0 ? 0 : within(10).reduce<number>((sum, rank) => sum + 1 / rank!, 0) / ranks.length,
  };
}

/** A line for each set, and one for all of them. */
export function printLearning(reports: LearningReport[], print: (line: string) => void): void {
  print('\nQuestions found among the first five passages (found first; mean of 1/rank), before → after learning\n');
  print('| set | passages | seconds | its golden questions | questions it was never told | |');
  print('|---|---:|---:|---:|---:|---|');
  for (const { set, passages, seconds, golden, unseen, outcome } of reports)
    print(`| ${[set, passages, seconds.toFixed(1), change(golden), change(unseen), outcome].join(' | ')} |`);
  if (reports.length < 2) return;
  const all = (pick: (report: LearningReport) => FoundAmong) => joined(reports.map(pick));
  const golden = { before: all((report) => report.golden.before), after: all((report) => report.golden.after) };
  const unseen = { before: all((report) => report.unseen.before), after: all((report) => report.unseen.after) };
  print(`| ${['all', '', '', change(golden), change(unseen), ''].join(' | ')} |`);
}

function joined(parts: FoundAmong[]): FoundAmong {
  const sum = (pick: (part: FoundAmong) => number) => parts.reduce((total, part) => total + pick(part), 0);
  const questions = sum((part) => part.questions);
  return {
    questions,
    first: sum((part) => part.first),
    firstFive: sum((part) => part.firstFive),
    mrr: sum((part) => part.mrr * part.questions) / Math.max(1, questions),
  };
}

function change({ before, after }: { before: FoundAmong; after: FoundAmong }): string {
  const { questions } = before;
  return `${before.firstFive} → ${after.firstFive} of ${questions} (${before.first} → ${after.first}; ${before.mrr.toFixed(3)} → ${after.mrr.toFixed(3)})`;
}
