import {
  KnowledgeIndex,
  type IndexChunk,
  type IndexMatch,
  type IndexQuery,
  type IndexVectors,
  type TenantScope,
} from '@docent/ports';
import { QdrantClient } from '@qdrant/js-client-rest';
import { BotVocabularies, type StoredWords } from './bot-vocabularies';
import { fuseMatches, type FoundChunk } from './fuse-matches';
import { packWords } from './pack-words';
import { pointId } from './point-id';
import {
  coverageOf,
  isUnknown,
  languageOf,
  questionWords,
  rarity,
  withGuesses,
  type Frequencies,
  type QuestionWord,
} from './question-words';
import { ofChunks, VectorPoints } from './vector-points';
import { termNumber, weighTerms } from './weigh-terms';

export interface QdrantIndexOptions {
  url: string;
  apiKey?: string;
  /** What the names of the collections begin with. */
  collection?: string;
}

interface Payload {
  chunk: string;
  source: string;
  terms: number[];
}

interface FoundPoint {
  score: number;
  payload: Payload;
}

/** A question's words, put right, and how often their terms stand in the bot's passages. */
interface Wording {
  words: QuestionWord[];
  frequencies: Frequencies;
}

const pointsPerRequest = 256;
const wordsPerRequest = 1_000;
const candidates = 60;
/** `modifier: idf` is over the whole collection; what {@link QdrantIndex.weigh} says is exact for the bot. */
const lexical = 'words';

/**
 * The knowledge index in a Qdrant server: one collection for the words of all tenants, as Qdrant advises (payload index with `is_tenant`),
 * and one for all vectors of as many dimensions. Every call carries the filter of {@link scoped}; ids of points are made from tenant and bot
 * as well, so that no write can meet another tenant's point. The text itself is not sent: words go as numbers, and once each, packed and
 * without their order, so that misspelt ones can be put right.
 */
export class QdrantIndex extends KnowledgeIndex {
  readonly durable = true;
  private readonly client: QdrantClient;
  private readonly collection: string;
  private readonly vectors: VectorPoints;
  private readonly vocabularies = new BotVocabularies((scope, botId, since) => this.storedWords(scope, botId, since));
  private ready: Promise<void> | null = null;
  /** Changes of a bot happen one after the other. */
  private readonly changes = new Map<string, Promise<unknown>>();

  constructor(options: QdrantIndexOptions) {
    super();
    this.client = new QdrantClient({ url: options.url, apiKey: options.apiKey, checkCompatibility: false });
    this.collection = `${options.collection ?? 'docent'}_words`;
    this.vectors = new VectorPoints(this.client, `${options.collection ?? 'docent'}_vectors_`, this.scoped.bind(this));
  }

  async has(scope: TenantScope, botId: string): Promise<boolean> {
    await this.prepare();
    const { count } = await this.client.count(this.collection, { filter: this.scoped(scope, botId), exact: true });
    return count > 0;
  }

  async open(scope: TenantScope, botId: string): Promise<void> {
    await this.change(scope, botId, async () => {
      if (await this.bot(scope, botId)) return;
      const payload = { tenant: scope.tenantId, bot: botId, kind: 'bot' };
      await this.client.upsert(this.collection, {
        wait: true,
        points: [{ id: pointId(scope, botId, 'bot', ''), vector: {}, payload }],
      });
    });
  }

  async put(scope: TenantScope, botId: string, chunks: IndexChunk[]): Promise<void> {
    await this.change(scope, botId, async () => {
      for (let at = 0; at < chunks.length; at += pointsPerRequest) {
        const batch = chunks.slice(at, at + pointsPerRequest);
        const ids = batch.map(({ chunkId }) => chunkId);
        const known = [...(await this.sourcesOf(scope, botId, ids)).keys()];
        if (known.length > 0) await this.vectors.remove(this.scoped(scope, botId, [ofChunks(known)]));
        await this.client.upsert(this.collection, { wait: true, points: batch.map((chunk) => toPoint(scope, botId, chunk)) });
      }
    });
  }

  async putVectors(scope: TenantScope, botId: string, set: string, entries: IndexVectors[]): Promise<void> {
    await this.change(scope, botId, async () => {
      const sources = await this.sourcesOf(
        scope,
        botId,
        entries.map(({ chunkId }) => chunkId),
      );
      const known = entries.filter(({ chunkId }) => sources.has(chunkId));
      await this.vectors.put(scope, botId, set, known, sources);
      const bot = await this.bot(scope, botId);
      if (bot && bot.set === null) await this.use(scope, botId, set);
    });
  }

  async switchVectors(scope: TenantScope, botId: string, set: string): Promise<void> {
    await this.change(scope, botId, async () => {
      await this.use(scope, botId, set);
      const others = { ...this.scoped(scope, botId), must_not: [{ key: 'set', match: { value: set } }] };
      await this.vectors.remove(others);
    });
  }

  async vectorSet(scope: TenantScope, botId: string): Promise<string | null> {
    await this.prepare();
    return (await this.bot(scope, botId))?.set ?? null;
  }

  override async vectorsOf(
    scope: TenantScope,
    botId: string,
    set: string,
    chunkIds: string[],
  ): Promise<Map<string, Float32Array>> {
    await this.prepare();
    return this.vectors.read(scope, botId, set, chunkIds);
  }

  async search(scope: TenantScope, botId: string, query: IndexQuery): Promise<IndexMatch[]> {
    await this.prepare();
    const limit = Math.max(query.limit, candidates);
    const [{ words, frequencies }, set] = await Promise.all([
      this.wordingOf(scope, botId, query),
      query.vector ? this.vectorSet(scope, botId) : null,
    ]);
    const points = this.findByWords(scope, botId, words, limit);
    const vector = query.vector?.set === set ? query.vector : undefined;
    const ids = points.then((found) => found.map(({ payload }) => payload.chunk));
    const near = vector ? await this.vectors.nearest(scope, botId, vector, limit, ids) : null;
    const byWord = (await points).map(({ score, payload }): FoundChunk => ({
      ...payload,
      score,
      coverage: coverageOf(words, frequencies, payload.terms),
    }));
    const matches = fuseMatches(byWord, near, vector ?? {}, query.limit);
    return near ? this.withCoverage(scope, botId, matches, { words, frequencies }) : matches;
  }

  async weigh(scope: TenantScope, botId: string, terms: string[]): Promise<number[]> {
    await this.prepare();
    const frequencies = await this.frequencies(scope, botId, terms.map(termNumber));
    return terms.map((term) => rarity(termNumber(term), frequencies));
  }

  async removeSource(scope: TenantScope, botId: string, sourceId: string): Promise<void> {
    await this.change(scope, botId, async () => {
      await this.client.delete(this.collection, {
        wait: true,
        filter: this.scoped(scope, botId, [ofSource(sourceId)]),
      });
      await this.vectors.remove(this.scoped(scope, botId, [ofSource(sourceId)]));
    });
  }

  async removeBot(scope: TenantScope, botId: string): Promise<void> {
    this.vocabularies.forget(scope, botId);
    await this.change(scope, botId, async () => {
      await this.client.delete(this.collection, { wait: true, filter: this.scoped(scope, botId) });
      await this.vectors.remove(this.scoped(scope, botId));
    });
  }

  async count(scope: TenantScope, botId: string, sourceId?: string): Promise<number> {
    await this.prepare();
    const also = sourceId === undefined ? [] : [ofSource(sourceId)];
    // Where no passage is left, no vector may be left either, and if one were, this would have to say it.
    return (await this.countPassages(scope, botId, also)) || this.vectors.count(this.scoped(scope, botId, also));
  }

  /** The one place where a filter is made: nothing is read or removed without tenant and bot. */
  private scoped(scope: TenantScope, botId: string, also: object[] = []): { must: object[] } {
    return { must: [{ key: 'tenant', match: { value: scope.tenantId } }, { key: 'bot', match: { value: botId } }, ...also] };
  }

  private async countPassages(scope: TenantScope, botId: string, also: object[]): Promise<number> {
    const filter = this.scoped(scope, botId, [{ key: 'kind', match: { value: 'passage' } }, ...also]);
    return (await this.client.count(this.collection, { filter, exact: true })).count;
  }

  /** What stands at the bot itself, null where it is not open. */
  private async bot(scope: TenantScope, botId: string): Promise<{ set: string | null } | null> {
    const [point] = await this.client.retrieve(this.collection, {
      ids: [pointId(scope, botId, 'bot', '')],
      with_payload: ['set'],
    });
    return point ? { set: typeof point.payload?.set === 'string' ? point.payload.set : null } : null;
  }

  private async use(scope: TenantScope, botId: string, set: string): Promise<void> {
    await this.client.setPayload(this.collection, { wait: true, payload: { set }, points: [pointId(scope, botId, 'bot', '')] });
  }

  /** The source of each of these passages that is here. */
  private async sourcesOf(scope: TenantScope, botId: string, chunkIds: string[]): Promise<Map<string, string>> {
    return new Map((await this.payloadsOf(scope, botId, chunkIds)).map(({ chunk, source }) => [chunk, source]));
  }

  private async payloadsOf(scope: TenantScope, botId: string, chunkIds: string[]): Promise<Payload[]> {
    if (chunkIds.length === 0) return [];
    const ids = chunkIds.map((chunkId) => pointId(scope, botId, 'passage', chunkId));
    const points = await this.client.retrieve(this.collection, { ids, with_payload: ['chunk', 'source', 'terms'] });
    return points.map(({ payload }) => payload as unknown as Payload);
  }

  /** What was found by meaning alone may hold words too. */
  private async withCoverage(
    scope: TenantScope,
    botId: string,
    matches: IndexMatch[],
    { words, frequencies }: Wording,
  ): Promise<IndexMatch[]> {
    const unread = matches.filter(({ lexicalRank }) => lexicalRank === null).map(({ chunkId }) => chunkId);
    const payloads = new Map((await this.payloadsOf(scope, botId, unread)).map((payload) => [payload.chunk, payload]));
    return matches.map((match) => {
      const payload = payloads.get(match.chunkId);
      return payload ? { ...match, coverage: coverageOf(words, frequencies, payload.terms) } : match;
    });
  }

  private async findByWords(scope: TenantScope, botId: string, words: QuestionWord[], limit: number): Promise<FoundPoint[]> {
    const weights = new Map(words.flatMap((word) => word.numbers.map((number) => [number, word.weight * word.trust] as const)));
    if (weights.size === 0) return [];
    const query = { indices: [...weights.keys()], values: [...weights.values()] };
    const { points } = await this.client.query(this.collection, {
      query,
      using: lexical,
      limit,
      filter: this.scoped(scope, botId),
      with_payload: ['chunk', 'source', 'terms'],
    });
    return points.map((point) => ({ score: point.score, payload: point.payload as unknown as Payload }));
  }

  /** The question's words as the languages of this bot's passages have them; what no passage holds is put right where it can be. */
  private async wordingOf(scope: TenantScope, botId: string, query: IndexQuery): Promise<Wording> {
    const { hits } = await this.client.facet(this.collection, { key: 'language', filter: this.scoped(scope, botId), limit: 5 });
    const languages = hits.map((hit) => String(hit.value)).filter((language) => language !== 'none');
    const language = languageOf(query, languages);
    const words = questionWords(query, language, languages);
    const frequencies = await this.frequencies(scope, botId, numbersOf(words));
    const vocabulary = words.some((word) => isUnknown(word, frequencies)) ? await this.vocabularies.of(scope, botId) : null;
    if (!vocabulary) return { words, frequencies };
    const meant = withGuesses(words, frequencies, language, vocabulary, query.isWord);
    const ofGuesses = await this.frequencies(scope, botId, numbersOf(meant.filter(({ trust }) => trust < 1)));
    return { words: meant, frequencies: { ...frequencies, of: new Map([...frequencies.of, ...ofGuesses.of]) } };
  }

  /** In how many of the bot's passages each term stands. */
  private async frequencies(scope: TenantScope, botId: string, numbers: number[]): Promise<Frequencies> {
    const count = (also: object[]) => this.countPassages(scope, botId, also);
    const entries = [...new Set(numbers)].map(
      async (number) => [number, await count([{ key: 'terms', match: { value: number } }])] as const,
    );
    const [passages, ...of] = await Promise.all([count([]), ...entries]);
    return { passages, of: new Map(of) };
  }

  private async *storedWords(scope: TenantScope, botId: string, since: number): AsyncGenerator<StoredWords[]> {
    const filter = this.scoped(scope, botId, [{ key: 'at', range: { gte: since } }]);
    for (let offset: string | number | undefined; ;) {
      const page = await this.client.scroll(this.collection, {
        filter,
        limit: wordsPerRequest,
        offset,
        with_payload: ['words', 'language', 'at'],
      });
      yield page.points.map(({ payload }) => toStoredWords(payload ?? {}));
      if (typeof page.next_page_offset !== 'string' && typeof page.next_page_offset !== 'number') return;
      offset = page.next_page_offset;
    }
  }

  private async change(scope: TenantScope, botId: string, work: () => Promise<void>): Promise<void> {
    const key = pointId(scope, botId, 'bot', '');
    const done = (this.changes.get(key) ?? Promise.resolve()).then(() => this.prepare()).then(work);
    const settled = done.catch(() => undefined);
    this.changes.set(key, settled);
    await settled.then(() => this.changes.get(key) === settled && this.changes.delete(key));
    await done;
  }

  private prepare(): Promise<void> {
    this.ready ??= this.createCollection().catch((error: unknown) => {
      this.ready = null;
      throw error;
    });
    return this.ready;
  }

  private async createCollection(): Promise<void> {
    const { exists } = await this.client.collectionExists(this.collection);
    if (!exists)
      await this.client.createCollection(this.collection, { vectors: {}, sparse_vectors: { [lexical]: { modifier: 'idf' } } });
    const index = (field_name: string, field_schema: 'keyword' | 'integer' | { type: 'keyword'; is_tenant: true }) =>
      this.client.createPayloadIndex(this.collection, { wait: true, field_name, field_schema });
    await index('tenant', { type: 'keyword', is_tenant: true });
    for (const field of ['bot', 'source', 'kind', 'language']) await index(field, 'keyword');
    for (const field of ['terms', 'at']) await index(field, 'integer');
  }
}

function numbersOf(words: QuestionWord[]): number[] {
  return words.flatMap(({ numbers }) => numbers);
}

function toStoredWords({ words, language, at }: Record<string, unknown>): StoredWords {
  return { words: String(words), language: language === 'none' ? null : String(language), at: Number(at) };
}

function toPoint(scope: TenantScope, botId: string, chunk: IndexChunk) {
  const { indices, values, language, forms } = weighTerms(chunk);
  return {
    id: pointId(scope, botId, 'passage', chunk.chunkId),
    vector: { [lexical]: { indices, values } },
    payload: {
      tenant: scope.tenantId,
      bot: botId,
      kind: 'passage',
      source: chunk.sourceId,
      chunk: chunk.chunkId,
      terms: indices,
      language: language ?? 'none',
      words: packWords(forms),
      at: Date.now(),
    },
  };
}

const ofSource = (sourceId: string): object => ({ key: 'source', match: { value: sourceId } });
