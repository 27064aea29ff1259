import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { ModelSettingsService } from './model-settings.service';

@Controller()
export class ModelSettingsController {
  constructor(private readonly settings: ModelSettingsService) {}

  @Handle(routes.getModelSettings)
  get(@Ctx() ctx: TenantContext) {
    return this.settings.get(ctx);
  }

  @Handle(routes.updateModelSettings)
  update(@Ctx() ctx: TenantContext, @Input() { body }: InputOf<typeof routes.updateModelSettings>) {
    return this.settings.update(ctx, body);
  }

  @Handle(routes.resetModelSettings)
  reset(@Ctx() ctx: TenantContext) {
    return this.settings.reset(ctx);
  }

  @Handle(routes.testModelSettings)
  test(@Ctx() ctx: TenantContext, @Input() { body }: InputOf<typeof routes.testModelSettings>) {
    return this.settings.test(ctx, body);
  }
}
