import type { EvalQuestion, EvalUnit } from '../eval/eval-set';
import { readCorpusLines } from './read-corpus-lines';

interface Line {
  lang: string;
  source: string;
  local: { title: string; headings: string[]; text: string };
  en?: { title: string; headings: string[]; text: string };
}

/** Local headings of a source as questions, the English sections of the same pages as the knowledge to find them in. */
export function readHeldOut(folder: string, source: string, language: string): { units: EvalUnit[]; questions: EvalQuestion[] } {
  const units = new Map<string, EvalUnit>();
  const questions = new Map<string, EvalQuestion>();
  for (const line of readCorpusLines<Line>(folder, 'parallel')) {
    if (line.lang !== language || !line.source.startsWith(source) || !line.en?.text.trim()) continue;
    const title = [line.en.title, ...line.en.headings].join('\n');
    const key = `${title}\n${line.en.text}`;
    if (!units.has(key)) units.set(key, { id: String(units.size), title, text: line.en.text, lang: 'en' });
    const question = line.local.headings.at(-1) ?? '';
    if (!question) continue;
    const asked = questions.get(question) ?? {
      id: question,
      lang: language,
      question,
      answerable: true,
      gold: [],
      answers: [],
      history: [],
    };
    questions.set(question, { ...asked, gold: [...new Set([...asked.gold, units.get(key)!.id])] });
  }
  return { units: [...units.values()], questions: [...questions.values()] };
}
