import type { PassageVectors } from './embedder';
import type { TenantScope } from './tenant-scope';

/** A passage as the index sees it. Text and headings are for finding only; what is shown comes from the stored source. */
export interface IndexChunk {
  chunkId: string;
  sourceId: string;
  title: string;
  headings: string[];
  text: string;
  /** BCP 47 code of the text's language, or null where it is not known. */
  language: string | null;
}

/** Words by number: the number is the place in both lists, which grow at their ends. */
export interface WordList {
  /** As they are written, in lower case. */
  forms: string[];
  /** What each is found by. */
  terms: string[];
}

/** Passages of one source whose words were read already (`eachTerm` of the language library, in one language), so that the index need not. */
export interface ReadPassages {
  sourceId: string;
  language: string;
  chunkIds: string[];
  /** The same list for all passages of a source. */
  words: WordList;
  /** Of each passage in turn the words of its title, its headings and its text. */
  numbers: Int32Array;
  /** Three for each passage: where its title, its headings and its text end in `numbers`. */
  ends: Int32Array;
}

/** Vectors of a passage that is in the index. */
export interface IndexVectors {
  chunkId: string;
  vectors: PassageVectors;
}

export interface IndexQuery {
  text: string;
  /** Earlier turns that a follow-up question leans on; their words count `weight` (0 to 1) of a word of the question. */
  context?: { text: string; weight: number }[];
  /**
   * Unit vector of the query, the set of vectors that it belongs to, and the share of the query's weight that the embedder has words for
   * (0 to 1). Where the bot's vectors are of another set, or there are none, the words alone are searched. `learned`: by an embedder that
   * has learned this knowledge, whose judgement counts more.
   */
  vector?: { set: string; values: Float32Array; known: number; learned?: boolean };
  /** Whether a word is a word of some language, whether or not it stands in the passages: such a one is not misspelt. */
  isWord?: (word: string) => boolean;
  limit: number;
}

export interface IndexMatch {
  chunkId: string;
  sourceId: string;
  /** 0 to 1: the fused score, normalised within this query. */
  score: number;
  /** Raw lexical score (BM25), 0 where no word matched. */
  lexicalScore: number;
  /** Mean of the cosines of the whole passage and of its best window; null without vectors. */
  vectorScore: number | null;
  /** Place among the passages by words alone and by meaning alone, from 1; null where the passage is not ranked there. */
  lexicalRank: number | null;
  vectorRank: number | null;
  /** Which of the passage's windows is nearest, from 0; null without windows. */
  window: number | null;
  /** Share of the query's weight (inverse document frequency) whose words stand in the passage, 0 to 1. */
  coverage: number;
}

/**
 * Finds passages of one bot's knowledge. Entries are grouped by tenant and bot; no call can reach beyond its scope.
 * It is a cache: everything in it can be rebuilt from the stored sources.
 */
export abstract class KnowledgeIndex {
  /** Whether entries survive the process. If not, the caller feeds them again when {@link has} says no. */
  abstract readonly durable: boolean;
  /** Whether the bot's entries are there (an empty index that was announced with {@link open} counts). */
  abstract has(scope: TenantScope, botId: string): Promise<boolean>;
  /** Announces a bot's index, empty. Does nothing where it exists. */
  abstract open(scope: TenantScope, botId: string): Promise<void>;
  /**
   * Adds or replaces passages by chunk id; a passage has no vectors until {@link putVectors} brings them. Long lists are worked off in
   * slices that leave the event loop free.
   */
  abstract put(scope: TenantScope, botId: string, chunks: IndexChunk[]): Promise<void>;
  /** The same as {@link put} for passages whose words were read elsewhere. Only an index that reads words itself has it. */
  putRead?(scope: TenantScope, botId: string, passages: ReadPassages): Promise<void>;
  /**
   * Adds or replaces vectors of passages in a set; those of passages that the index does not hold are ignored. A bot's first set is in use
   * at once, another grows beside it, unseen, until {@link switchVectors}.
   */
  abstract putVectors(scope: TenantScope, botId: string, set: string, entries: IndexVectors[]): Promise<void>;
  /** Searches use this set from now on, in one step; all others are dropped. A set that nothing was put into is empty. */
  abstract switchVectors(scope: TenantScope, botId: string, set: string): Promise<void>;
  /** The set in use, or null where there are no vectors. */
  abstract vectorSet(scope: TenantScope, botId: string): Promise<string | null>;
  /**
   * The vectors of whole passages in a set, by chunk id, as far as the index holds them and can give them back; they may have become
   * coarser there. Who asks does without those that are missing, or makes them anew.
   */
  vectorsOf(_scope: TenantScope, _botId: string, _set: string, _chunkIds: string[]): Promise<Map<string, Float32Array>> {
    return Promise.resolve(new Map());
  }
  /** Best first, at most `limit`. A query without a known word and without a vector finds nothing. */
  abstract search(scope: TenantScope, botId: string, query: IndexQuery): Promise<IndexMatch[]>;
  /** Inverse document frequency of words in this bot's knowledge, for judging what a question asks; unknown words get the highest. */
  abstract weigh(scope: TenantScope, botId: string, terms: string[]): Promise<number[]>;
  abstract removeSource(scope: TenantScope, botId: string, sourceId: string): Promise<void>;
  abstract removeBot(scope: TenantScope, botId: string): Promise<void>;
  /** Entries of a source, or of the whole bot. */
  abstract count(scope: TenantScope, botId: string, sourceId?: string): Promise<number>;
}
