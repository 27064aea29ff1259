import { scanWords } from './scan-words';
import { stemWord } from './stem-word';

/**
 * The terms under which a text is found, in order, repeated as often as they stand there. The same analysis serves documents and
 * questions. Words are normalised (NFKC, lower case), stripped of stop words and stemmed in `language` (BCP 47; null or unknown: as they are);
 * scripts without spaces give pairs of characters; codes, numbers and addresses stay findable as they are written.
 */
export function analyseText(text: string, language: string | null = null): string[] {
  const terms: string[] = [];
  const base = baseLanguage(language);
  scanWords(normaliseText(text), (word, kind) => {
    const term = kind === 'word' ? stemWord(word, base) : word;
    if (term) terms.push(term);
  });
  return terms;
}

/**
 * The words of a question in order, each as the list of terms under which it may be indexed: first as `language` has it, then as each of
 * `others` (the languages of the documents) has it. Stop words of `language` are left out.
 */
export function analyseQuestion(text: string, language: string | null, others: readonly string[]): string[][] {
  const words: string[][] = [];
  const base = baseLanguage(language);
  scanWords(normaliseText(text), (word, kind) => {
    if (kind !== 'word') return void words.push([word]);
    const term = stemWord(word, base);
    if (!term) return;
    const terms = new Set([term]);
    for (const other of others) terms.add(stemWord(word, other) || term);
    words.push([...terms]);
  });
  return words;
}

/** `en-GB` → `en`. */
export function baseLanguage(language: string | null | undefined): string | null {
  return language ? language.split('-', 1)[0]!.toLowerCase() : null;
}

/** NFKC and lower case. Plain ASCII, most of most texts, is not sent through Unicode normalisation. */
export function normaliseText(text: string): string {
  // eslint-disable-next-line no-control-regex -- the range is the definition of ASCII
  return /^[\u0000-\u007f]*$/.test(text) ? text.toLowerCase() : text.normalize('NFKC').toLowerCase();
}
