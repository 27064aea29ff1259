import type { IndexVectors, TenantScope } from '@docent/ports';
import type { QdrantClient } from '@qdrant/js-client-rest';
import { pointId } from './point-id';
import { ofChunks, ofKind, ofSet, scoped, type Filter } from './scoped-filter';

/** How near a passage is to the question. */
export interface NearChunk {
  /** Mean of the cosines of the whole passage and of its best window. */
  score: number;
  /** Number of the nearest window, null where it has none. */
  window: number | null;
}

interface VectorPayload {
  chunk: string;
  source: string;
  window: number;
}

const pointsPerRequest = 256;

/**
 * Vectors in a Qdrant server: one collection for all vectors of as many dimensions, of all tenants and sets; a point is the whole of a
 * passage or one window of it.
 */
export class VectorPoints {
  private readonly prepared = new Map<string, Promise<void>>();

  constructor(
    private readonly client: QdrantClient,
    private readonly prefix: string,
  ) {}

  /** `sourceOf`: a passage, by its chunk id. */
  async put(
    scope: TenantScope,
    botId: string,
    set: string,
    entries: IndexVectors[],
    sourceOf: (chunkId: string) => string,
  ): Promise<void> {
    const dimensions = entries[0]?.vectors.whole.length;
    if (dimensions === undefined) return;
    const collection = await this.prepare(dimensions);
    // The same passage may have had more windows before.
    await this.removeFrom(collection, scoped(scope, botId, [ofSet(set), ofChunks(entries.map(({ chunkId }) => chunkId))]));
    const points = entries.flatMap(({ chunkId, vectors }) =>
      [vectors.whole, ...vectors.windows].map((vector, at) => ({
        id: pointId(scope, botId, 'vector', JSON.stringify([set, chunkId, at])),
        vector: [...vector],
        payload: {
          tenant: scope.tenantId,
          bot: botId,
          set,
          kind: at === 0 ? 'whole' : 'window',
          chunk: chunkId,
          source: sourceOf(chunkId),
          window: at - 1,
        },
      })),
    );
    for (let at = 0; at < points.length; at += pointsPerRequest)
      await this.client.upsert(collection, { wait: true, points: points.slice(at, at + pointsPerRequest) });
  }

  /** The nearest passages, and how near those are that were found otherwise. */
  async nearest(
    scope: TenantScope,
    botId: string,
    { set, values }: { set: string; values: Float32Array },
    limit: number,
    others: Promise<string[]>,
  ): Promise<Map<string, NearChunk & { source: string }>> {
    const collection = await this.prepare(values.length);
    const ask = (kind: 'whole' | 'window', most: number, also: object[] = []) =>
      this.bestOf(collection, scoped(scope, botId, [ofSet(set), ofKind(kind), ...also]), values, most);
    const [wholes, windows, known] = await Promise.all([ask('whole', limit), ask('window', limit), others]);
    const all = new Set([...known, ...wholes.keys(), ...windows.keys()]);
    const without = (found: Map<string, unknown>) => [...all].filter((chunk) => !found.has(chunk));
    const [lateWholes, lateWindows] = await Promise.all(
      (
        [
          ['whole', without(wholes)],
          ['window', without(windows)],
        ] as const
      ).map(([kind, chunks]) => (chunks.length ? ask(kind, chunks.length, [ofChunks(chunks)]) : new Map<string, ScoredPoint>())),
    );
    const near = new Map<string, NearChunk & { source: string }>();
    for (const [chunk, whole] of [...wholes, ...lateWholes!]) {
      const window = windows.get(chunk) ?? lateWindows!.get(chunk);
      const score = window ? (whole.score + window.score) / 2 : whole.score;
      near.set(chunk, { score, window: window?.window ?? null, source: whole.source });
    }
    return near;
  }

  /** The vectors of these passages as a whole, by chunk id, as far as they are here. */
  async read(scope: TenantScope, botId: string, set: string, chunkIds: string[]): Promise<Map<string, Float32Array>> {
    const found = new Map<string, Float32Array>();
    const chunks = new Map(
      chunkIds.map((chunkId) => [pointId(scope, botId, 'vector', JSON.stringify([set, chunkId, 0])), chunkId]),
    );
    const ids = [...chunks.keys()];
    for (const collection of await this.collections()) {
      for (let at = 0; at < ids.length && found.size < ids.length; at += pointsPerRequest) {
        const some = ids.slice(at, at + pointsPerRequest);
        for (const { id, vector } of await this.client.retrieve(collection, {
          ids: some,
          with_vector: true,
          with_payload: false,
        }))
          found.set(chunks.get(String(id))!, Float32Array.from(vector as number[]));
      }
    }
    return found;
  }

  /** In every collection. `also`: further conditions. */
  async remove(scope: TenantScope, botId: string, also: object[] = []): Promise<void> {
    const filter = scoped(scope, botId, also);
    for (const collection of await this.collections()) await this.removeFrom(collection, filter);
  }

  /** Points in every collection. */
  async count(scope: TenantScope, botId: string, also: object[] = []): Promise<number> {
    const filter = scoped(scope, botId, also);
    let sum = 0;
    for (const collection of await this.collections())
      sum += (await this.client.count(collection, { filter, exact: true })).count;
    return sum;
  }

  private async bestOf(
    collection: string,
    filter: Filter,
    values: Float32Array,
    limit: number,
  ): Promise<Map<string, ScoredPoint>> {
    const { groups } = await this.client.queryGroups(collection, {
      query: [...values],
      filter,
      group_by: 'chunk',
      group_size: 1,
      limit,
      with_payload: ['chunk', 'source', 'window'],
    });
    return new Map(
      groups.flatMap(({ hits: [hit] }) => {
        if (!hit) return [];
        const { chunk, source, window } = hit.payload as unknown as VectorPayload;
        return [[chunk, { score: hit.score, source, window }]];
      }),
    );
  }

  private async removeFrom(collection: string, filter: Filter): Promise<void> {
    await this.client.delete(collection, { wait: true, filter });
  }

  private async collections(): Promise<string[]> {
    const { collections } = await this.client.getCollections();
    return collections.map(({ name }) => name).filter((name) => name.startsWith(this.prefix));
  }

  /** Name of the collection, which is there then. */
  private async prepare(dimensions: number): Promise<string> {
    const name = `${this.prefix}${dimensions}`;
    let ready = this.prepared.get(name);
    if (!ready) {
      ready = this.create(name, dimensions);
      this.prepared.set(name, ready);
      ready.catch(() => this.prepared.delete(name));
    }
    await ready;
    return name;
  }

  private async create(name: string, size: number): Promise<void> {
    const { exists } = await this.client.collectionExists(name);
    if (!exists)
      await this.client.createCollection(name, {
        vectors: { size, distance: 'Dot' },
        // No graph over all tenants, one for each.
        hnsw_config: { m: 0, payload_m: 16 },
      });
    await this.client.createPayloadIndex(name, {
      wait: true,
      field_name: 'tenant',
      field_schema: { type: 'keyword', is_tenant: true },
    });
    for (const field_name of ['bot', 'set', 'kind', 'chunk', 'source'])
      await this.client.createPayloadIndex(name, { wait: true, field_name, field_schema: 'keyword' });
  }
}

interface ScoredPoint {
  score: number;
  source: string;
  window: number;
}
