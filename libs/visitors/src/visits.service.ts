import { Injectable } from '@nestjs/common';
import { ChatService } from '@docent/chat';
import type { Conversation, Engagement, InputOf, routes } from '@docent/contracts';
import { AppError, found, Signals, type TenantContext } from '@docent/platform';
import { VisitsRepository, type Visit } from './visits.repository';

/** What a visitor does in a conversation beside asking. */
@Injectable()
export class VisitsService {
  constructor(
    private readonly visits: VisitsRepository,
    private readonly chat: ChatService,
    private readonly signals: Signals,
  ) {}

  /** Throws not_found for a conversation of somebody else, and forbidden to a visitor where the bot's owner has not switched this on. */
  async require(ctx: TenantContext, conversationId: string, extra: keyof Engagement): Promise<Visit> {
    const visit = found(await this.visits.find(ctx, conversationId));
    if (ctx.caller.kind === 'visitor' && !visit.engagement[extra])
      throw new AppError('forbidden', { reason: 'switched_off', extra });
    return visit;
  }

  async here(
    ctx: TenantContext,
    conversationId: string,
    { readSeq, typing }: InputOf<typeof routes.hereAsVisitor>['body'],
  ): Promise<{ ok: true }> {
    const by = 'visitor' as const;
    if (readSeq === undefined) await this.chat.requireAccess(ctx, conversationId);
    else {
      const seq = found(await this.visits.markRead(ctx, conversationId, readSeq));
      await this.signals.send('presence', { conversationId, kind: 'read', by, seq });
    }
    if (typing !== undefined) await this.signals.send('presence', { conversationId, kind: 'typing', by, on: typing });
    else if (readSeq === undefined) await this.signals.send('presence', { conversationId, kind: 'here', by });
    return { ok: true };
  }

  async rate(
    ctx: TenantContext,
    conversationId: string,
    { score, comment }: InputOf<typeof routes.rateConversation>['body'],
  ): Promise<{ ok: true }> {
    const { botId, lastSeq } = await this.require(ctx, conversationId, 'satisfaction');
    await this.visits.rate(ctx, conversationId, score, comment);
    await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id: conversationId, botId, lastSeq });
    return { ok: true };
  }

  /** The visitor's conversations with the bot of their token, newest first. */
  async own(ctx: TenantContext, query: InputOf<typeof routes.listOwnConversations>['query']) {
    const { items, nextCursor } = await this.chat.list(ctx, query);
    // How a conversation is filed is the workspace's own business.
    return { items: items.map(({ topic: _, ...item }) => item), nextCursor };
  }

  /** Throws not_found where the visitor has said nothing yet. */
  async latest(ctx: TenantContext): Promise<Conversation> {
    return this.chat.read(ctx, found(await this.chat.latest(ctx)));
  }
}
