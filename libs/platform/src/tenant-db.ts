import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient, type Prisma } from './gen/prisma/client';
import { GatheringSocket } from './gathering-socket';
import { LastingPool } from './lasting-pool';
import { LifeLine } from './life-line';
import type { TenantContext } from './tenant-context';

/** The only client that a feature sees: Prisma within one transaction of one tenant. */
export type TenantClient = Prisma.TransactionClient;

/** The thin way for the hottest statements: plain SQL within one transaction of one tenant. */
export interface TenantSql {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /**
   * The last statements, sent already, and the commit right behind them, so that what they lock is free again without waiting for this
   * process. Where one fails, nothing of the transaction is stored. Nothing may follow.
   */
  commitWith<T>(last: Promise<T>): Promise<T>;
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

  private lifeLine: LifeLine | null = null;

  constructor(private readonly options: DatabaseOptions) {
    this.pool = new LastingPool({
      connectionString: options.appUrl,
      max: options.poolSize,
      connectionTimeoutMillis: 15_000,
      idleTimeoutMillis: 60_000,
      // Statements go out as they come, without waiting for the answers of those before, and together where they come together.
      pipeline: true,
      stream: () => new GatheringSocket(),
    });
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

  /**
   * The same promise as {@link run} for the few hot paths (question, log, search), at half its cost. Statements that do not wait for
   * each other may be sent together.
   */
  async runSql<T>(ctx: TenantContext, work: (sql: TenantSql) => Promise<T>): Promise<T> {
    return this.inTransaction(ctx, async (client) => {
      let committed: Promise<unknown> | null = null;
      const commit = () => (committed ??= client.query('COMMIT'));
      const result = await work({
        query: async (text, values) => (await client.query<never>(prepared(text, values))).rows,
        commitWith: async (last) => (await Promise.all([last, commit()]))[0],
      });
      await commit();
      return result;
    });
  }

  /** One reading statement of one tenant, sent together with its transaction: one way there and back. */
  readSql<Row extends pg.QueryResultRow>(ctx: TenantContext, text: string, values: unknown[]): Promise<Row[]> {
    return this.inTransaction(ctx, async (client) => {
      const [{ rows }] = await Promise.all([client.query<Row>(prepared(text, values)), client.query('COMMIT')]);
      return rows;
    });
  }

  private async inTransaction<T>(ctx: TenantContext, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken = true;
    try {
      // The next statement follows without waiting. Should this one fail, that one finds no tenant, and so no row that it may touch.
      const begun = client.query(`BEGIN; SET LOCAL app.tenant_id = ${pg.escapeLiteral(ctx.tenantId)}`);
      const [result] = await Promise.all([work(client), begun]);
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
    return (await this.pool.query<Row>(prepared(text, values))).rows;
  }

  /**
   * The same without waiting for others, for what must not be late. Only {@link CrossTenant} uses it.
   * @internal
   */
  async callAtOnce<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    const query = prepared(text, values);
    return (await (this.lifeLine?.ask<Row>(query) ?? this.pool.query<Row>(query))).rows;
  }

  /**
   * From now on others can tell that this process lives, by the name that it gives its leases. Only {@link CrossTenant} uses it.
   * @internal
   */
  async showLife(name: string): Promise<void> {
    this.lifeLine = new LifeLine(this.options.appUrl, name);
    await this.lifeLine.hold();
  }

  /** Whether the database answers. */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  /** The last step: what runs at the end, such as answers that may finish, still needs it. */
  async onApplicationShutdown(): Promise<void> {
    await this.lifeLine?.end();
    await this.prisma.$disconnect();
    if (!this.pool.ended) await this.pool.end();
  }
}

const statementNames = new Map<string, string>();

/**
 * A named statement: each connection has it parsed and planned once. Texts are constants of the code, so there are few;
 * what differs from call to call must be a value.
 */
function prepared(text: string, values: unknown[] | undefined): pg.QueryConfig {
  let name = statementNames.get(text);
  if (!name) statementNames.set(text, (name = `s${statementNames.size}`));
  return { name, text, values };
}
