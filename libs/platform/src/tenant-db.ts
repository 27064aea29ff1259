import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient, type Prisma } from './gen/prisma/client';
import type { TenantContext } from './tenant-context';

/** The only client that a feature sees: Prisma within one transaction of one tenant. */
export type TenantClient = Prisma.TransactionClient;

/** The thin way for the hottest statements: plain SQL within one transaction of one tenant. */
export interface TenantSql {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

export interface DatabaseOptions {
  /** Connects as the unprivileged role `docent_app`. */
  appUrl: string;
  poolSize: number;
}

/**
 * The way to every table. {@link run} opens one transaction, names the tenant to the database, so that row level security
 * holds, and hands out a client that ends with it. Keep it short: never open across a model, mail or payment call.
 */
@Injectable()
export class TenantDb implements OnApplicationShutdown {
  private readonly pool: pg.Pool;
  private readonly prisma: PrismaClient;

  constructor(options: DatabaseOptions) {
    this.pool = new pg.Pool({ connectionString: options.appUrl, max: options.poolSize, connectionTimeoutMillis: 15_000, idleTimeoutMillis: 60_000 });
    // Without a listener, a connection that the server closes while idle would end the process.
    this.pool.on('error', () => undefined);
    this.prisma = new PrismaClient({ adapter: new PrismaPg(this.pool) });
  }

  /** Everything that `work` writes is stored together or not at all. */
  run<T>(ctx: TenantContext, work: (db: TenantClient) => Promise<T>): Promise<T> {
    return this.prisma.$transaction(
      async (db) => {
        await db.$queryRaw`SELECT set_config('app.tenant_id', ${ctx.tenantId}, true)`;
        return work(db);
      },
      { maxWait: 15_000, timeout: 30_000 },
    );
  }

  /** The same promise as {@link run} for the few hot paths (question, log, search), at half its cost. */
  async runSql<T>(ctx: TenantContext, work: (sql: TenantSql) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken = true;
    try {
      await client.query(`BEGIN; SELECT set_config('app.tenant_id', ${pg.escapeLiteral(ctx.tenantId)}, true)`);
      const result = await work({ query: async (text, values) => (await client.query(text, values)).rows });
      await client.query('COMMIT');
      broken = false;
      return result;
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /**
   * Calls one of the reviewed functions that look across tenants (migration "policies", part 3). Only {@link CrossTenant} uses it.
   * @internal
   */
  async callFunction<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }

  /** Whether the database answers. */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  /** The last step: what runs at the end, such as answers that may finish, still needs it. */
  async onApplicationShutdown(): Promise<void> {
    await this.prisma.$disconnect();
    if (!this.pool.ended) await this.pool.end();
  }
}
