import type { EvalSet } from './eval-set';

/** Sets with the same ids in every language, such as `xquad-de`. */
const parallel = /^(.+)-([a-z]{2})$/;
const pivot = 'en';

export interface LanguagePair {
  /** Language of the questions, and of the passages. */
  from: string;
  to: string;
  questions: EvalSet;
}

/** Sets whose questions can be put to this one's knowledge in another language: all to English, and English to all. */
export function otherLanguages(set: EvalSet, all: EvalSet[]): LanguagePair[] {
  const own = parallel.exec(set.name);
  if (!own) return [];
  return all.flatMap((other): LanguagePair[] => {
    const match = parallel.exec(other.name);
    if (!match || match[1] !== own[1] || match[2] === own[2] || (own[2] !== pivot && match[2] !== pivot)) return [];
    if (!speaksOf(set, other)) return [];
    return [{ from: match[2]!, to: own[2]!, questions: other }];
  });
}

/** Whether the other set's questions are answered by units of this one, under the same ids. */
function speaksOf(set: EvalSet, other: EvalSet): boolean {
  const units = new Set(set.units.map(({ id }) => id));
  const gold = other.questions.flatMap((question) => question.gold);
  return gold.filter((id) => units.has(id)).length > gold.length / 2;
}
