import { Controller } from '@nestjs/common';
import { planIds, routes, type Plan, type Usage } from '@docent/contracts';
import { Ctx, Handle, type TenantContext } from '@docent/platform';
import { plans } from './plans';
import { UsageService } from './usage.service';

@Controller()
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  @Handle(routes.usage)
  overview(@Ctx() ctx: TenantContext): Promise<Usage> {
    return this.usage.overview(ctx);
  }

  @Handle(routes.listPlans)
  listPlans(): { items: Plan[] } {
    return { items: planIds.map((id) => plans[id]) };
  }
}
