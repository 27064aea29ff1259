import type { TenantScope } from './tenant-scope';

/** A passage as an embedder reads it. */
export interface KnowledgeText {
  /** Title and headings, each on a line of its own. */
  title: string;
  text: string;
}

/** Unit vectors of a passage; a text without a word that counts has the vector 0. */
export interface PassageVectors {
  /** Of title and text together. */
  whole: Float32Array;
  /** Of stretches of the text in order, so that one sentence in a long passage is found; empty where the embedder makes none. */
  windows: Float32Array[];
}

export interface QuestionVector {
  values: Float32Array;
  /** Share of the question's weight that the embedder has words for, 0 to 1: how much its judgement can be trusted. */
  known: number;
  /** Whether rows of this knowledge base's own were used. */
  learned?: boolean;
}

/** What a bot's knowledge teaches the embedder. The bytes are the embedder's own; nobody else reads them. */
export interface KnowledgeModel {
  /** Counts up with every change; part of the name of the vectors' set. */
  version: number;
  /** How often each word stands in the knowledge, as {@link Embedder.count} says it. */
  weights: Uint8Array;
  /** Rows that were learned; null: none. */
  rows: Uint8Array | null;
}

/** What a knowledge base can be learned from. */
export interface Lesson {
  /** `source`: pieces of one source are hard to tell from each other, so they are learned together. */
  passages: (KnowledgeText & { source: string })[];
  /** Questions with the text that answers them, known from use. */
  pairs: { question: string; answer: string }[];
  /** As {@link Embedder.count} says them. */
  weights: Uint8Array;
  /** Keep half of what changes: nearer to the embedder as it came. */
  gently?: boolean;
}

export interface MeaningExplanation {
  /** The question's words that the passage answers, by share of the score (together at most 1), each with the nearest word there. */
  words: { word: string; nearest: string; share: number }[];
  /** The window that answers best, in UTF-16 units of the passage's text, end exclusive; null where there are no windows. */
  window: { start: number; end: number } | null;
}

/**
 * The embedder as one knowledge base sets it. Vectors are comparable only within its {@link set}. Every method may be called as often and
 * as parallel as one likes; long lists are worked off in slices that leave the event loop free.
 */
export interface KnowledgeEmbedder {
  /** Name of the embedder and version of the knowledge's model: stands beside every vector. */
  readonly set: string;
  /** One entry per passage, in order. */
  embedPassages(passages: KnowledgeText[]): Promise<PassageVectors[]>;
  /** `context`: earlier turns, whose words count `weight` (0 to 1) of a word of the question. */
  embedQuestion(text: string, context?: { text: string; weight: number }[]): Promise<QuestionVector>;
  /** Whether a word is one that the embedder has learned; null where it cannot say. */
  knows(word: string): boolean | null;
  /** Which words of the question a passage answers by meaning; null where the embedder cannot say. */
  explain(question: string, passage: KnowledgeText): MeaningExplanation | null;
}

/** Turns texts into unit vectors. Name and dimensions stand beside every stored vector; they are never mixed. */
export abstract class Embedder {
  /** Model and version, for example `text-embedding-3-small@1536`. Null: there is no embedder, search is lexical. */
  abstract readonly name: string | null;
  abstract readonly dimensions: number;
  /** Whether a knowledge base can teach it: only then are {@link count} and models worth the work. */
  abstract readonly learns: boolean;
  /**
   * The embedder as one knowledge base sets it; null: as it came. What is read from a model is kept while it is used, the least recently
   * used goes first. Throws where there is no embedder.
   */
  abstract forKnowledge(scope: TenantScope, botId: string, model: KnowledgeModel | null): KnowledgeEmbedder;
  /** Counts words for the weights of a {@link KnowledgeModel}; empty where it does not learn. */
  abstract count(texts: AsyncIterable<KnowledgeText[]>): Promise<Uint8Array>;
  /**
   * Learns one knowledge base's own words, outside of the serving thread and behind other work: the rows of a {@link KnowledgeModel}. Null
   * where it does not learn, or the lesson has nothing to learn from. `report` hears the share that is done, 0 to 1. Throws the signal's
   * reason soon after it is given.
   */
  abstract learn(lesson: Lesson, signal: AbortSignal, report?: (share: number) => void): Promise<Uint8Array | null>;
}
