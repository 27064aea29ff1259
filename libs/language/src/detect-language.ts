import { askingWords } from './asking-words';
import { normaliseText } from './analyse-text';
import { stopWords } from './stop-words';

const sampleLength = 2_000;
const latinLanguages = ['en', 'es', 'de', 'fr', 'pt', 'it', 'nl'] as const;
/** Letters that speak for one of the Latin languages where a short question has few common words. */
const tellingLetters: [RegExp, string][] = [
  [/[ñ¿¡]/g, 'es'],
  [/[äöüß]/g, 'de'],
  [/[œêèçùûë]/g, 'fr'],
  [/[ãõ]/g, 'pt'],
  [/[ìò]/g, 'it'],
];

/**
 * The language of a text as BCP 47 code by its script and common words, or null when that does not tell (a name, a code, a language that is
 * not known here). Knows en, es, de, fr, pt, it, nl, ru, ar, hi, zh, ja, ko, th. Looks at the first 2 000 characters only.
 */
export function detectLanguage(text: string): string | null {
  const sample = normaliseText(text.slice(0, sampleLength));
  if (!beyondLatin.test(sample)) return /[a-z\u00c0-\u024f]/.test(sample) ? detectLatin(sample) : null;
  const counts = {
    kana: count(sample, /[\u3040-\u30ff]/g),
    han: count(sample, /\p{Script=Han}/gu),
    hangul: count(sample, /[\uac00-\ud7af]/g),
    thai: count(sample, /[\u0e00-\u0e7f]/g),
    cyrillic: count(sample, /[\u0400-\u04ff]/g),
    arabic: count(sample, /[\u0600-\u06ff]/g),
    devanagari: count(sample, /[\u0900-\u097f]/g),
    latin: count(sample, /[a-z\u00c0-\u024f]/g),
  };
  // A Chinese or Japanese character says as much as several Latin letters.
  const ideographs = (counts.han + counts.kana) * 2.5;
  const most = Math.max(
    ideographs,
    counts.hangul * 2.5,
    counts.thai,
    counts.cyrillic,
    counts.arabic,
    counts.devanagari,
    counts.latin,
  );
  if (most === 0) return null;
  if (most === ideographs) return counts.kana * 10 > counts.han ? 'ja' : 'zh';
  if (most === counts.hangul * 2.5) return 'ko';
  if (most === counts.thai) return 'th';
  if (most === counts.cyrillic) return count(sample, /[іїєґўјљњќѓћђџ]/g) * 50 > counts.cyrillic ? null : 'ru';
  if (most === counts.arabic) return count(sample, /[پچژگٹڈےں]/g) * 50 > counts.arabic ? null : 'ar';
  if (most === counts.devanagari) return 'hi';
  return detectLatin(sample);
}

/** A letter of another script, from Greek on. */
const beyondLatin = /[\u0370-\u1dff\u1f00-\u1fff\u2c00-\uffff]/;

/** For each common word one bit for every language that has it. */
let languagesOfWord: Map<string, number> | null = null;

function commonWords(): Map<string, number> {
  const bits = new Map<string, number>();
  latinLanguages.forEach((language, at) => {
    for (const word of [...stopWords[language]!, ...askingWords[language]!]) bits.set(word, (bits.get(word) ?? 0) | (1 << at));
  });
  return bits;
}

function detectLatin(sample: string): string | null {
  const words = sample.match(/[\p{L}\p{M}]+/gu) ?? [];
  const common = (languagesOfWord ??= commonWords());
  const hits = latinLanguages.map((language) => ({ language: language as string, hits: 0 }));
  for (const word of words)
    for (let bits = common.get(word) ?? 0, at = 0; bits; bits >>= 1, at++) if (bits & 1) hits[at]!.hits += 1;
  if (/[\u0080-\uffff]/.test(sample))
    for (const [letters, language] of tellingLetters) {
      const entry = hits.find((candidate) => candidate.language === language);
      if (entry) entry.hits += Math.min(2, count(sample, letters)) * (words.length < 20 ? 1 : 0.5);
    }
  hits.sort((left, right) => right.hits - left.hits);
  const [best, second] = hits;
  if (!best || !second || best.hits < 1 || best.hits === second.hits) return null;
  return best.hits >= words.length * 0.12 ? best.language : null;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
