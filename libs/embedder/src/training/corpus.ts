import { GrowingIntegers } from './growing-integers';
import type { WordList } from './word-list';

/** A run of tokens; `end` is exclusive. */
export interface TokenSpan {
  start: number;
  end: number;
}

/** One section of a page. Its sentences follow each other, the first begins at `body.start`. */
export interface Section {
  source: number;
  language: number;
  title: TokenSpan;
  heading: TokenSpan;
  body: TokenSpan;
  /** Where its sentences stand in the corpus's list of sentence beginnings. */
  sentences: TokenSpan;
}

/** A section and the same section in English. */
export interface Translation {
  source: number;
  local: Section;
  english: Section;
}

/** A word, what it means, an example of its use, words of the same meaning; any but the word may be empty. */
export interface Definition {
  word: TokenSpan;
  definition: TokenSpan;
  example: TokenSpan;
  synonyms: TokenSpan;
}

/** The text to train on, as numbers of words. */
export interface Corpus {
  languages: readonly string[];
  words: WordList;
  tokens: GrowingIntegers;
  sentenceStarts: GrowingIntegers;
  /** By language, English first. */
  sections: Section[][];
  translations: Translation[][];
  definitions: Definition[];
  /** Texts by intent. */
  intents: TokenSpan[][];
}

export const lengthOf = ({ start, end }: TokenSpan): number => end - start;
