import { Injectable } from '@nestjs/common';
import { HandoverSettings } from '@docent/contracts';
import { found, Signals, TenantDb, type TenantContext } from '@docent/platform';

/** When a bot gives way to people, and what happens when none comes. */
@Injectable()
export class HandoverSettingsService {
  constructor(
    private readonly db: TenantDb,
    private readonly signals: Signals,
  ) {}

  async get(ctx: TenantContext, botId: string): Promise<HandoverSettings> {
    const [row] = await this.db.readSql<{ handover: unknown }>(ctx, 'SELECT handover FROM bots WHERE tenant_id = $1 AND id = $2', [ctx.tenantId, botId]);
    return HandoverSettings.parse(found(row).handover);
  }

  async update(ctx: TenantContext, botId: string, settings: HandoverSettings): Promise<HandoverSettings> {
    const [row] = await this.db.runSql(ctx, (sql) =>
      sql.query('UPDATE bots SET handover = $3, updated_at = now() WHERE tenant_id = $1 AND id = $2 RETURNING id', [ctx.tenantId, botId, JSON.stringify(settings)]),
    );
    found(row);
    await this.signals.send('change', ctx.tenantId, { kind: 'bot', id: botId });
    return settings;
  }
}
