import type { EvalQuestion } from './eval-set';
import type { FoundPassage } from './product';

/** How well the gold units of questions were ranked; null where no question has any. */
export interface RankFigures {
  /** Gold units among the first k, divided by the smaller of k and the number of gold units; mean over questions that have any. */
  'recall@1': number | null;
  'recall@5': number | null;
  'recall@10': number | null;
  /** 1 / rank of the first gold unit within ten, else 0. */
  'mrr@10': number | null;
  /** Binary gain, discounted by log2(rank + 1), divided by the ideal. */
  'ndcg@10': number | null;
  /** Share of the questions with a gold unit among the first five. */
  'hit@5': number | null;
}

/** One question and what was found for it, best first. */
export interface Ranked {
  question: Pick<EvalQuestion, 'gold' | 'answerable'>;
  results: Pick<FoundPassage, 'id'>[];
}

/** Over the questions with gold units that are not unanswerable; a unit counts once, at its best passage. */
export function rankFigures(list: Ranked[]): RankFigures {
  const ranked = list.filter(({ question }) => question.gold.length > 0 && question.answerable !== false).map(hitsOf);
  return {
    'recall@1': mean(ranked.map((rank) => recallAt(rank, 1))),
    'recall@5': mean(ranked.map((rank) => recallAt(rank, 5))),
    'recall@10': mean(ranked.map((rank) => recallAt(rank, 10))),
    'mrr@10': mean(ranked.map(({ hits }) => (hits.indexOf(true) < 0 ? 0 : 1 / (hits.indexOf(true) + 1)))),
    'ndcg@10': mean(ranked.map(normalisedGain)),
    'hit@5': mean(ranked.map(({ hits }) => Number(hits.slice(0, 5).includes(true)))),
  };
}

/** Null for an empty list. */
export function mean(values: number[]): number | null {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}

interface Hits {
  /** For each of the first ten different units: is it gold? */
  hits: boolean[];
  gold: number;
}

function hitsOf({ question, results }: Ranked): Hits {
  const gold = new Set(question.gold);
  const units = [...new Set(results.map(({ id }) => id))].slice(0, 10);
  return { hits: units.map((id) => gold.has(id)), gold: gold.size };
}

function recallAt({ hits, gold }: Hits, k: number): number {
  return hits.slice(0, k).filter(Boolean).length / Math.min(k, gold);
}

function normalisedGain({ hits, gold }: Hits): number {
  const gain = (places: boolean[]): number => places.reduce((sum, hit, index) => sum + (hit ? 1 / Math.log2(index + 2) : 0), 0);
  return gain(hits) / gain(new Array<boolean>(Math.min(10, gold)).fill(true));
}
