import { Injectable } from '@nestjs/common';
import { ChatService } from '@docent/chat';
import type { ConversationDetails, InboxCounts, InputOf, Note, routes, Source } from '@docent/contracts';
import { SourcesService } from '@docent/knowledge';
import { AppError, found, Signals, type TenantContext } from '@docent/platform';
import { DetailsRepository } from './details.repository';
import { InboxRepository, type Changed } from './inbox.repository';
import { nextCursor, readCursor, toInboxItem } from './to-inbox-item';

/** Lists of conversations, and what members add to one beside the transcript. */
@Injectable()
export class InboxService {
  constructor(
    private readonly inbox: InboxRepository,
    private readonly beside: DetailsRepository,
    private readonly chat: ChatService,
    private readonly sources: SourcesService,
    private readonly signals: Signals,
  ) {}

  async list(ctx: TenantContext, query: InputOf<typeof routes.listInbox>['query']) {
    const rows = await this.inbox.list(ctx, { ...query, memberId: memberOf(ctx), before: readCursor(query.cursor) });
    const items = rows.slice(0, query.limit).map(toInboxItem);
    return { items, nextCursor: rows.length > query.limit ? nextCursor(items.at(-1)!) : null };
  }

  count(ctx: TenantContext, botId: string | undefined): Promise<InboxCounts> {
    return this.inbox.count(ctx, memberOf(ctx), botId);
  }

  async details(ctx: TenantContext, conversationId: string): Promise<ConversationDetails> {
    return found(await this.beside.read(ctx, conversationId));
  }

  async snooze(ctx: TenantContext, conversationId: string, until: string | null): Promise<{ ok: true }> {
    return this.tell(ctx, conversationId, await this.inbox.snooze(ctx, conversationId, until));
  }

  async tag(ctx: TenantContext, conversationId: string, tags: string[]): Promise<{ ok: true }> {
    return this.tell(ctx, conversationId, await this.inbox.tag(ctx, conversationId, [...new Set(tags.map((tag) => tag.trim()))]));
  }

  async setTopic(ctx: TenantContext, conversationId: string, topic: string | null): Promise<{ ok: true }> {
    return this.tell(ctx, conversationId, await this.inbox.setTopic(ctx, conversationId, topic?.trim() || null));
  }

  async topics(ctx: TenantContext, botId: string | undefined) {
    return { items: await this.inbox.topics(ctx, botId) };
  }

  async addNote(ctx: TenantContext, conversationId: string, text: string): Promise<Note> {
    const { note, ...changed } = found(await this.inbox.addNote(ctx, conversationId, memberOf(ctx), text));
    await this.tell(ctx, conversationId, changed);
    return note;
  }

  /**
   * Becomes part of the knowledge of the conversation's bot, marked with who saved it: so agents may do it, who may not touch the knowledge
   * otherwise. Throws `conflict` where no person has written.
   */
  async saveAnswer(ctx: TenantContext, conversationId: string, { question, answer }: { question: string; answer: string }): Promise<Source> {
    const { botId } = await this.chat.requireAccess(ctx, conversationId);
    const { saver, hasPersonWritten } = await this.inbox.whoSaves(ctx, conversationId, memberOf(ctx));
    if (!hasPersonWritten) throw new AppError('conflict', { reason: 'no_person_has_written' });
    return this.sources.create(ctx, botId, { type: 'qa', question, answer }, { conversationId, by: saver });
  }

  private async tell(ctx: TenantContext, conversationId: string, changed: Changed | null): Promise<{ ok: true }> {
    const { botId, lastSeq } = found(changed);
    await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id: conversationId, botId, lastSeq });
    return { ok: true };
  }
}

function memberOf({ caller }: TenantContext): string {
  if (caller.kind !== 'member') throw new AppError('forbidden');
  return caller.personId;
}
