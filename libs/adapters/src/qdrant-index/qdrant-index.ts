import { analyseQuestion, detectLanguage, inverseDocumentFrequency } from '@docent/language';
import {
  KnowledgeIndex,
  type IndexChunk,
  type IndexMatch,
  type IndexQuery,
  type IndexVectors,
  type TenantScope,
} from '@docent/ports';
import { QdrantClient } from '@qdrant/js-client-rest';
import { fuseMatches, type FoundChunk } from './fuse-matches';
import { pointId } from './point-id';
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

interface QuestionWord {
  numbers: number[];
  weight: number;
}

const pointsPerRequest = 256;
const candidates = 60;
const maxQueryLength = 20_000;
const maxWords = 48;
/** `modifier: idf` is over the whole collection; what {@link QdrantIndex.weigh} says is exact for the bot. */
const lexical = 'words';

/**
 * The knowledge index in a Qdrant server: one collection for the words of all tenants, as Qdrant advises (payload index with `is_tenant`),
 * and one for all vectors of as many dimensions. Every call carries the filter of {@link scoped}; ids of points are made from tenant and bot
 * as well, so that no write can meet another tenant's point. The text itself is not sent: words go as numbers.
 */
export class QdrantIndex extends KnowledgeIndex {
  readonly durable = true;
  private readonly client: QdrantClient;
  private readonly collection: string;
  private readonly vectors: VectorPoints;
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

  async search(scope: TenantScope, botId: string, query: IndexQuery): Promise<IndexMatch[]> {
    await this.prepare();
    const limit = Math.max(query.limit, candidates);
    const [words, set] = await Promise.all([
      this.questionWords(scope, botId, query),
      query.vector ? this.vectorSet(scope, botId) : null,
    ]);
    const idfs = this.frequencies(
      scope,
      botId,
      words.flatMap((word) => word.numbers),
    );
    const points = this.findByWords(scope, botId, words, limit);
    const vector = query.vector?.set === set ? query.vector : undefined;
    const ids = points.then((found) => found.map(({ payload }) => payload.chunk));
    const near = vector ? await this.vectors.nearest(scope, botId, vector, limit, ids) : null;
    const byWord = (await points).map(toFound(words, await idfs));
    const matches = fuseMatches(byWord, near, vector ?? {}, query.limit);
    return near ? this.withCoverage(scope, botId, matches, words, await idfs) : matches;
  }

  async weigh(scope: TenantScope, botId: string, terms: string[]): Promise<number[]> {
    await this.prepare();
    const idfs = await this.frequencies(scope, botId, terms.map(termNumber));
    return terms.map((term) => idfs.get(termNumber(term))!);
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
    words: QuestionWord[],
    idfs: Map<number, number>,
  ): Promise<IndexMatch[]> {
    const unread = matches.filter(({ lexicalRank }) => lexicalRank === null).map(({ chunkId }) => chunkId);
    const payloads = new Map((await this.payloadsOf(scope, botId, unread)).map((payload) => [payload.chunk, payload]));
    return matches.map((match) => {
      const payload = payloads.get(match.chunkId);
      return payload ? { ...match, coverage: coverage(words, idfs, payload) } : match;
    });
  }

  private async findByWords(scope: TenantScope, botId: string, words: QuestionWord[], limit: number): Promise<FoundPoint[]> {
    const weights = new Map(words.flatMap((word) => word.numbers.map((number) => [number, word.weight] as const)));
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

  /** The question's words as the languages of this bot's passages have them. */
  private async questionWords(scope: TenantScope, botId: string, query: IndexQuery): Promise<QuestionWord[]> {
    const { hits } = await this.client.facet(this.collection, { key: 'language', filter: this.scoped(scope, botId), limit: 5 });
    const languages = hits.map((hit) => String(hit.value)).filter((language) => language !== 'none');
    const main = detectLanguage(query.text) ?? languages[0] ?? null;
    const words = new Map<string, QuestionWord>();
    for (const { text, weight } of [{ text: query.text, weight: 1 }, ...(query.context ?? [])]) {
      for (const { terms } of analyseQuestion(text.slice(0, maxQueryLength), main, languages)) {
        if (words.size >= maxWords) break;
        if (!words.has(terms[0]!)) words.set(terms[0]!, { numbers: terms.map(termNumber), weight });
      }
    }
    return [...words.values()];
  }

  /** Inverse document frequency of terms within this bot, by counting. */
  private async frequencies(scope: TenantScope, botId: string, numbers: number[]): Promise<Map<number, number>> {
    const passages = await this.countPassages(scope, botId, []);
    const entries = await Promise.all(
      [...new Set(numbers)].map(async (number) => {
        const frequency = await this.countPassages(scope, botId, [{ key: 'terms', match: { value: number } }]);
        return [number, inverseDocumentFrequency(passages, frequency)] as const;
      }),
    );
    return new Map(entries);
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
    await index('terms', 'integer');
  }
}

/** Share of the question's weight whose words the passage holds. */
function coverage(words: QuestionWord[], idfs: Map<number, number>, { terms }: Payload): number {
  const held = new Set(terms);
  let sum = 0;
  let covered = 0;
  for (const { numbers, weight } of words) {
    const strength = weight * Math.min(...numbers.map((number) => idfs.get(number) ?? 0));
    sum += strength;
    if (numbers.some((number) => held.has(number))) covered += strength;
  }
  return sum ? covered / sum : 0;
}

function toFound(words: QuestionWord[], idfs: Map<number, number>): (point: FoundPoint) => FoundChunk {
  return ({ score, payload }) => ({
    chunk: payload.chunk,
    source: payload.source,
    score,
    coverage: coverage(words, idfs, payload),
  });
}

function toPoint(scope: TenantScope, botId: string, chunk: IndexChunk) {
  const { indices, values, language } = weighTerms(chunk);
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
    },
  };
}

const ofSource = (sourceId: string): object => ({ key: 'source', match: { value: sourceId } });
