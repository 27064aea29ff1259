import { Readable } from 'node:stream';
import { Controller, Res } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type FastifyReply, type TenantContext } from '@docent/platform';
import { LeadsService } from './leads.service';

@Controller()
export class LeadsController {
  constructor(private readonly leads: LeadsService) {}

  @Handle(routes.leaveLead)
  leave(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.leaveLead>) {
    return this.leads.leave(ctx, params.botId, body);
  }

  @Handle(routes.listLeads)
  list(@Ctx() ctx: TenantContext, @Input() { params, query }: InputOf<typeof routes.listLeads>) {
    return this.leads.list(ctx, params.botId, query);
  }

  @Handle(routes.exportLeads)
  async export(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.exportLeads>, @Res() reply: FastifyReply) {
    const lines = await this.leads.exportCsv(ctx, params.botId);
    return reply
      .header('content-disposition', 'attachment; filename="leads.csv"')
      .header('x-content-type-options', 'nosniff')
      .type('application/octet-stream')
      .send(Readable.from(lines));
  }
}
