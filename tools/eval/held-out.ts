import { existsSync } from 'node:fs';
import path from 'node:path';
import { readHeldOut } from '../embedder/read-held-out';
import type { EvalQuestion, EvalSet } from './eval-set';

/** Left out of the embedder's training in every language. */
const source = 'AdobeDocs/target';
const languages = ['de', 'es', 'fr'];
/** Each n-th heading is asked. */
const every = 3;

export interface HeldOut {
  /** The English sections of all languages' pages, once. */
  set: EvalSet;
  /** Local headings, by language. */
  questions: { language: string; questions: EvalQuestion[] }[];
}

/** Headings in other languages to find their English sections by, of pages that no training saw; null where the corpus is not there. */
export function readHeldOutPages(corpus: string): HeldOut | null {
  if (!existsSync(path.join(corpus, 'parallel.jsonl.gz'))) return null;
  const set: EvalSet = { name: source, form: 'passages', units: [], questions: [] };
  const ids = new Map<string, string>();
  const questions = languages.map((language) => {
    const own = readHeldOut(corpus, source, language);
    const shared = new Map<string, string>();
    for (const unit of own.units) {
      const key = `${unit.title}\n${unit.text}`;
      if (!ids.has(key)) {
        ids.set(key, String(ids.size));
        set.units.push({ ...unit, id: ids.get(key)! });
      }
      shared.set(unit.id, ids.get(key)!);
    }
    const asked = own.questions.filter((_, at) => at % every === 0);
    return { language, questions: asked.map((question) => ({ ...question, gold: question.gold.map((id) => shared.get(id)!) })) };
  });
  return { set, questions };
}
