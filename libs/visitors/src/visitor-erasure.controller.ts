import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { VisitorErasureService } from './visitor-erasure.service';

@Controller()
export class VisitorErasureController {
  constructor(private readonly erasure: VisitorErasureService) {}

  @Handle(routes.deleteVisitor)
  remove(@Ctx() ctx: TenantContext, @Input() { params, query }: InputOf<typeof routes.deleteVisitor>) {
    return this.erasure.erase(ctx, params.visitorId, query.conversations);
  }
}
