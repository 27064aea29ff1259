import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Engagement, HandoverSettings, WidgetSettings, type PublicBot, type VisitorSession } from '@docent/contracts';
import { UsageService } from '@docent/billing';
import { AppError, CONFIG, CrossTenant, found, TenantDb, type Config, type TenantContext } from '@docent/platform';
import { isOwnOrigin } from './request-origin';
import { VisitorTokens } from './visitor-tokens';

export interface VisitorRequest {
  botId: string;
  /** The token that the visitor had before. */
  previousToken?: string;
  origin: string | undefined;
  host: string | undefined;
}

/** Lets visitors in: on the exact origins that the bot's owner has allowed, and on the product's own pages (demo, preview). */
@Injectable()
export class VisitorSessionsService {
  constructor(
    private readonly db: TenantDb,
    private readonly crossTenant: CrossTenant,
    private readonly tokens: VisitorTokens,
    private readonly usage: UsageService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws `not_found` for an unknown bot and `origin_not_allowed` for a page that is not on its list. */
  async open({ botId, previousToken, origin, host }: VisitorRequest): Promise<VisitorSession> {
    const ctx = visiting(found(await this.crossTenant.tenantOfBot(botId)));
    const { bot, allowedOrigins } = await this.read(ctx, botId);
    if (origin === undefined || !(allowedOrigins.includes(origin) || isOwnOrigin(origin, host, this.config.publicUrl)))
      throw new AppError('origin_not_allowed');
    const previous = previousToken ? await this.tokens.recognise(previousToken) : null;
    const visitorId = previous?.botId === botId ? previous.visitorId : randomUUID();
    const { token, expiresAt } = await this.tokens.issue({ tenantId: ctx.tenantId, botId, visitorId, origin });
    return { token, expiresAt: expiresAt.toISOString(), visitorId, identified: null, bot };
  }

  private read(ctx: TenantContext, botId: string): Promise<{ bot: PublicBot; allowedOrigins: string[] }> {
    return this.db.run(ctx, async (db) => {
      const where = { tenantId_id: { tenantId: ctx.tenantId, id: botId } };
      const row = found(await db.bot.findUnique({ where, select: { id: true, name: true, widget: true, allowedOrigins: true, handover: true, engagement: true } }));
      const { branding } = await this.usage.planOf(db, ctx);
      const { preChatForm, messageForm, attachments, satisfaction, mailTranscript } = Engagement.parse(row.engagement);
      const { enabled } = HandoverSettings.parse(row.handover);
      return {
        bot: {
          id: row.id,
          name: row.name,
          widget: WidgetSettings.parse(row.widget),
          branding,
          people: { enabled, open: enabled },
          preChatForm,
          messageForm,
          attachments,
          satisfaction,
          mailTranscript,
        },
        allowedOrigins: row.allowedOrigins,
      };
    });
  }
}

function visiting(tenantId: string): TenantContext {
  return { tenantId, caller: { kind: 'system', task: 'open visitor session' } };
}
