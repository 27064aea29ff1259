import { readEvalSets, type EvalSet } from './eval-set';
import { readHeldOutPages } from './held-out';
import { withTypos } from './variants';

/** Smaller knowledge bases do not learn. */
const fewestUnits = 50;
/** As large a knowledge base as a small company has. */
const unitsOfTrade = 400;

/**
 * What learning is measured on: each set as it is asked, the same with two typos in each question, and pages of a product that the embedder
 * was not trained on, asked in other languages than they are written in (`held-out` among the names).
 */
export function readLearningSets(dir: string, corpus: string | undefined, only?: string[]): EvalSet[] {
  const sets = readEvalSets(dir, only).filter(({ units, questions }) => units.length >= fewestUnits && questions.length > 0);
  const misspelt = sets.map((set) => ({ ...set, name: `${set.name}, two typos`, questions: withTypos(set) }));
  return [
    ...sets.flatMap((set, at) => [set, misspelt[at]!]),
    ...(corpus && (!only || only.includes('held-out')) ? readForeignTrade(corpus) : []),
  ];
}

/** The first units of the held-out source, with the headings of each language that lead to them. */
function readForeignTrade(corpus: string): EvalSet[] {
  const heldOut = readHeldOutPages(corpus);
  if (!heldOut) return [];
  const units = heldOut.set.units.slice(0, unitsOfTrade);
  const there = new Set(units.map(({ id }) => id));
  return heldOut.questions.flatMap(({ language, questions }) => {
    const asked = questions.filter(({ gold }) => gold.some((id) => there.has(id)));
    return asked.length > 0
      ? [{ ...heldOut.set, name: `${heldOut.set.name}, asked in ${language}`, units, questions: asked }]
      : [];
  });
}
