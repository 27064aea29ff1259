import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { BotsService } from './bots.service';

@Controller()
export class BotsController {
  constructor(private readonly bots: BotsService) {}

  @Handle(routes.listBots)
  list(@Ctx() ctx: TenantContext) {
    return this.bots.list(ctx);
  }

  @Handle(routes.createBot)
  create(@Ctx() ctx: TenantContext, @Input() { body }: InputOf<typeof routes.createBot>) {
    return this.bots.create(ctx, body);
  }

  @Handle(routes.getBot)
  get(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getBot>) {
    return this.bots.get(ctx, params.botId);
  }

  @Handle(routes.updateBot)
  update(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.updateBot>) {
    return this.bots.update(ctx, params.botId, body);
  }

  @Handle(routes.deleteBot)
  remove(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.deleteBot>) {
    return this.bots.remove(ctx, params.botId);
  }
}
