import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface EvalUnit {
  id: string;
  title: string;
  text: string;
  lang: string | null;
}

export interface EvalTurn {
  role: string;
  content: string;
}

export interface EvalQuestion {
  id: string;
  lang: string | null;
  question: string;
  /** Null: nobody said; left out of the figures about refusing. */
  answerable: boolean | null;
  /** Ids of the units (passages or documents) that answer. */
  gold: string[];
  answers: string[];
  history: EvalTurn[];
}

export interface EvalSet {
  name: string;
  /** `passages`: a unit is loaded as one source; `docs`: whole documents that the product cuts; `questions-only`: no knowledge base. */
  form: 'passages' | 'docs' | 'questions-only';
  units: EvalUnit[];
  questions: EvalQuestion[];
}

/** Reads every set of a folder: those that manifest.json lists, or all sub-folders with a questions.jsonl. Throws with the file's name. */
export function readEvalSets(folder: string, only: string[] = []): EvalSet[] {
  return setNames(folder)
    .filter((name) => only.length === 0 || only.includes(name))
    .map((name) => readEvalSet(path.join(folder, name), name));
}

function setNames(folder: string): string[] {
  const manifest = path.join(folder, 'manifest.json');
  if (existsSync(manifest)) return (JSON.parse(readFileSync(manifest, 'utf8')) as { name: string }[]).map((entry) => entry.name);
  const names = readdirSync(folder).filter(
    (name) => existsSync(path.join(folder, name, 'questions.jsonl')) && statSync(path.join(folder, name)).isDirectory(),
  );
  if (names.length === 0) throw new Error(`${folder} holds neither a manifest.json nor folders with a questions.jsonl`);
  return names.sort();
}

function readEvalSet(folder: string, name: string): EvalSet {
  const form = existsSync(path.join(folder, 'passages.jsonl'))
    ? 'passages'
    : existsSync(path.join(folder, 'docs.jsonl'))
      ? 'docs'
      : 'questions-only';
  const units = form === 'questions-only' ? [] : readLines<Partial<EvalUnit>>(path.join(folder, `${form}.jsonl`)).map(toUnit);
  const questions = readLines<RawQuestion>(path.join(folder, 'questions.jsonl')).map((raw) => toQuestion(raw, form === 'docs'));
  return { name, form, units, questions };
}

type RawId = string | number;
type RawQuestion = Partial<Omit<EvalQuestion, 'gold'>> & { gold?: RawId[]; gold_docs?: RawId[]; tags?: { doubtful?: unknown } };

function toUnit(raw: Partial<EvalUnit>): EvalUnit {
  return { id: String(raw.id), title: raw.title ?? '', text: raw.text ?? '', lang: raw.lang ?? null };
}

function toQuestion(raw: RawQuestion, byDocument: boolean): EvalQuestion {
  return {
    id: String(raw.id),
    lang: raw.lang ?? null,
    question: raw.question ?? '',
    answerable: raw.tags?.doubtful ? null : (raw.answerable ?? null),
    gold: ((byDocument ? raw.gold_docs : raw.gold) ?? []).map(String),
    answers: raw.answers ?? [],
    history: raw.history ?? [],
  };
}

function readLines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      try {
        return JSON.parse(line) as T;
      } catch (error) {
        throw new Error(`${file}, line ${index + 1}: ${(error as Error).message}`, { cause: error });
      }
    });
}
