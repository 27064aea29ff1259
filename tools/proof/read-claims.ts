import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AnswerPassage } from '../../libs/chat/src/answer/answer-passage';
import { splitSentences } from '../../libs/language/src/split-sentences';
import { readEvalSets, type EvalSet, type EvalUnit } from '../eval/eval-set';
import { denied, reworded, withNeighbourNumber, withOtherName, withOtherNumber } from './change-sentence';
import { SeededRandom } from '../seeded-random';

/** One sentence that a model might write over some passages, and whether they carry it. */
export interface Claim {
  kind: string;
  set: string;
  isTrue: boolean;
  /** As the model writes it, markers and all. */
  said: string;
  passages: AnswerPassage[];
}

const passagesAround = 4;

/** True and false sentences made from the passages of the evaluation sets, the same in every run. */
export function readClaims(folder: string, unitsPerSet: number): Claim[] {
  const sets = readEvalSets(folder).filter(({ form, units }) => form === 'passages' && units.length > 20);
  const english = new Map(sets.find(({ name }) => name === 'xquad-en')?.units.map((unit) => [unit.id, unit]));
  return sets.flatMap((set, at) => {
    const random = new SeededRandom(at + 1);
    return [...claimsOf(set, english, () => random.next(), unitsPerSet), ...references(folder, set)];
  });
}

function claimsOf(set: EvalSet, english: Map<string, EvalUnit>, random: () => number, most: number): Claim[] {
  const claims: Claim[] = [];
  const step = Math.max(1, Math.floor(set.units.length / most));
  for (let at = 0; at < set.units.length; at += step) {
    const unit = set.units[at]!;
    const sentence = pickSentence(unit, random);
    if (!sentence) continue;
    // Neighbours are mostly of the same article: they are what is found for the same question.
    const around = Array.from({ length: passagesAround }, (_, index) => set.units[(at + 1 + index) % set.units.length]!);
    const far = set.units[(at + Math.floor(set.units.length / 2)) % set.units.length]!;
    const passages = [unit, ...around].map(toPassage);
    const add = (kind: string, isTrue: boolean, text: string | null, marker = ' [1]', given = passages) => {
      if (text && text !== sentence.trim() + marker)
        claims.push({ kind, set: set.name, isTrue, said: text + marker, passages: given });
    };
    claims.push({ kind: 'quoted, cited', set: set.name, isTrue: true, said: `${sentence} [1]`, passages });
    claims.push({ kind: 'quoted, not cited', set: set.name, isTrue: true, said: sentence, passages });
    add('reworded, cited', true, reworded(sentence, random));
    add('reworded, not cited', true, reworded(sentence, random), '');
    add('number changed', false, withOtherNumber(sentence, random));
    add('number of the same passage', false, withNeighbourNumber(sentence, unit.text, random));
    add('name exchanged', false, withOtherName(sentence, around[0]!.text, random));
    add('denied', false, denied(sentence, set.units[0]!.lang ?? 'en'));
    add('of another passage, cited', false, pickSentence(far, random));
    add('of another passage, not cited', false, pickSentence(far, random), '');
    const translated = set.name === 'xquad-en' ? undefined : english.get(unit.id);
    if (!translated) continue;
    const foreign = [translated, ...around.map(({ id }) => english.get(id)!)].map(toPassage);
    add('over English, cited', true, sentence, ' [1]', foreign);
    add('over English, number changed', false, withOtherNumber(sentence, random), ' [1]', foreign);
  }
  return claims;
}

/** Answers that people wrote over their passages, sentence by sentence, each citing all of them; some say more than the passages do. */
function references(folder: string, set: EvalSet): Claim[] {
  const file = path.join(folder, set.name, 'questions.jsonl');
  if (!existsSync(file)) return [];
  const units = new Map(set.units.map((unit) => [unit.id, unit]));
  const claims: Claim[] = [];
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { reference, gold, answerable } = JSON.parse(line) as {
      reference?: string;
      gold?: string[];
      answerable?: boolean | null;
    };
    const passages = (gold ?? []).flatMap((id) => units.get(id) ?? []).map(toPassage);
    if (!reference || answerable !== true || passages.length === 0) continue;
    const markers = ` ${passages.map((_, index) => `[${index + 1}]`).join('')}`;
    for (const { start, end } of splitSentences(reference)) {
      const text = reference.slice(start, end);
      claims.push({ kind: "a person's answer, cited", set: set.name, isTrue: true, said: text + markers, passages });
      claims.push({ kind: "a person's answer, not cited", set: set.name, isTrue: true, said: text, passages });
    }
  }
  return claims;
}

function pickSentence({ text }: EvalUnit, random: () => number): string | null {
  const sentences = splitSentences(text)
    .map(({ start, end }) =>
      text
        .slice(start, end)
        .replace(/\s+/g, ' ')
        .replace(/\[\d+\]/g, '')
        .trim(),
    )
    .filter((sentence) => sentence.length > 25 && sentence.length < 400 && /[.。।؟!]$/.test(sentence));
  return sentences[Math.floor(random() * sentences.length)] ?? null;
}

function toPassage({ id, title, text, lang }: EvalUnit): AnswerPassage {
  return { sourceId: id, title, url: null, headings: [], snapshotHash: '', start: 0, text, pages: [], language: lang };
}
