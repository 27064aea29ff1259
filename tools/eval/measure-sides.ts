import type { EvalQuestion } from './eval-set';
import type { FoundPassage } from './product';
import { rankFigures } from './rank-figures';

/** What words alone, meaning alone and both together find; the two sides are null where the product has no embedder. */
export interface Sides<T> {
  lexical: T | null;
  vector: T | null;
  fused: T;
}

export interface SideFigures {
  ndcg: number | null;
  hit5: number | null;
}

/** The same findings, ranked three ways. A passage that only one side knows stands in that side's ranking alone. */
export function measureSides(found: { question: EvalQuestion; results: FoundPassage[] }[]): Sides<SideFigures> {
  const hasVectors = found.some(({ results }) => results.some(({ vectorRank }) => vectorRank != null));
  const by = (rankOf: (passage: FoundPassage) => number | null | undefined): SideFigures =>
    toSide(found.map(({ question, results }) => ({ question, results: inOrder(results, rankOf) })));
  return {
    lexical: hasVectors ? by(({ lexicalRank }) => lexicalRank) : null,
    vector: hasVectors ? by(({ vectorRank }) => vectorRank) : null,
    fused: toSide(found),
  };
}

function inOrder(results: FoundPassage[], rankOf: (passage: FoundPassage) => number | null | undefined): FoundPassage[] {
  return results.filter((passage) => rankOf(passage) != null).sort((left, right) => rankOf(left)! - rankOf(right)!);
}

function toSide(found: { question: EvalQuestion; results: FoundPassage[] }[]): SideFigures {
  const figures = rankFigures(found);
  return { ndcg: figures['ndcg@10'], hit5: figures['hit@5'] };
}
