import { Controller, Req, Res } from '@nestjs/common';
import { Count, routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type FastifyReply, type FastifyRequest, type TenantContext } from '@docent/platform';
import { ChatService } from './chat.service';
import { ConversationsRepository } from './conversations.repository';
import { EventStreams } from './event-streams';
import { FollowConversation } from './follow-conversation';
import { PollConversation } from './poll-conversation';
import { SentEvents } from './sent-events';

@Controller()
export class ChatController {
  constructor(
    private readonly chat: ChatService,
    private readonly conversations: ConversationsRepository,
    private readonly follower: FollowConversation,
    private readonly poller: PollConversation,
    private readonly streams: EventStreams,
  ) {}

  @Handle(routes.createConversation)
  create(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.createConversation>) {
    return this.chat.begin(ctx, params.botId, body);
  }

  @Handle(routes.listConversations)
  list(@Ctx() ctx: TenantContext, @Input() { query }: InputOf<typeof routes.listConversations>) {
    return this.chat.list(ctx, query);
  }

  @Handle(routes.getConversation)
  get(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getConversation>) {
    return this.chat.read(ctx, params.conversationId);
  }

  @Handle(routes.deleteConversation)
  remove(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.deleteConversation>) {
    return this.chat.remove(ctx, params.conversationId);
  }

  @Handle(routes.sendMessage)
  async send(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.sendMessage>) {
    const { turnId, seq } = await this.chat.ask(ctx, params.conversationId, body);
    return { turnId, seq };
  }

  @Handle(routes.stopTurn)
  stop(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.stopTurn>) {
    return this.chat.stop(ctx, params.conversationId, params.turnId);
  }

  @Handle(routes.rateTurn)
  rate(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.rateTurn>) {
    return this.chat.rate(ctx, params.conversationId, params.turnId, body.rating);
  }

  @Handle(routes.inspectTurn)
  inspect(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.inspectTurn>) {
    return this.chat.inspect(ctx, params.conversationId, params.turnId);
  }

  @Handle(routes.citedPassage)
  citedPassage(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.citedPassage>) {
    return this.chat.citedPassage(ctx, params);
  }

  @Handle(routes.overview)
  overview(@Ctx() ctx: TenantContext, @Input() { query }: InputOf<typeof routes.overview>) {
    return this.conversations.overview(ctx, query.days, query.botId);
  }

  /** `Last-Event-ID` is what a browser repeats by itself; `after` is for the first connection. */
  @Handle(routes.followEvents)
  async follow(@Ctx() ctx: TenantContext, @Input() { params, query }: InputOf<typeof routes.followEvents>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.chat.requireAccess(ctx, params.conversationId);
    const lastEventId = Count.safeParse(Number(request.headers['last-event-id'] || NaN));
    const after = lastEventId.success ? lastEventId.data : (query.after ?? 0);
    this.follower.feed(ctx, params.conversationId, after, new SentEvents(this.streams.open(ctx, reply), params.conversationId));
  }

  /** Long polling, for networks that break streams. */
  @Handle(routes.nextEvents)
  async next(@Ctx() ctx: TenantContext, @Input() { params, query }: InputOf<typeof routes.nextEvents>, @Res({ passthrough: true }) reply: FastifyReply) {
    const { read } = await this.chat.requireAccess(ctx, params.conversationId);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const unwatch = this.streams.watch(ctx, () => gone.abort());
    return this.poller.next(ctx, params.conversationId, query, read, AbortSignal.any([gone.signal, this.streams.leave])).finally(unwatch);
  }
}
