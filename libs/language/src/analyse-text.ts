import { scanWords, type WordKind } from './scan-words';
import { stemWord, stemWordAt, type WordForm } from './stem-word';
import { stopPairs } from './stop-words';
import { compoundParts, wordsElsewhere } from './words-elsewhere';

/**
 * The terms under which a text is found, in order, repeated as often as they stand there. The same analysis serves documents and
 * questions. Words are normalised (NFKC, lower case), stripped of stop words and stemmed in `language` (BCP 47; null or unknown: as they are);
 * scripts without spaces give pairs of characters; codes, numbers and addresses stay findable as they are written.
 */
export function analyseText(text: string, language: string | null = null): string[] {
  const terms: string[] = [];
  eachTerm(text, language, (term) => terms.push(term));
  return terms;
}

/** The same, word by word, with the form in which each stands in the text; words of letters bring what is remembered of them. */
export function eachTerm(
  text: string,
  language: string | null,
  report: (term: string, form: string, known: WordForm | null) => void,
): void {
  const base = baseLanguage(language);
  const normal = normaliseText(text);
  const reportForm = (known: WordForm): void => {
    if (known.term) report(known.term, known.form, known);
  };
  scanWords(
    normal,
    (word, kind) => {
      if (kind === 'pair' && stopPairs.has(word)) return;
      if (kind === 'word') reportForm(stemWord(word, base));
      else report(word, word, null);
    },
    (start, end, hash) => reportForm(stemWordAt(normal, start, end, hash, base)),
    (joined) => reportForm(stemWord(joined, base)),
  );
}

export interface QuestionWord {
  form: string;
  /** Where it is one of two words with a hyphen between them: both as one. */
  joined?: string;
  /** The terms under which documents may hold the word, that of the question's own language first. */
  terms: string[];
  /** Those of them that are other words of the same meaning, in another language than the question's. */
  elsewhere?: { term: string; language: string }[];
}

/**
 * The words of a question in order, each with the terms under which it may be indexed: as `language` has it, and as each of `others` (the
 * languages of the documents) has it. Stop words of `language` are left out.
 */
export function analyseQuestion(text: string, language: string | null, others: readonly string[]): QuestionWord[] {
  const words: QuestionWord[] = [];
  const base = baseLanguage(language);
  const normal = normaliseText(text);
  const joinedOf = new Map<string, string>();
  const abroad = others.flatMap((other) => baseLanguage(other) ?? []).filter((other) => base !== null && other !== base);
  let neighbour: QuestionWord | null = null;
  const hear = (word: string, kind: WordKind): void => {
    if (kind === 'pair' && stopPairs.has(word)) return;
    if (kind !== 'word') return void words.push({ form: word, terms: [word] });
    const { term, form } = stemWord(word, base);
    if (!term) return void (neighbour = null);
    const parts = abroad.length && wordsElsewhere(term, base, abroad[0]!).length === 0 ? compoundParts(form, base) : null;
    if (!parts) words.push(read(form, joinedOf.get(word)));
    else for (const part of parts) words.push(read(part, word));
    const whole = neighbour && !parts ? asCompound(neighbour.form, form, base) : null;
    if (whole) for (const half of [neighbour!, words.at(-1)!]) join(half, whole);
    neighbour = parts ? null : words.at(-1)!;
  };
  const join = (half: QuestionWord, whole: string): void => {
    half.joined ??= whole;
    half.terms = [...new Set([...half.terms, stemWord(whole, base).term])];
  };
  const read = (form: string, joined: string | undefined): QuestionWord => {
    const { term } = stemWord(form, base);
    const terms = new Set([term]);
    for (const other of others) terms.add(stemWord(form, other).term || term);
    if (joined) for (const other of [base, ...others]) terms.add(stemWord(joined, other).term || joined);
    const elsewhere = abroad.flatMap((language) =>
      wordsElsewhere(term, base, language).map((other) => ({ term: other, language })),
    );
    for (const other of elsewhere) terms.add(other.term);
    return { form, ...(joined && { joined }), terms: [...terms], ...(elsewhere.length && { elsewhere }) };
  };
  scanWords(normal, hear, undefined, (joined, parts) => parts.forEach((part) => joinedOf.set(part, joined)));
  return words;
}

const shortestPart = 4;
const takesAnS = /(?:ung|heit|keit|schaft|tion|tät|tum|ling)$/;

/** Two neighbours as the one word that visitors take apart ("Reise Versicherung"), in languages that write it so. */
function asCompound(left: string, right: string, language: string | null): string | null {
  if ((language !== 'de' && language !== 'nl') || left.length < shortestPart || right.length < shortestPart) return null;
  return left + (language === 'de' && takesAnS.test(left) ? 's' : '') + right;
}

/** `en-GB` → `en`. */
export function baseLanguage(language: string | null | undefined): string | null {
  return language ? language.split('-', 1)[0]!.toLowerCase() : null;
}

/**
 * NFKC and lower case, with the digits and hyphens that keyboards have. Plain ASCII, most of most texts, is not sent through Unicode
 * normalisation.
 */
export function normaliseText(text: string): string {
  // eslint-disable-next-line no-control-regex -- the range is the definition of ASCII
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().replace(typographic, plainForm);
}

/** The hyphens of typesetting (NFKC makes one of both), and the digits of Arabic, Persian, Devanagari and Thai. */
const typographic = /[\u2010\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59]/g;
const zeros = [0x0660, 0x06f0, 0x0966, 0x0e50];

function plainForm(character: string): string {
  const code = character.charCodeAt(0);
  return code === 0x2010 ? '-' : String(code - zeros.findLast((zero) => zero <= code)!);
}
