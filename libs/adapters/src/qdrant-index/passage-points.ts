import type { IndexChunk, TenantScope } from '@docent/ports';
import type { QdrantClient } from '@qdrant/js-client-rest';
import type { StoredWords } from './bot-vocabularies';
import { packWords } from './pack-words';
import { pointId } from './point-id';
import type { Frequencies } from './question-words';
import { ofKind, scoped } from './scoped-filter';
import { weighTerms } from './weigh-terms';

/** What stands beside a passage: its terms by number, for what a question's words cover of it. */
export interface PassagePayload {
  chunk: string;
  source: string;
  terms: number[];
}

const wordsPerRequest = 1_000;
/** `modifier: idf` is over the whole collection; what {@link PassagePoints.frequencies} says is exact for the bot. */
const lexical = 'words';
const payloadFields = ['chunk', 'source', 'terms'];

/** The words of all passages in a Qdrant server, as sparse vectors of one collection. */
export class PassagePoints {
  private ready: Promise<void> | null = null;

  constructor(
    private readonly client: QdrantClient,
    private readonly collection: string,
  ) {}

  /** The collection is there then. To be waited for before anything else. */
  prepare(): Promise<void> {
    this.ready ??= this.createCollection().catch((error: unknown) => {
      this.ready = null;
      throw error;
    });
    return this.ready;
  }

  async put(scope: TenantScope, botId: string, chunks: IndexChunk[]): Promise<void> {
    const points = chunks.map((chunk) => toPoint(scope, botId, chunk));
    await this.client.upsert(this.collection, { wait: true, points });
  }

  /** Also the bot's own point, where no further condition leaves it out. */
  async remove(scope: TenantScope, botId: string, also: object[] = []): Promise<void> {
    await this.client.delete(this.collection, { wait: true, filter: scoped(scope, botId, also) });
  }

  async count(scope: TenantScope, botId: string, also: object[] = []): Promise<number> {
    const filter = scoped(scope, botId, [ofKind('passage'), ...also]);
    return (await this.client.count(this.collection, { filter, exact: true })).count;
  }

  /** Of those passages that are here, by chunk id. */
  async read(scope: TenantScope, botId: string, chunkIds: string[]): Promise<Map<string, PassagePayload>> {
    if (chunkIds.length === 0) return new Map();
    const ids = chunkIds.map((chunkId) => pointId(scope, botId, 'passage', chunkId));
    const points = await this.client.retrieve(this.collection, { ids, with_payload: payloadFields });
    return new Map(points.map(({ payload }) => toPayload(payload)).map((payload) => [payload.chunk, payload]));
  }

  /** The best passages, best first. `weights`: what each term of the question counts, by number. */
  async find(
    scope: TenantScope,
    botId: string,
    weights: ReadonlyMap<number, number>,
    limit: number,
  ): Promise<(PassagePayload & { score: number })[]> {
    if (weights.size === 0) return [];
    const { points } = await this.client.query(this.collection, {
      query: { indices: [...weights.keys()], values: [...weights.values()] },
      using: lexical,
      limit,
      filter: scoped(scope, botId),
      with_payload: payloadFields,
    });
    return points.map(({ score, payload }) => ({ ...toPayload(payload), score }));
  }

  /** The languages of the bot's passages, the most frequent first. */
  async languages(scope: TenantScope, botId: string): Promise<string[]> {
    const { hits } = await this.client.facet(this.collection, { key: 'language', filter: scoped(scope, botId), limit: 5 });
    return hits.map((hit) => String(hit.value)).filter((language) => language !== 'none');
  }

  /** In how many of the bot's passages each term stands. */
  async frequencies(scope: TenantScope, botId: string, numbers: number[]): Promise<Frequencies> {
    const entries = [...new Set(numbers)].map(
      async (number) => [number, await this.count(scope, botId, [{ key: 'terms', match: { value: number } }])] as const,
    );
    const [passages, ...of] = await Promise.all([this.count(scope, botId), ...entries]);
    return { passages, of: new Map(of) };
  }

  /** The words of the bot's passages that were put here since then, page by page. */
  async *storedWords(scope: TenantScope, botId: string, since: number): AsyncGenerator<StoredWords[]> {
    const filter = scoped(scope, botId, [{ key: 'at', range: { gte: since } }]);
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

function toPayload(payload: unknown): PassagePayload {
  return payload as PassagePayload;
}

function toStoredWords({ words, language, at }: Record<string, unknown>): StoredWords {
  return { words: String(words), language: language === 'none' ? null : String(language), at: Number(at) };
}
