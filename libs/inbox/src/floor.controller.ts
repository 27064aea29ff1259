import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { FloorService } from './floor.service';

/** Who holds a conversation, and what they write. */
@Controller()
export class FloorController {
  constructor(private readonly floor: FloorService) {}

  @Handle(routes.takeConversation)
  take(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.takeConversation>) {
    return this.floor.take(ctx, params.conversationId, body.fence);
  }

  @Handle(routes.releaseConversation)
  release(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.releaseConversation>) {
    return this.floor.release(ctx, params.conversationId, body.to);
  }

  @Handle(routes.closeConversation)
  close(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.closeConversation>) {
    return this.floor.close(ctx, params.conversationId);
  }

  @Handle(routes.reopenConversation)
  reopen(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.reopenConversation>) {
    return this.floor.reopen(ctx, params.conversationId);
  }

  @Handle(routes.assignConversation)
  assign(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.assignConversation>) {
    return this.floor.assign(ctx, params.conversationId, body.memberId);
  }

  @Handle(routes.reply)
  reply(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.reply>) {
    return this.floor.reply(ctx, params.conversationId, body);
  }

  @Handle(routes.hereOnConversation)
  here(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.hereOnConversation>) {
    return this.floor.here(ctx, params.conversationId, body);
  }
}
