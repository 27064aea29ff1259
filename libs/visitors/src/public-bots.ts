import { Inject, Injectable } from '@nestjs/common';
import { UsageService } from '@docent/billing';
import { Engagement, HandoverSettings, isOpenAt, WidgetSettings, type ProactiveRule, type PublicBot } from '@docent/contracts';
import { CONFIG, TenantDb, type Config, type TenantContext } from '@docent/platform';

/** What may be known of a bot on the websites that show it. */
@Injectable()
export class PublicBots {
  constructor(
    private readonly db: TenantDb,
    private readonly usage: UsageService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Null where there is no such bot. */
  read(
    ctx: TenantContext,
    botId: string,
  ): Promise<{ bot: PublicBot; proactive: ProactiveRule[]; allowedOrigins: string[] } | null> {
    return this.db.run(ctx, async (db) => {
      const where = { tenantId_id: { tenantId: ctx.tenantId, id: botId } };
      const row = await db.bot.findUnique({
        where,
        select: { id: true, name: true, widget: true, allowedOrigins: true, handover: true, engagement: true },
      });
      if (!row) return null;
      const { branding } = await this.usage.planOf(db, ctx);
      const { proactive, ...engagement } = Engagement.parse(row.engagement);
      const { enabled, hours } = HandoverSettings.parse(row.handover);
      const bot = {
        id: row.id,
        name: row.name,
        widget: WidgetSettings.parse(row.widget),
        branding,
        people: { enabled, open: enabled && isOpenAt(hours, new Date()) },
        ...engagement,
        mailTranscript: engagement.mailTranscript && this.config.mail.smtpUrl !== undefined,
      };
      return { bot, proactive, allowedOrigins: row.allowedOrigins };
    });
  }
}
