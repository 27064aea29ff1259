import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isOwnOrigin, VisitorTokens } from '@docent/auth';
import { ChatGoneError } from '@docent/chat';
import type { PublicBot, ProactiveRule, VisitorSession } from '@docent/contracts';
import { AppError, CONFIG, CrossTenant, type Config, type TenantContext } from '@docent/platform';
import { IdentitySecretsRepository } from './identity-secrets.repository';
import { readIdentity } from './identity-token';
import { PublicBots } from './public-bots';
import { VisitorsRepository } from './visitors.repository';

/** Where a request comes from, and the host that it was sent to. */
export interface Page {
  origin: string | undefined;
  host: string | undefined;
}

export interface VisitorRequest {
  botId: string;
  /** The token that the visitor had before. */
  previousToken?: string;
  /** A JWT of the website's own server. */
  identity?: string;
  page: Page;
}

interface Visitor {
  visitorId: string;
  identified: boolean | null;
}

/** Lets visitors in: on the exact origins that the bot's owner has allowed, and on the product's own pages (demo, preview). */
@Injectable()
export class VisitorSessionsService {
  constructor(
    private readonly bots: PublicBots,
    private readonly crossTenant: CrossTenant,
    private readonly tokens: VisitorTokens,
    private readonly secrets: IdentitySecretsRepository,
    private readonly visitors: VisitorsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Throws `not_found` for an unknown bot and `origin_not_allowed` for a page that is not on its list. An identity that is refused
   * breaks nothing: the visitor is anonymous then, and the bot's owner sees why.
   */
  async open({ botId, previousToken, identity, page }: VisitorRequest): Promise<VisitorSession> {
    const { ctx, bot } = await this.enter(botId, page);
    const origin = page.origin!;
    const previous = previousToken ? await this.tokens.recognise(previousToken) : null;
    const previousId = previous?.botId === botId ? previous.visitorId : null;
    const { visitorId, identified } = await this.recognise(ctx, botId, previousId, identity, origin);
    const { token, expiresAt } = await this.tokens.issue({ tenantId: ctx.tenantId, botId, visitorId, origin });
    return { token, expiresAt: expiresAt.toISOString(), visitorId, identified, bot };
  }

  /** Throws as {@link open} does. */
  async proactiveRules(botId: string, page: Page): Promise<{ items: ProactiveRule[] }> {
    return { items: (await this.enter(botId, page)).proactive };
  }

  private async enter(
    botId: string,
    { origin, host }: Page,
  ): Promise<{ ctx: TenantContext; bot: PublicBot; proactive: ProactiveRule[] }> {
    const tenantId = await this.crossTenant.tenantOfBot(botId);
    const ctx = tenantId === null ? null : visiting(tenantId);
    const known = ctx && (await this.bots.read(ctx, botId));
    if (!ctx || !known) throw new ChatGoneError();
    const { bot, proactive, allowedOrigins } = known;
    if (origin === undefined || !(allowedOrigins.includes(origin) || isOwnOrigin(origin, host, this.config.publicUrl)))
      throw new AppError('origin_not_allowed');
    return { ctx, bot, proactive };
  }

  private async recognise(
    ctx: TenantContext,
    botId: string,
    previousId: string | null,
    identity: string | undefined,
    origin: string,
  ): Promise<Visitor> {
    if (identity === undefined) return { visitorId: await this.anonymous(ctx, previousId), identified: null };
    const read = await readIdentity(identity, await this.secrets.live(ctx, botId));
    if ('refused' in read) {
      await this.secrets.recordFailure(ctx, botId, read.refused, origin);
      return { visitorId: await this.anonymous(ctx, previousId), identified: false };
    }
    await this.secrets.markUsed(ctx, read.secretId);
    return { visitorId: await this.visitors.identify(ctx, botId, read.identity, previousId), identified: true };
  }

  /** The same anonymous visitor as before; where that token was somebody's, they have signed out, and nobody after them is taken for them. */
  private async anonymous(ctx: TenantContext, previousId: string | null): Promise<string> {
    return previousId === null || (await this.visitors.isSomebody(ctx, previousId)) ? randomUUID() : previousId;
  }
}

function visiting(tenantId: string): TenantContext {
  return { tenantId, caller: { kind: 'system', task: 'open visitor session' } };
}
