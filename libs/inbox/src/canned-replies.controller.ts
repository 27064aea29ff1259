import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { AppError, Ctx, found, Handle, Input, type TenantContext } from '@docent/platform';
import { CannedRepliesRepository } from './canned-replies.repository';

/** Replies that a workspace has prepared. Two of the same shortcut are a `conflict`. */
@Controller()
export class CannedRepliesController {
  constructor(private readonly replies: CannedRepliesRepository) {}

  @Handle(routes.listCannedReplies)
  async list(@Ctx() ctx: TenantContext) {
    return { items: await this.replies.list(ctx) };
  }

  @Handle(routes.createCannedReply)
  async create(@Ctx() ctx: TenantContext, @Input() { body }: InputOf<typeof routes.createCannedReply>) {
    return (await this.replies.create(ctx, body)) ?? taken(body.shortcut);
  }

  @Handle(routes.updateCannedReply)
  async update(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.updateCannedReply>) {
    const updated = await this.replies.update(ctx, { id: params.cannedReplyId, ...body });
    return updated === 'taken' ? taken(body.shortcut) : found(updated);
  }

  @Handle(routes.deleteCannedReply)
  async remove(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.deleteCannedReply>) {
    if (!(await this.replies.remove(ctx, params.cannedReplyId))) throw new AppError('not_found');
    return { ok: true as const };
  }
}

function taken(shortcut: string): never {
  throw new AppError('conflict', { shortcut });
}
