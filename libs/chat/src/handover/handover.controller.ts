import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { HandoverSettingsService } from './handover-settings.service';
import { HandoverService } from './handover.service';

/** Asking for a person, and the rules by which the bot does. */
@Controller()
export class HandoverController {
  constructor(
    private readonly handovers: HandoverService,
    private readonly settings: HandoverSettingsService,
  ) {}

  @Handle(routes.requestPerson)
  requestPerson(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.requestPerson>) {
    return this.handovers.requestPerson(ctx, params.conversationId);
  }

  @Handle(routes.cancelPerson)
  cancelPerson(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.cancelPerson>) {
    return this.handovers.cancelPerson(ctx, params.conversationId);
  }

  @Handle(routes.getHandoverSettings)
  getSettings(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.getHandoverSettings>) {
    return this.settings.get(ctx, params.botId);
  }

  @Handle(routes.updateHandoverSettings)
  updateSettings(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.updateHandoverSettings>) {
    return this.settings.update(ctx, params.botId, body);
  }
}
