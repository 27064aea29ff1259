import { baseLanguage, detectLanguage, eachTerm } from '@docent/language';
import type { IndexChunk } from '@docent/ports';

/** Terms as Qdrant wants them: numbers, each with what it weighs in the passage. */
export interface TermVector {
  indices: number[];
  values: number[];
}

const k1 = 1.5;
const b = 0.85;
const titleWeight = 2;
const headingWeight = 1.5;
/** BM25 holds long passages back against the average; the server does not know it, and the splitter keeps it near this. */
const averageTerms = 90;

/** Shorter words are neither corrected nor parts of others. */
const shortestForm = 4;

/** `forms`: the passage's words of letters as they are written there. The passage's side of BM25; the other factor, the inverse document frequency, is the server's (`modifier: idf`). */
export function weighTerms(chunk: IndexChunk): TermVector & { language: string | null; forms: Set<string> } {
  const language = baseLanguage(chunk.language) ?? detectLanguage(chunk.text);
  const frequencies = new Map<number, number>();
  let length = 0;
  const forms = new Set<string>();
  const count = (text: string, weight: number): void =>
    eachTerm(text, language, (term, form, known) => {
      const number = termNumber(term);
      if (known && form.length >= shortestForm) forms.add(form);
      frequencies.set(number, (frequencies.get(number) ?? 0) + weight);
    });
  count(chunk.title, titleWeight);
  count(chunk.headings.join('\n'), headingWeight);
  eachTerm(chunk.text, language, () => length++);
  count(chunk.text, 1);
  const norm = k1 * (1 - b + (b * length) / averageTerms);
  return {
    language,
    forms,
    indices: [...frequencies.keys()],
    values: Array.from(frequencies.values(), (frequency) => (frequency * (k1 + 1)) / (frequency + norm)),
  };
}

/** FNV-1a over UTF-16 units, 32 bits: two words in a million share a number, which costs a stray match. */
export function termNumber(term: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < term.length; index++) hash = Math.imul(hash ^ term.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
