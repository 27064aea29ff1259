import { Injectable } from '@nestjs/common';
import { Scope, type ApiKey } from '@docent/contracts';
import { TenantDb, type TenantContext } from '@docent/platform';

/** API keys of a workspace. The secret's hash goes in and never comes out. */
@Injectable()
export class ApiKeysRepository {
  constructor(private readonly db: TenantDb) {}

  async list(ctx: TenantContext): Promise<ApiKey[]> {
    const rows = await this.db.run(ctx, (db) =>
      db.apiKey.findMany({ where: { tenantId: ctx.tenantId }, select: keyFields, orderBy: { createdAt: 'desc' } }),
    );
    return rows.map(toApiKey);
  }

  async create(
    ctx: TenantContext,
    given: { name: string; scopes: Scope[]; prefix: string; secretHash: Buffer<ArrayBuffer> },
  ): Promise<ApiKey> {
    return toApiKey(
      await this.db.run(ctx, (db) => db.apiKey.create({ data: { tenantId: ctx.tenantId, ...given }, select: keyFields })),
    );
  }

  /** Null for a key that was revoked. */
  async scopesOf(ctx: TenantContext, id: string): Promise<Scope[] | null> {
    const row = await this.db.run(ctx, (db) => db.apiKey.findFirst({ where: { tenantId: ctx.tenantId, id }, select: { scopes: true } }));
    return row && Scope.array().parse(row.scopes);
  }

  async remove(ctx: TenantContext, id: string): Promise<boolean> {
    return (await this.db.run(ctx, (db) => db.apiKey.deleteMany({ where: { tenantId: ctx.tenantId, id } }))).count === 1;
  }
}

const keyFields = { id: true, name: true, prefix: true, scopes: true, createdAt: true, lastUsedAt: true } as const;

function toApiKey(row: {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
}): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: Scope.array().parse(row.scopes),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
