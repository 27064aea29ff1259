import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { BriefsService } from './briefs.service';
import { InboxService } from './inbox.service';

/** Finding conversations and what stands beside them. */
@Controller()
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly briefs: BriefsService,
  ) {}

  @Handle(routes.listInbox)
  list(@Ctx() ctx: TenantContext, @Input() { query }: InputOf<typeof routes.listInbox>) {
    return this.inbox.list(ctx, query);
  }

  @Handle(routes.countInbox)
  count(@Ctx() ctx: TenantContext, @Input() { query }: InputOf<typeof routes.countInbox>) {
    return this.inbox.count(ctx, query.botId);
  }

  @Handle(routes.conversationDetails)
  details(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.conversationDetails>) {
    return this.inbox.details(ctx, params.conversationId);
  }

  @Handle(routes.snoozeConversation)
  snooze(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.snoozeConversation>) {
    return this.inbox.snooze(ctx, params.conversationId, body.until);
  }

  @Handle(routes.tagConversation)
  tag(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.tagConversation>) {
    return this.inbox.tag(ctx, params.conversationId, body.tags);
  }

  @Handle(routes.setTopic)
  setTopic(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.setTopic>) {
    return this.inbox.setTopic(ctx, params.conversationId, body.topic);
  }

  @Handle(routes.listTopics)
  topics(@Ctx() ctx: TenantContext, @Input() { query }: InputOf<typeof routes.listTopics>) {
    return this.inbox.topics(ctx, query.botId);
  }

  @Handle(routes.addNote)
  addNote(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.addNote>) {
    return this.inbox.addNote(ctx, params.conversationId, body.text);
  }

  @Handle(routes.makeBrief)
  makeBrief(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.makeBrief>) {
    return this.briefs.make(ctx, params.conversationId);
  }

  @Handle(routes.saveAnswer)
  saveAnswer(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.saveAnswer>) {
    return this.inbox.saveAnswer(ctx, params.conversationId, body);
  }
}
