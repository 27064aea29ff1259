import type { EvalQuestion, EvalSet } from './eval-set';
import type { EvalAnswer, EvalProduct } from './product';

/** The figures of one set; null where the set has no question to measure it on. Shares are 0 to 1. */
export interface SetFigures {
  /** Gold units among the first k, divided by the smaller of k and the number of gold units; mean over questions that have any. */
  'recall@1': number | null;
  'recall@5': number | null;
  'recall@10': number | null;
  /** 1 / rank of the first gold unit within ten, else 0. */
  'mrr@10': number | null;
  /** Binary gain, discounted by log2(rank + 1), divided by the ideal. */
  'ndcg@10': number | null;
  /** Share of answerable questions with answer strings where one of them stands in the first three passages. */
  spanHit: number | null;
  /** The same for the text that the visitor sees; a refusal counts as a miss. */
  answerHit: number | null;
  /** Share of unanswerable questions that were answered. */
  answeredUnanswerable: number | null;
  /** Share of answerable questions that were refused. */
  refusedAnswerable: number | null;
  /** Of the refusals, the share that was right; of the unanswerable questions, the share that was refused. */
  abstentionPrecision: number | null;
  abstentionRecall: number | null;
  /** The chance that an unanswerable question gets less confidence than an answerable one. */
  auroc: number | null;
  msPerQuestion: number | null;
}

export interface Reaction {
  question: EvalQuestion;
  answer: EvalAnswer;
  ms: number;
}

/** Puts every question of the set to the product, which has loaded it. */
export async function askAll(product: EvalProduct, questions: EvalQuestion[]): Promise<Reaction[]> {
  const reactions: Reaction[] = [];
  for (const question of questions) {
    const begin = performance.now();
    const answer = await product.ask(question.question, question.history);
    reactions.push({ question, answer, ms: performance.now() - begin });
  }
  return reactions;
}

export async function measureSet(product: EvalProduct, set: EvalSet): Promise<SetFigures> {
  await product.load(set);
  return figuresOf(await askAll(product, set.questions));
}

export function figuresOf(reactions: Reaction[]): SetFigures {
  const ranked = reactions.filter(({ question }) => question.gold.length > 0 && question.answerable !== false).map(rankOf);
  const spans = reactions.filter(({ question }) => question.answerable === true && question.answers.length > 0);
  const wrong = reactions.filter(({ question }) => question.answerable === false);
  const right = reactions.filter(({ question }) => question.answerable === true);
  const refused = (list: Reaction[]): number => list.filter(({ answer }) => !answer.answered).length;
  const refusals = refused(wrong) + refused(right);
  return {
    'recall@1': mean(ranked.map((rank) => recallAt(rank, 1))),
    'recall@5': mean(ranked.map((rank) => recallAt(rank, 5))),
    'recall@10': mean(ranked.map((rank) => recallAt(rank, 10))),
    'mrr@10': mean(ranked.map(({ hits }) => (hits.indexOf(true) < 0 ? 0 : 1 / (hits.indexOf(true) + 1)))),
    'ndcg@10': mean(ranked.map(normalisedGain)),
    spanHit: mean(
      spans.map(({ question, answer }) =>
        Number(answer.results.slice(0, 3).some(({ text }) => holdsAnswer(text, question.answers))),
      ),
    ),
    answerHit: mean(spans.map(({ question, answer }) => Number(answer.answered && holdsAnswer(answer.answer, question.answers)))),
    answeredUnanswerable: wrong.length ? 1 - refused(wrong) / wrong.length : null,
    refusedAnswerable: right.length ? refused(right) / right.length : null,
    abstentionPrecision: refusals ? refused(wrong) / refusals : null,
    abstentionRecall: wrong.length ? refused(wrong) / wrong.length : null,
    auroc: auroc(wrong, right),
    msPerQuestion: mean(reactions.map(({ ms }) => ms)),
  };
}

interface Rank {
  /** For each of the first ten different units: is it gold? */
  hits: boolean[];
  gold: number;
}

function rankOf({ question, answer }: Reaction): Rank {
  const gold = new Set(question.gold);
  const units = [...new Set(answer.results.map(({ id }) => id))].slice(0, 10);
  return { hits: units.map((id) => gold.has(id)), gold: gold.size };
}

function recallAt({ hits, gold }: Rank, k: number): number {
  return hits.slice(0, k).filter(Boolean).length / Math.min(k, gold);
}

function normalisedGain({ hits, gold }: Rank): number {
  const gain = (places: boolean[]): number => places.reduce((sum, hit, index) => sum + (hit ? 1 / Math.log2(index + 2) : 0), 0);
  return gain(hits) / gain(new Array<boolean>(Math.min(10, gold)).fill(true));
}

/** Whether one of the strings stands in the text; compared in NFKC, lower case, without Markdown marks, white space as one blank. */
export function holdsAnswer(text: string, answers: string[]): boolean {
  const plain = comparable(text);
  return answers.some((answer) => plain.includes(comparable(answer)));
}

function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\\([_\-.()*#[\]!<>+|])/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[“”„«»]/g, '"')
    .replace(/[’‘]/g, "'")
    .trim();
}

function auroc(wrong: Reaction[], right: Reaction[]): number | null {
  const confidences = (list: Reaction[]): number[] =>
    list.map(({ answer }) => answer.confidence).filter((value) => value !== undefined);
  const low = confidences(wrong);
  const high = confidences(right).sort((a, b) => a - b);
  if (low.length === 0 || high.length === 0) return null;
  const below = (value: number, orEqual: boolean): number => {
    let from = 0;
    let to = high.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (high[middle]! < value || (orEqual && high[middle] === value)) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  return mean(low.map((value) => 1 - (below(value, false) + below(value, true)) / 2 / high.length));
}

function mean(values: number[]): number | null {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}
