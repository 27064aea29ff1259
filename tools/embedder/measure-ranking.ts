import type { EvalQuestion } from '../eval/eval-set';
import { figuresOf } from '../eval/measure-set';
import type { SearchedKnowledge, Side } from './searched-knowledge';

export interface SideFigures {
  ndcg: number;
  hit5: number;
}

export type Ranking = { questions: number } & Record<Side, SideFigures>;

const sides: Side[] = ['lexical', 'vector', 'fused'];

/** How well words, vectors and the product's fusion of both find the gold units of the answerable questions. */
export async function measureRanking(knowledge: SearchedKnowledge, questions: EvalQuestion[]): Promise<Ranking> {
  const asked = questions.filter(({ gold, answerable }) => gold.length > 0 && answerable !== false);
  const ranking: Ranking = { questions: asked.length, lexical: nothing(), vector: nothing(), fused: nothing() };
  for (const question of asked)
    for (const side of sides) {
      const results = (await knowledge.rank(question.question, question.history, side)).map((id) => ({ id, text: '' }));
      const reaction = { question, answer: { results, answered: true, answer: '' }, ms: 0 };
      ranking[side].ndcg += figuresOf([reaction])['ndcg@10']! / asked.length;
      ranking[side].hit5 += Number(results.slice(0, 5).some(({ id }) => question.gold.includes(id))) / asked.length;
    }
  return ranking;
}

const nothing = (): SideFigures => ({ ndcg: 0, hit5: 0 });
