import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { TranscriptMailsService } from './transcript-mails.service';
import { VisitsService } from './visits.service';

@Controller()
export class VisitsController {
  constructor(
    private readonly visits: VisitsService,
    private readonly mails: TranscriptMailsService,
  ) {}

  @Handle(routes.hereAsVisitor)
  here(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.hereAsVisitor>) {
    return this.visits.here(ctx, params.conversationId, body);
  }

  @Handle(routes.rateConversation)
  rate(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.rateConversation>) {
    return this.visits.rate(ctx, params.conversationId, body);
  }

  @Handle(routes.listOwnConversations)
  own(@Ctx() ctx: TenantContext, @Input() { query }: InputOf<typeof routes.listOwnConversations>) {
    return this.visits.own(ctx, query);
  }

  @Handle(routes.latestConversation)
  latest(@Ctx() ctx: TenantContext) {
    return this.visits.latest(ctx);
  }

  @Handle(routes.mailTranscript)
  mail(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.mailTranscript>) {
    return this.mails.request(ctx, params.conversationId, body.email);
  }
}
