import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ChatService, DraftAnswers, ModelSettingsService, type Draft } from '@docent/chat';
import type { Brief, Conversation, TranscriptEntry } from '@docent/contracts';
import { LOGGER, Signals, type TenantContext } from '@docent/platform';
import { LanguageModel, ModelError, type ModelConnection } from '@docent/ports';
import { BriefsRepository } from './briefs.repository';
import { summariseTranscript, unheard, type Summary } from './summarise-transcript';
import { checkedSummary, summaryMessages } from './summary-prompt';

const suggestionsMost = 2;
const summaryTokens = 300;
const firstTokenTimeoutMs = 15_000;
const idleTimeoutMs = 15_000;
const summaryWithinMs = 30_000;

/** What the bot tells the person who takes over: where things stand, and what they might reply. */
@Injectable()
export class BriefsService {
  constructor(
    private readonly chat: ChatService,
    private readonly drafts: DraftAnswers,
    private readonly settings: ModelSettingsService,
    private readonly models: LanguageModel,
    private readonly briefs: BriefsRepository,
    private readonly signals: Signals,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Made anew and stored; never within a transaction, because it may ask a model. */
  async make(ctx: TenantContext, conversationId: string): Promise<Brief> {
    const conversation = await this.chat.read(ctx, conversationId);
    const [summary, suggestions] = await Promise.all([this.summarise(ctx, conversation), this.suggest(ctx, conversation)]);
    const brief: Brief = { ...summary, suggestions };
    const stored = await this.briefs.store(ctx, conversationId, brief);
    if (stored) await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id: conversationId, ...stored });
    return brief;
  }

  private async summarise(ctx: TenantContext, { transcript }: Conversation): Promise<Summary> {
    const extractive = summariseTranscript(transcript);
    const model = await this.settings.present(ctx);
    if (!model || extractive.summary === '') return extractive;
    return this.byModel(model, transcript, extractive).catch((error: unknown) => {
      if (!(error instanceof ModelError)) throw error;
      this.logger.warn({ err: error }, 'a brief was made without the model');
      return extractive;
    });
  }

  private async byModel(model: ModelConnection, transcript: TranscriptEntry[], extractive: Summary): Promise<Summary> {
    let text = '';
    const limits = { maxOutputTokens: summaryTokens, firstTokenTimeoutMs, idleTimeoutMs, signal: AbortSignal.timeout(summaryWithinMs) };
    for await (const piece of this.models.stream(model, { messages: summaryMessages(transcript, extractive), ...limits })) if (piece.type === 'text') text += piece.text;
    return checkedSummary(text, extractive);
  }

  /** Replies to what the visitor said last and nobody has answered; otherwise to their last words. */
  private async suggest(ctx: TenantContext, { botId, transcript, locale }: Conversation): Promise<Draft[]> {
    const said = transcript.flatMap((entry) => (entry.role === 'visitor' && entry.text.trim() !== '' ? [entry.text] : []));
    const open = unheard(transcript);
    const questions = [...new Set((open.length > 0 ? open : said).slice(-suggestionsMost))].reverse();
    const drafts = await Promise.all(questions.map((question) => this.drafts.draft(ctx, botId, question, [], locale)));
    return drafts.filter((draft): draft is Draft => draft !== null).filter((draft, at, all) => all.findIndex(({ text }) => text === draft.text) === at);
  }
}
