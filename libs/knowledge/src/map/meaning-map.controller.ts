import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { SourcesService } from '../sources.service';
import { MeaningMapService } from './meaning-map.service';

@Controller()
export class MeaningMapController {
  constructor(
    private readonly sources: SourcesService,
    private readonly maps: MeaningMapService,
  ) {}

  @Handle(routes.meaningMap)
  async draw(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.meaningMap>) {
    await this.sources.requireBot(ctx, params.botId);
    return this.maps.draw(ctx, params.botId);
  }
}
