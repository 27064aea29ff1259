import { stemWord } from './stem-word';
import { visitorWords } from './visitor-words';

const languages = ['en', 'de', 'es', 'fr', 'it', 'pt', 'nl'] as const;

/**
 * The stems under which documents in `other` may hold a word of a question in `language` (base languages; `stem` in that of the question), where
 * it is one of the words that visitors of help pages use ({@link visitorWords}). Empty where it is not, or the two are one.
 */
export function wordsElsewhere(stem: string, language: string | null, other: string | null): readonly string[] {
  if (language === null || other === null || language === other) return nothing;
  const { meaningsOf, wordsOf } = (table ??= readTable());
  const meanings = meaningsOf.get(language)?.get(stem);
  return meanings ? [...new Set(meanings.flatMap((meaning) => wordsOf[meaning]!.get(other) ?? nothing))] : nothing;
}

/** The shortest part of a compound. */
const shortestPart = 4;

/**
 * The two parts of a compound of {@link visitorWords}, as they are written in it without what joins them ("Nachrichtenlimit": "nachrichten",
 * "limit"); null where it is none.
 */
export function compoundParts(form: string, language: string | null): [string, string] | null {
  if (language !== 'de' && language !== 'nl') return null;
  const meanings = (table ??= readTable()).meaningsOf.get(language)!;
  const isKnown = (part: string): boolean => part.length >= shortestPart && meanings.has(stemWord(part, language).term);
  for (let at = form.length - shortestPart; at >= shortestPart; at--) {
    const [left, right] = [form.slice(0, at), form.slice(at)];
    if (!isKnown(right)) continue;
    const first = [left, left.replace(/s$/, ''), `${left}e`].find(isKnown);
    if (first) return [first, right];
  }
  return null;
}

const nothing: readonly string[] = [];

interface Table {
  /** For each language the numbers of the meanings that a stem may have. */
  meaningsOf: Map<string, Map<string, number[]>>;
  /** For each meaning its stems in each language. */
  wordsOf: Map<string, string[]>[];
}

let table: Table | null = null;

function readTable(): Table {
  const meaningsOf = new Map(languages.map((language) => [language as string, new Map<string, number[]>()]));
  const wordsOf = visitorWords
    .trim()
    .split('\n')
    .map((line, meaning) => {
      const cells = line.split('|').map((cell, at) => stemsOf(cell, languages[at]!));
      cells.forEach((stems, at) => {
        const own = meaningsOf.get(languages[at]!)!;
        for (const stem of stems) own.set(stem, [...(own.get(stem) ?? []), meaning]);
      });
      return new Map(cells.map((stems, at) => [languages[at] as string, stems]));
    });
  return { meaningsOf, wordsOf };
}

function stemsOf(cell: string, language: string): string[] {
  const words = cell.trim().split(/\s+/);
  return [...new Set(words.map((word) => stemWord(word, language).term))].filter((stem) => stem !== '');
}
