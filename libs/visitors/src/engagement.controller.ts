import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { EngagementService } from './engagement.service';

@Controller()
export class EngagementController {
  constructor(private readonly engagement: EngagementService) {}

  @Handle(routes.getEngagement)
  get(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getEngagement>) {
    return this.engagement.now(ctx, params.botId);
  }

  @Handle(routes.updateEngagement)
  update(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.updateEngagement>) {
    return this.engagement.update(ctx, params.botId, body);
  }
}
