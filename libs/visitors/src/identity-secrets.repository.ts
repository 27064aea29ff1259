import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { IdentityFailure, IdentitySecret } from '@docent/contracts';
import { AppError, InstallationKey, SealError, Sealer, TenantDb, type TenantContext } from '@docent/platform';
import type { RefusalReason, SigningSecret } from './identity-token';

const keyPurpose = 'identity secret';
/** The present one and the next, while a customer changes over. */
const mostSecrets = 2;
const failuresKept = 50;

interface SecretRow {
  id: string;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** Secrets that sign identities, sealed at rest, and what was refused lately. */
@Injectable()
export class IdentitySecretsRepository {
  private readonly sealer: Sealer;

  constructor(
    private readonly db: TenantDb,
    key: InstallationKey,
  ) {
    this.sealer = new Sealer(key);
  }

  /** Null where the bot is not this tenant's. */
  list(ctx: TenantContext, botId: string): Promise<{ items: IdentitySecret[]; failures: IdentityFailure[] } | null> {
    const where = { tenantId: ctx.tenantId, botId };
    return this.db.run(ctx, async (db) => {
      if (!(await db.bot.findFirst({ where: { tenantId: ctx.tenantId, id: botId }, select: { id: true } }))) return null;
      const secrets = await db.identitySecret.findMany({ where, orderBy: { id: 'asc' } });
      const failures = await db.identityFailure.findMany({ where, orderBy: { id: 'desc' }, take: failuresKept });
      return {
        items: secrets.map(toSecret),
        failures: failures.map(({ createdAt, reason, origin }) => ({
          at: createdAt.toISOString(),
          reason: reason as RefusalReason,
          origin,
        })),
      };
    });
  }

  /** The secret is returned here and never again. Null where the bot is not this tenant's; throws `conflict` where two are live. */
  create(ctx: TenantContext, botId: string): Promise<(IdentitySecret & { secret: string }) | null> {
    const secret = `dis_${randomBytes(32).toString('base64url')}`;
    return this.db.run(ctx, async (db) => {
      // Whoever else makes one for this bot waits, so that there are never three.
      const bots = await db.$queryRaw<
        unknown[]
      >`SELECT 1 FROM bots WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${botId}::uuid FOR NO KEY UPDATE`;
      if (bots.length === 0) return null;
      const live = await db.identitySecret.count({ where: { tenantId: ctx.tenantId, botId } });
      if (live >= mostSecrets)
        throw new AppError(
          'conflict',
          { limit: mostSecrets },
          { message: 'Two secrets are live. Delete the one that is no longer used first.' },
        );
      const sealedSecret = this.sealer.seal(ctx, keyPurpose, secret);
      const row = await db.identitySecret.create({
        data: { tenantId: ctx.tenantId, botId, prefix: secret.slice(0, 10), sealedSecret },
      });
      return { ...toSecret(row), secret };
    });
  }

  async remove(ctx: TenantContext, botId: string, id: string): Promise<boolean> {
    const { count } = await this.db.run(ctx, (db) =>
      db.identitySecret.deleteMany({ where: { tenantId: ctx.tenantId, botId, id } }),
    );
    return count > 0;
  }

  /**
   * The live secrets, newest first: after a change-over most identities come with that one. One that was sealed with another key of the
   * installation signs nothing any more, and no visitor is turned away for it.
   */
  async live(ctx: TenantContext, botId: string): Promise<SigningSecret[]> {
    const rows = await this.db.readSql<{ id: string; sealed_secret: string }>(
      ctx,
      'SELECT id, sealed_secret FROM identity_secrets WHERE tenant_id = $1 AND bot_id = $2 ORDER BY id DESC',
      [ctx.tenantId, botId],
    );
    return rows.flatMap((row) => {
      const secret = this.openOrNull(ctx, row.sealed_secret);
      return secret === null ? [] : [{ id: row.id, secret }];
    });
  }

  /** To the minute, so that a busy website does not write the row with every visitor. */
  async markUsed(ctx: TenantContext, id: string): Promise<void> {
    await this.db.runSql(ctx, (sql) =>
      sql.query(
        `UPDATE identity_secrets SET last_used_at = now() WHERE tenant_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
        [ctx.tenantId, id],
      ),
    );
  }

  /** Keeps the last 50 of a bot. */
  async recordFailure(ctx: TenantContext, botId: string, reason: RefusalReason, origin: string | null): Promise<void> {
    await this.db.runSql(ctx, async (sql) => {
      await sql.query('INSERT INTO identity_failures (tenant_id, bot_id, reason, origin) VALUES ($1, $2, $3, $4)', [
        ctx.tenantId,
        botId,
        reason,
        origin,
      ]);
      await sql.query(
        `DELETE FROM identity_failures WHERE tenant_id = $1 AND bot_id = $2
            AND id <= (SELECT id FROM identity_failures WHERE tenant_id = $1 AND bot_id = $2 ORDER BY id DESC OFFSET $3 LIMIT 1)`,
        [ctx.tenantId, botId, failuresKept],
      );
    });
  }

  private openOrNull(ctx: TenantContext, sealed: string): string | null {
    try {
      return this.sealer.open(ctx, keyPurpose, sealed);
    } catch (error) {
      if (error instanceof SealError) return null;
      throw error;
    }
  }
}

function toSecret({ id, prefix, createdAt, lastUsedAt }: SecretRow): IdentitySecret {
  return { id, prefix, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}
