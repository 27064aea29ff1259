import type { QuestionMeaning } from './question-meaning';

/** A passage in the answer's context, best first. */
export interface ExtractPassage {
  text: string;
  title: string;
  headings: string[];
  /** BCP 47, or null where it is not known. */
  language: string | null;
  /** Fused score, 0 to 1 within the query. */
  score: number;
  /** Raw BM25 score; 0 where no word matched. */
  lexicalScore: number;
  /** Cosine by the knowledge's own embedder; null where there is none. */
  vectorScore: number | null;
  /** Set where the passage is a question with its answer, written by the owner: the answer as a span of `text`. */
  answer?: { question: string; start: number; end: number };
}

export interface ExtractInput {
  question: string;
  /** The visitor's language, BCP 47; null where it could not be told. */
  language: string | null;
  passages: ExtractPassage[];
  /** Inverse document frequency of every term of {@link questionTerms}, from the knowledge index. */
  weights: ReadonlyMap<string, number>;
  /** Null: words alone decide. */
  meaning: QuestionMeaning | null;
}

/** A verbatim piece of a passage: UTF-16 offsets into its text, end exclusive. */
export interface QuotedSentence {
  passageIndex: number;
  start: number;
  end: number;
  quote: string;
}

export interface ExtractedAnswer {
  /** False: the passages do not answer; say so and offer `closestTopics`. */
  answered: boolean;
  sentences: QuotedSentence[];
  /** 0 to 1, calibrated: the share of such answers that are right. */
  confidence: number;
  /** Language of the quotes where it is not the visitor's, BCP 47. */
  foreignLanguage: string | null;
  closestTopics: string[];
}
