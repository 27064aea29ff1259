import { misspellQuestion, SeededRandom } from '../../libs/embedder/src/training';
import { auroc } from './auroc';
import type { EvalQuestion, EvalSet } from './eval-set';
import { measureSides, type SideFigures, type Sides } from './measure-sides';
import type { EvalFinding, EvalProduct } from './product';

/** Questions put to a knowledge base in another way than its own: what is found, and how surely. */
export interface VariantFigures {
  questions: number;
  sides: Sides<SideFigures>;
  /** Share of the answerable ones that are refused. */
  refusedAnswerable: number | null;
  /** Of unanswerable against answerable ones, by confidence. */
  auroc: number | null;
}

const typoSeed = 11;

/** The set's questions with two typos each, the same ones every time. */
export function withTypos({ questions }: EvalSet): EvalQuestion[] {
  const random = new SeededRandom(typoSeed);
  return questions.map((question) => ({ ...question, question: misspellQuestion(question.question, random) }));
}

/** Puts the questions to the product, which has loaded its knowledge. */
export async function measureVariant(product: EvalProduct, questions: EvalQuestion[]): Promise<VariantFigures> {
  const found: { question: EvalQuestion; finding: EvalFinding; results: EvalFinding['results'] }[] = [];
  for (const question of questions) {
    const finding = await product.find(question.question, question.history);
    found.push({ question, finding, results: finding.results });
  }
  const of = (answerable: boolean) => found.filter(({ question }) => question.answerable === answerable);
  const confidences = (answerable: boolean) =>
    of(answerable)
      .map(({ finding }) => finding.confidence)
      .filter((value) => value !== undefined);
  const right = of(true);
  return {
    questions: questions.filter(({ gold, answerable }) => gold.length > 0 && answerable !== false).length,
    sides: measureSides(found),
    refusedAnswerable: right.length ? right.filter(({ finding }) => !finding.answered).length / right.length : null,
    auroc: auroc(confidences(false), confidences(true)),
  };
}
