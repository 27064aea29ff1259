import { Injectable } from '@nestjs/common';
import type { Channel, Conversation, EventPayload, InputOf, Rating, routes, SendMessage, Turn, TurnInspection } from '@docent/contracts';
import { AppError, found, Signals, type TenantContext, type TenantSql } from '@docent/platform';
import { answerTexts } from './answer/answer-texts';
import { AnswerPreparations, type AnswerPreparation } from './answer-preparations';
import { AttachmentFiles } from './attachment-files';
import { ChatRepository, type ConversationAccess } from './chat.repository';
import { ChatGoneError } from './conversation-gone';
import { ConversationHub } from './conversation-hub';
import { botOf, ConversationsRepository } from './conversations.repository';
import { toConversation, toSummary, toTopic } from './to-conversation';
import { TurnRunner } from './turn-runner';

/** How much of the source is shown around a cited sentence, on each side, in UTF-16 units. */
const aroundCitation = 400;

/** Asking, reading, stopping, rating. */
@Injectable()
export class ChatService {
  constructor(
    private readonly chats: ChatRepository,
    private readonly conversations: ConversationsRepository,
    private readonly turns: TurnRunner,
    private readonly preparations: AnswerPreparations,
    private readonly hub: ConversationHub,
    private readonly attachments: AttachmentFiles,
    private readonly signals: Signals,
  ) {}

  /** Begins a conversation with a bot; a visitor only with the bot of their token. */
  async begin(ctx: TenantContext, botId: string, given: { pageUrl?: string; locale?: string; channel?: Channel; history?: EventPayload<'message'>[] }): Promise<Conversation> {
    const { caller } = ctx;
    if (caller.kind === 'visitor' && caller.botId !== botId) throw new AppError('not_found');
    const channel = given.channel ?? ({ visitor: 'widget', member: 'playground', key: 'api', system: 'api' } as const)[caller.kind];
    const visitorId = caller.kind === 'visitor' ? caller.visitorId : null;
    const id = await this.chats.createConversation(ctx, { botId, channel, visitorId, pageUrl: given.pageUrl ?? null, locale: given.locale ?? null, history: given.history });
    if (id === null && visitorId !== null) throw new ChatGoneError();
    return this.read(ctx, found(id));
  }

  /** The visitor asks: the question is stored, the answer begins; both are found in the log. Throws turn_running while an answer is on its way. */
  async ask(ctx: TenantContext, conversationId: string, message: SendMessage): Promise<Turn & { limited: boolean }> {
    const preparation = this.preparations.of(ctx, conversationId, message.text);
    const opened = found(await this.open(ctx, conversationId, message, preparation));
    if (opened.outcome === 'busy') throw new AppError('turn_running');
    if (opened.outcome === 'known') return { turnId: opened.turnId, seq: opened.seq, limited: false };
    this.hub.publish(conversationId, opened.events);
    if (opened.outcome === 'relayed') {
      await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id: conversationId, botId: opened.botId, lastSeq: opened.seq });
      return { turnId: opened.turnId, seq: opened.seq, limited: false };
    }
    if (opened.outcome === 'opened') this.turns.start(opened.turn, preparation);
    return { turnId: opened.turn.turnId, seq: opened.seq, limited: opened.outcome === 'limited' };
  }

  async read(ctx: TenantContext, conversationId: string): Promise<Conversation> {
    const { row, events, ratings } = found(await this.conversations.read(ctx, conversationId));
    return toConversation(row, events, ratings);
  }

  /** A visitor sees their own with the bot of their token only. */
  async list(ctx: TenantContext, query: InputOf<typeof routes.listConversations>['query']) {
    const rows = await this.conversations.list(ctx, { ...query, botId: botOf(ctx) ?? query.botId });
    const items = rows.slice(0, query.limit).map((row) => ({ ...toSummary(row), topic: toTopic(row) }));
    return { items, nextCursor: rows.length > query.limit ? items.at(-1)!.id : null };
  }

  /** The conversation in which a visitor spoke last; null where there is none. */
  latest(ctx: TenantContext): Promise<string | null> {
    return this.conversations.latest(ctx);
  }

  async remove(ctx: TenantContext, conversationId: string): Promise<{ ok: true }> {
    const { botId, lastSeq } = await this.requireAccess(ctx, conversationId);
    await this.attachments.remove(ctx, found(await this.conversations.remove(ctx, conversationId)));
    await this.signals.send('gone', ctx.tenantId);
    await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id: conversationId, botId, lastSeq });
    return { ok: true };
  }

  async stop(ctx: TenantContext, conversationId: string, turnId: string): Promise<{ ok: true }> {
    await this.requireAccess(ctx, conversationId);
    if (!(await this.chats.requestStop(ctx, conversationId, turnId))) throw new AppError('not_found');
    this.turns.stop(turnId);
    return { ok: true };
  }

  async rate(ctx: TenantContext, conversationId: string, turnId: string, rating: Rating | null): Promise<{ ok: true }> {
    const { botId, lastSeq } = await this.requireAccess(ctx, conversationId);
    if (!(await this.chats.rate(ctx, conversationId, turnId, rating))) throw new AppError('not_found');
    await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id: conversationId, botId, lastSeq });
    return { ok: true };
  }

  async inspect(ctx: TenantContext, conversationId: string, turnId: string): Promise<TurnInspection> {
    return found(await this.conversations.inspection(ctx, conversationId, turnId));
  }

  /** The cited sentence with what stands around it. Where the source is gone by now, the quote that was stored with the answer remains. */
  async citedPassage(ctx: TenantContext, { conversationId, turnId, n }: InputOf<typeof routes.citedPassage>['params']) {
    const citation = found(await this.conversations.citation(ctx, conversationId, turnId, n));
    const text = await this.conversations.snapshotText(ctx, citation);
    if (text === null) return { citation, before: '', quote: citation.quote, after: '' };
    return {
      citation,
      before: fromWholeWord(text.slice(Math.max(0, citation.start - aroundCitation), citation.start), citation.start > aroundCitation),
      quote: text.slice(citation.start, citation.end),
      after: toWholeWord(text.slice(citation.end, citation.end + aroundCitation), citation.end + aroundCitation < text.length),
    };
  }

  /** Throws not_found for a conversation of somebody else. */
  async requireAccess(ctx: TenantContext, conversationId: string): Promise<ConversationAccess> {
    return found(await this.chats.access(ctx, conversationId));
  }

  /** A conversation's row is locked while a turn opens, so that the same message twice at one moment still is one turn. */
  private async open(ctx: TenantContext, conversationId: string, message: SendMessage, preparation: AnswerPreparation) {
    const limitText = async (botId: string, sql: TenantSql) => {
      const [bot] = await sql.query<{ limit_message: string }>('SELECT limit_message FROM bots WHERE tenant_id = $1 AND id = $2', [ctx.tenantId, botId]);
      return bot?.limit_message || answerTexts(null).limitReached;
    };
    return this.chats.openTurn(ctx, conversationId, message, this.turns.lease, limitText, preparation);
  }
}

/** Where text was cut off, a part of a word is left out; text without blanks stays as it is. */
function fromWholeWord(text: string, isCut: boolean): string {
  return (isCut ? text.replace(/^\S{0,40}\s+/, '… ') : text).toWellFormed();
}

function toWholeWord(text: string, isCut: boolean): string {
  return (isCut ? text.replace(/\s+\S{0,40}$/, ' …') : text).toWellFormed();
}
