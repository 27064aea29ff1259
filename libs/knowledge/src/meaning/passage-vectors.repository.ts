import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantContext } from '@docent/platform';

export interface KeptVector {
  chunkId: string;
  /** In unit length. */
  vector: Float32Array;
}

/** Two bytes a number: a unit vector keeps a cosine of more than .99999 with what it was. */
const steps = 32_767;

/** Vectors of passages by a model that costs time or money, gone with the passages. One for each passage, of the set that was made last. */
@Injectable()
export class PassageVectorsRepository {
  constructor(private readonly db: TenantDb) {}

  /** By chunk id, as far as they are of this set. */
  async find(ctx: TenantContext, set: string, chunkIds: string[]): Promise<Map<string, Float32Array>> {
    const rows = await this.db.readSql<{ chunk_id: string; vector: Buffer }>(ctx, vectorsOfSet, [ctx.tenantId, chunkIds, set]);
    return new Map(rows.map(({ chunk_id, vector }) => [chunk_id, unpack(vector)]));
  }

  /** In the place of those of another set. Passages that are gone meanwhile are left out. */
  async store(ctx: TenantContext, set: string, vectors: KeptVector[]): Promise<void> {
    const ids = vectors.map(({ chunkId }) => chunkId);
    await this.db.runSql(ctx, (sql) => sql.query(storeVectors, [ctx.tenantId, set, ids, vectors.map(({ vector }) => pack(vector))]));
  }
}

const vectorsOfSet = 'SELECT chunk_id, vector FROM passage_vectors WHERE tenant_id = $1 AND chunk_id = ANY($2::uuid[]) AND vector_set = $3';

const storeVectors = `
  INSERT INTO passage_vectors (tenant_id, chunk_id, source_id, snapshot_id, vector_set, vector)
  SELECT c.tenant_id, c.id, c.source_id, c.snapshot_id, $2, made.vector
    FROM unnest($3::uuid[], $4::bytea[]) AS made (id, vector) JOIN chunks c ON c.tenant_id = $1 AND c.id = made.id
  ON CONFLICT (tenant_id, chunk_id) DO UPDATE SET vector_set = excluded.vector_set, vector = excluded.vector`;

function pack(vector: Float32Array): Buffer {
  return Buffer.from(Int16Array.from(vector, (value) => Math.round(Math.max(-1, Math.min(1, value)) * steps)).buffer);
}

function unpack(bytes: Buffer): Float32Array {
  // The driver's bytes may begin at an odd place of a larger buffer.
  const { buffer } = Uint8Array.from(bytes);
  return Float32Array.from(new Int16Array(buffer), (level) => level / steps);
}
