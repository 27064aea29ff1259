import { Inject, Injectable } from '@nestjs/common';
import { Engagement, type EngagementNow } from '@docent/contracts';
import { AppError, CONFIG, found, Signals, TenantDb, type Config, type TenantContext } from '@docent/platform';

/** Forms, proactive messages and extras of a bot's widget. */
@Injectable()
export class EngagementService {
  constructor(
    private readonly db: TenantDb,
    private readonly signals: Signals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async now(ctx: TenantContext, botId: string): Promise<EngagementNow> {
    return { ...(await this.get(ctx, botId)), canMail: this.config.mail.smtpUrl !== undefined };
  }

  /** Throws not_found for a bot of somebody else. */
  async get(ctx: TenantContext, botId: string): Promise<Engagement> {
    const [row] = await this.db.readSql<{ engagement: unknown }>(
      ctx,
      'SELECT engagement FROM bots WHERE tenant_id = $1 AND id = $2',
      [ctx.tenantId, botId],
    );
    return Engagement.parse(found(row).engagement);
  }

  /** Replaces all of it. */
  async update(ctx: TenantContext, botId: string, engagement: Engagement): Promise<Engagement> {
    const rows = await this.db.runSql(ctx, (sql) =>
      sql.query('UPDATE bots SET engagement = $3, updated_at = now() WHERE tenant_id = $1 AND id = $2 RETURNING id', [
        ctx.tenantId,
        botId,
        JSON.stringify(engagement),
      ]),
    );
    if (rows.length === 0) throw new AppError('not_found');
    await this.signals.send('change', ctx.tenantId, { kind: 'bot', id: botId });
    return engagement;
  }
}
