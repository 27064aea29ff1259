import { createHash } from 'node:crypto';
import { analyseQuestion, detectLanguage, inverseDocumentFrequency } from '@docent/language';
import { KnowledgeIndex, type IndexChunk, type IndexMatch, type IndexQuery, type TenantScope } from '@docent/ports';
import { QdrantClient } from '@qdrant/js-client-rest';
import { fuseMatches } from './fuse-matches';
import { termNumber, weighTerms } from './weigh-terms';

export interface QdrantIndexOptions {
  url: string;
  apiKey?: string;
  /** Dimensions of the vectors, or 0 where there is no embedder; part of the collection's name, so that they are never mixed. */
  dimensions: number;
  collection?: string;
  /** Weight of the vector side against the lexical side. */
  vectorWeight?: number;
}

interface Payload {
  chunk: string;
  source: string;
  terms: number[];
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
const dense = 'meaning';

/**
 * The knowledge index in a Qdrant server: one collection for all tenants, as Qdrant advises (payload index with `is_tenant`). Every call
 * carries the filter of {@link scoped}; ids of points are made from tenant and bot as well, so that no write can meet another tenant's point.
 * The text itself is not sent: words go as numbers.
 */
export class QdrantIndex extends KnowledgeIndex {
  readonly durable = true;
  private readonly client: QdrantClient;
  private readonly collection: string;
  private ready: Promise<void> | null = null;
  /** Changes of a bot happen one after the other. */
  private readonly changes = new Map<string, Promise<unknown>>();

  constructor(private readonly options: QdrantIndexOptions) {
    super();
    this.client = new QdrantClient({ url: options.url, apiKey: options.apiKey, checkCompatibility: false });
    this.collection = `${options.collection ?? 'docent'}_${options.dimensions}`;
  }

  async has(scope: TenantScope, botId: string): Promise<boolean> {
    await this.prepare();
    const { count } = await this.client.count(this.collection, { filter: this.scoped(scope, botId), exact: true });
    return count > 0;
  }

  async open(scope: TenantScope, botId: string): Promise<void> {
    await this.change(scope, botId, async () => {
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
        const points = chunks.slice(at, at + pointsPerRequest).map((chunk) => this.toPoint(scope, botId, chunk));
        await this.client.upsert(this.collection, { wait: true, points });
      }
    });
  }

  async putVectors(): Promise<void> {}

  async switchVectors(): Promise<void> {}

  async vectorSet(): Promise<string | null> {
    return null;
  }

  async search(scope: TenantScope, botId: string, query: IndexQuery): Promise<IndexMatch[]> {
    await this.prepare();
    const words = await this.questionWords(scope, botId, query);
    const limit = Math.max(query.limit, candidates);
    const vector: Float32Array | undefined = undefined;
    const [byWord, byMeaning] = await Promise.all([
      this.findByWords(scope, botId, words, limit),
      this.findByMeaning(scope, botId, vector, limit),
    ]);
    const missing = byWord.filter((point) => !byMeaning.some((other) => other.id === point.id)).map((point) => point.id);
    const late = missing.length ? await this.findByMeaning(scope, botId, vector, limit, missing) : [];
    const idfs = await this.frequencies(
      scope,
      botId,
      words.flatMap((word) => word.numbers),
    );
    return fuseMatches(
      byWord,
      [...byMeaning, ...late],
      vector ? (this.options.vectorWeight ?? 1) : 0,
      query.limit,
      (payload: Payload) => coverage(words, idfs, payload),
    );
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
        filter: this.scoped(scope, botId, [{ key: 'source', match: { value: sourceId } }]),
      });
    });
  }

  async removeBot(scope: TenantScope, botId: string): Promise<void> {
    await this.change(scope, botId, async () => {
      await this.client.delete(this.collection, { wait: true, filter: this.scoped(scope, botId) });
    });
  }

  async count(scope: TenantScope, botId: string, sourceId?: string): Promise<number> {
    await this.prepare();
    const ofSource = sourceId === undefined ? [] : [{ key: 'source', match: { value: sourceId } }];
    return this.countPassages(scope, botId, ofSource);
  }

  /** The one place where a filter is made: nothing is read or removed without tenant and bot. */
  private scoped(scope: TenantScope, botId: string, also: object[] = []): { must: object[] } {
    return { must: [{ key: 'tenant', match: { value: scope.tenantId } }, { key: 'bot', match: { value: botId } }, ...also] };
  }

  private async countPassages(scope: TenantScope, botId: string, also: object[]): Promise<number> {
    const filter = this.scoped(scope, botId, [{ key: 'kind', match: { value: 'passage' } }, ...also]);
    return (await this.client.count(this.collection, { filter, exact: true })).count;
  }

  private toPoint(scope: TenantScope, botId: string, chunk: IndexChunk) {
    const { indices, values, language } = weighTerms(chunk);
    const vectors: Float32Array[] = [];
    return {
      id: pointId(scope, botId, 'passage', chunk.chunkId),
      vector: { [lexical]: { indices, values }, ...(vectors.length ? { [dense]: toRows(vectors) } : {}) },
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

  private async findByWords(scope: TenantScope, botId: string, words: QuestionWord[], limit: number) {
    const weights = new Map(words.flatMap((word) => word.numbers.map((number) => [number, word.weight] as const)));
    if (weights.size === 0) return [];
    const query = { indices: [...weights.keys()], values: [...weights.values()] };
    return this.find(scope, botId, lexical, query, limit, []);
  }

  private async findByMeaning(
    scope: TenantScope,
    botId: string,
    vector: Float32Array | undefined,
    limit: number,
    ids?: string[],
  ) {
    if (!vector) return [];
    return this.find(scope, botId, dense, [[...vector]], limit, ids ? [{ has_id: ids }] : []);
  }

  private async find(
    scope: TenantScope,
    botId: string,
    using: string,
    query: number[][] | { indices: number[]; values: number[] },
    limit: number,
    also: object[],
  ) {
    const { points } = await this.client.query(this.collection, {
      query,
      using,
      limit,
      filter: this.scoped(scope, botId, also),
      with_payload: ['chunk', 'source', 'terms'],
    });
    return points.map((point) => ({ id: String(point.id), score: point.score, payload: point.payload as unknown as Payload }));
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
    if (!exists) {
      const { dimensions } = this.options;
      const meaning = {
        [dense]: { size: dimensions, distance: 'Dot' as const, multivector_config: { comparator: 'max_sim' as const } },
      };
      await this.client.createCollection(this.collection, {
        vectors: dimensions ? meaning : {},
        sparse_vectors: { [lexical]: { modifier: 'idf' } },
        // No graph over all tenants, one for each.
        hnsw_config: { m: 0, payload_m: 16 },
      });
    }
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

/** Qdrant reads two rows of which the first holds whole numbers as a sparse vector; a row twice changes nothing about the best one. */
function toRows(vectors: Float32Array[]): number[][] {
  const rows = vectors.map((vector) => [...vector]);
  return rows.length === 2 && rows[0]!.every(Number.isInteger) ? [...rows, rows[0]!] : rows;
}

/** A UUID that only this tenant, bot and chunk can have. */
function pointId(scope: TenantScope, botId: string, kind: string, chunkId: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([scope.tenantId, botId, kind, chunkId]))
    .digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
