import snowball from 'snowball-stemmers';
import { normaliseArabic, stemArabic } from './stem-arabic';
import { stemHindi } from './stem-hindi';
import { hashWord } from './scan-words';
import { stopWords } from './stop-words';
import { WordMemo } from './word-memo';

const snowballNames: Record<string, string> = {
  en: 'english',
  es: 'spanish',
  de: 'german',
  fr: 'french',
  pt: 'portuguese',
  it: 'italian',
  nl: 'dutch',
  ru: 'russian',
};

/** Texts use few different words, and a stemmer takes 10 µs for each: remembered, it costs a look-up. */
const maxRememberedWords = 200_000;
const remembered = new Map<string, WordMemo<WordForm>>();
/** The memo that was used last: the next word is mostly of the same language. */
let lastLanguage = '';
let lastMemo = new WordMemo<WordForm>();
remembered.set(lastLanguage, lastMemo);

export interface WordForm {
  /** What the word is indexed under: stemmed, without diacritics; '' for a stop word. */
  term: string;
  /** The word as it was written, in lower case. */
  form: string;
  /** Two slots for whoever numbers words: the table that met this one last (0: none), and the number that it has there. */
  table: number;
  number: number;
}

/**
 * The term of a lower-case word in a language.
 * The script decides where it can (Cyrillic, Arabic, Devanagari); `language` tells Latin words apart, and an unknown one leaves them as
 * they are. Stemmers: Snowball (https://snowballstem.org), light10 for Arabic, Ramanathan and Rao for Hindi.
 */
export function stemWord(word: string, language: string | null): WordForm {
  return stemWordAt(word, 0, word.length, hashWord(word, 0, word.length), language);
}

/** The same for a word where it stands in a text; `hash` is {@link hashWord} of it. */
export function stemWordAt(text: string, start: number, end: number, hash: number, language: string | null): WordForm {
  const known = languageOfWord(text.charCodeAt(start), language);
  const memo = known === lastLanguage ? lastMemo : memoOf(known);
  const seen = memo.find(text, start, end, hash);
  if (seen !== undefined) return seen;
  if (memo.size >= maxRememberedWords) memo.clear();
  const form = detached(text.slice(start, end));
  const fresh = { term: detached(makeTerm(form, known)), form, table: 0, number: 0 };
  memo.add(fresh, hash);
  return fresh;
}

function memoOf(language: string): WordMemo<WordForm> {
  let memo = remembered.get(language);
  if (!memo) remembered.set(language, (memo = new WordMemo()));
  lastLanguage = language;
  lastMemo = memo;
  return memo;
}

/** By the script of its first letter, where that tells. */
function languageOfWord(unit: number, language: string | null): string {
  if (unit < 0x0370) return language && language in snowballNames && language !== 'ru' ? language : '';
  if (unit >= 0x0400 && unit < 0x0530) return language === null || language === 'ru' ? 'ru' : 'cyrillic';
  if (unit >= 0x0600 && unit < 0x0780) return language === null || language === 'ar' ? 'ar' : 'arabic';
  if (unit >= 0x0900 && unit < 0x0980) return 'hi';
  return '';
}

function makeTerm(word: string, language: string): string {
  if (language === 'ar' || language === 'arabic') {
    const plain = normaliseArabic(word);
    if (language === 'arabic') return plain;
    return stopWords['ar']?.has(plain) ? '' : stemArabic(plain);
  }
  if (stopWords[language]?.has(word)) return '';
  if (language === 'hi') return stemHindi(word);
  const stem = language in snowballNames ? stemmerOf(language).stem(word) : word;
  return word.charCodeAt(0) < 0x0370
    ? stem
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replace(/[ßœæøł]/g, (letter) => spelledOut[letter]!)
    : stem.replaceAll('ё', 'е');
}

/** Letters that Unicode does not take apart, as those write them who do not have them on their keyboard. */
const spelledOut: Record<string, string> = { ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o', ł: 'l' };

const stemmers = new Map<string, { stem(word: string): string }>();

function stemmerOf(language: string): { stem(word: string): string } {
  let stemmer = stemmers.get(language);
  if (!stemmer) stemmers.set(language, (stemmer = snowball.newStemmer(snowballNames[language] ?? 'english')));
  return stemmer;
}

/** A slice keeps the whole text that it was cut from in memory; a copy does not. */
function detached(word: string): string {
  return word.length < 13 ? word : Buffer.from(word, 'utf16le').toString('utf16le');
}
