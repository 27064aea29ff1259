import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Id, type Bot, type ChatCompletion, type ChatCompletionChunk, type ChatCompletionRequest, type ConversationEvent, type ErrorBody, type EventPayload } from '@docent/contracts';
import { AppError, found, type TenantContext } from '@docent/platform';
import { estimateTokens } from './answer/estimate-tokens';
import { BotsRepository } from './bots.repository';
import { ChatService } from './chat.service';
import { ConversationGoneError } from './conversation-gone';
import { FollowConversation } from './follow-conversation';
import type { Leaving } from './leaving';
import { RepeatedAnswer } from './repeated-answer';

/** A completion on its way: it is a turn of a conversation like any other. */
export interface AskedCompletion {
  id: string;
  created: number;
  model: string;
  conversationId: string;
  turnId: string;
  seq: number;
  promptTokens: number;
}

/** What a program is told that has read the beginning of an answer which now begins otherwise. */
const begunAnew = 'The server that was answering has ended, and the answer that another one wrote differs from the beginning that was sent. The whole answer is in the conversation.';

type Completed = EventPayload<'answer.completed'>;

/** The OpenAI protocol over the conversation's log: the same answer, citations and ledger entry as everywhere. */
@Injectable()
export class OpenAiCompletions {
  constructor(
    private readonly chat: ChatService,
    private readonly follower: FollowConversation,
    private readonly bots: BotsRepository,
  ) {}

  async models(ctx: TenantContext) {
    return { object: 'list' as const, data: (await this.bots.list(ctx)).map(toModel) };
  }

  async model(ctx: TenantContext, botId: string) {
    return toModel(found(await this.bots.find(ctx, botId)));
  }

  /** The last message must be the user's: it is the question; those before it are the history. */
  async ask(ctx: TenantContext, request: ChatCompletionRequest): Promise<AskedCompletion> {
    const messages = request.messages.map(toSaid);
    const question = messages.at(-1)!;
    if (question.role !== 'visitor') throw wrongField('messages', 'the last message must have the role "user"');
    if (question.text.trim() === '' || question.text.length > 4000) throw wrongField('messages', 'the last message needs between 1 and 4 000 characters');
    if (!Id.safeParse(request.model).success) throw new AppError('not_found', undefined, { message: 'There is no bot with this id: "model" is the id of a bot (see /v1/models).' });
    const conversation = await this.chat.begin(ctx, request.model, { channel: 'openai', history: messages.slice(0, -1) });
    const turn = await this.chat.ask(ctx, conversation.id, { clientMessageId: randomUUID(), text: question.text });
    if (turn.limited) throw new AppError('limit_reached');
    const promptTokens = messages.reduce((sum, message) => sum + estimateTokens(message.text), 0);
    return { id: `chatcmpl-${turn.turnId}`, created: seconds(new Date()), model: request.model, conversationId: conversation.id, turnId: turn.turnId, seq: turn.seq, promptTokens };
  }

  async whole(ctx: TenantContext, asked: AskedCompletion): Promise<ChatCompletion> {
    for await (const event of this.eventsOf(ctx, asked, AbortSignal.timeout(300_000))) {
      if (event.type === 'answer.failed') throw new AppError(event.data.code, undefined, { message: event.data.message });
      if (event.type === 'answer.completed') return toCompletion(asked, event.data);
    }
    throw new AppError('model_failed');
  }

  /**
   * Ends after the answer; an answer that fails midway ends with an error object, as OpenAI's own streams do. This protocol can't take
   * a text back: an answer that is begun anew goes on where it repeats what was sent, and ends with an error object where it differs.
   */
  async *chunks(ctx: TenantContext, asked: AskedCompletion, includeUsage: boolean, closed: Leaving): AsyncGenerator<ChatCompletionChunk | ErrorBody> {
    try {
      yield* this.pieces(ctx, asked, includeUsage, closed);
    } catch (error) {
      if (!(error instanceof ConversationGoneError)) throw error;
      yield { error: { code: error.code, message: error.message, requestId: asked.id } };
    }
  }

  private async *pieces(ctx: TenantContext, asked: AskedCompletion, includeUsage: boolean, closed: Leaving): AsyncGenerator<ChatCompletionChunk | ErrorBody> {
    const chunk = (delta: ChatCompletionChunk['choices'][0]['delta'], finish: 'stop' | 'length' | null = null): ChatCompletionChunk => ({
      id: asked.id,
      object: 'chat.completion.chunk',
      created: asked.created,
      model: asked.model,
      choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }],
      ...(includeUsage ? { usage: null } : {}),
    });
    const told = new RepeatedAnswer();
    const differs: ErrorBody = { error: { code: 'model_failed', message: begunAnew, requestId: asked.id } };
    yield chunk({ role: 'assistant', content: '' });
    for await (const event of this.eventsOf(ctx, asked, closed)) {
      if (event.type === 'answer.restarted') told.restart();
      if (event.type === 'answer.delta') {
        const fresh = told.add(event.data.text);
        if (fresh === null) return yield differs;
        if (fresh) yield { ...chunk({ content: fresh }), ...(event.data.citations ? { citations: event.data.citations } : {}), ...(event.data.unsupported ? { unsupported: event.data.unsupported } : {}) };
      }
      if (event.type === 'answer.failed') return yield { error: { code: event.data.code, message: event.data.message, requestId: asked.id } };
      if (event.type !== 'answer.completed') continue;
      if (!told.isWhole) return yield differs;
      yield { ...chunk({}, finishOf(event.data)), citations: event.data.citations, unsupported: event.data.unsupported ?? [], answered: event.data.answered, conversation_id: asked.conversationId };
      if (includeUsage) yield { ...chunk({}), choices: [], usage: usageOf(asked, event.data) };
      return;
    }
  }

  private async *eventsOf(ctx: TenantContext, asked: AskedCompletion, signal: Leaving): AsyncGenerator<Exclude<ConversationEvent, { type: 'message' | 'handover' }>> {
    for await (const events of this.follower.follow(ctx, asked.conversationId, asked.seq, signal)) {
      for (const event of events) if (event.type !== 'message' && event.type !== 'handover' && event.data.turnId === asked.turnId) yield event;
    }
  }
}

function toModel({ id, name, createdAt }: Bot) {
  return { id, object: 'model' as const, created: seconds(new Date(createdAt)), owned_by: 'docent', name };
}

function toSaid({ role, content }: ChatCompletionRequest['messages'][number]): EventPayload<'message'> {
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text).join('\n');
  const saidBy = { user: 'visitor', assistant: 'assistant', system: 'system', developer: 'system' } as const;
  return { turnId: null, clientMessageId: null, role: saidBy[role], text };
}

function toCompletion(asked: AskedCompletion, answer: Completed): ChatCompletion {
  return {
    id: asked.id,
    object: 'chat.completion',
    created: asked.created,
    model: asked.model,
    choices: [{ index: 0, message: { role: 'assistant', content: answer.text, refusal: null }, finish_reason: finishOf(answer), logprobs: null }],
    usage: usageOf(asked, answer),
    citations: answer.citations,
    unsupported: answer.unsupported ?? [],
    answered: answer.answered,
    conversation_id: asked.conversationId,
  };
}

/** Estimates: the model's own count, where there is a model, is the provider's business. */
function usageOf(asked: AskedCompletion, answer: Completed) {
  const completionTokens = estimateTokens(answer.text);
  return { prompt_tokens: asked.promptTokens, completion_tokens: completionTokens, total_tokens: asked.promptTokens + completionTokens };
}

function finishOf(answer: Completed): 'stop' | 'length' {
  return answer.finishReason === 'length' ? 'length' : 'stop';
}

function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}

function wrongField(field: string, problem: string): AppError {
  return new AppError('invalid_request', { fields: [{ in: 'body', field, problem }] });
}
