import type { EvalQuestion } from '../eval/eval-set';
import { figuresOf } from '../eval/measure-set';
import type { PassageScores, SearchedKnowledge } from './searched-knowledge';

export interface Ranking {
  questions: number;
  /** In the order of {@link fusions}. */
  columns: { ndcg: number; hit5: number }[];
}

/** Lexical alone, vector alone, and sums with growing weight of the vector. */
export const fusions: ((scores: PassageScores) => number)[] = [
  ({ lexical }) => lexical,
  ({ vector }) => vector,
  ...[0.5, 1, 1.5].map(
    (weight) =>
      ({ lexical, vector }: PassageScores) =>
        lexical + weight * vector,
  ),
];

/** How well each way of ranking finds the gold units of the answerable questions. */
export async function measureRanking(knowledge: SearchedKnowledge, questions: EvalQuestion[], ways = fusions): Promise<Ranking> {
  const asked = questions.filter(({ gold, answerable }) => gold.length > 0 && answerable !== false);
  const columns = ways.map(() => ({ ndcg: 0, hit5: 0 }));
  for (const question of asked) {
    const scores = await knowledge.score(question.question, question.history);
    ways.forEach((way, at) => {
      const results = rank(scores, way).map((id) => ({ id, text: '' }));
      columns[at]!.ndcg +=
        figuresOf([{ question, answer: { results, answered: true, answer: '' }, ms: 0 }])['ndcg@10']! / asked.length;
      columns[at]!.hit5 += Number(results.slice(0, 5).some(({ id }) => question.gold.includes(id))) / asked.length;
    });
  }
  return { questions: asked.length, columns };
}

/** Units, best passage first; only what has a score above 0 is found. */
function rank(scores: PassageScores[], way: (scores: PassageScores) => number): string[] {
  const best = new Map<string, number>();
  for (const passage of scores) {
    const score = way(passage);
    if (score > 0 && score > (best.get(passage.unit) ?? 0)) best.set(passage.unit, score);
  }
  return [...best]
    .sort((left, right) => right[1] - left[1])
    .map(([unit]) => unit)
    .slice(0, 10);
}
