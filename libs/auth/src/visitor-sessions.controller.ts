import { Controller, Req } from '@nestjs/common';
import { routes, type InputOf, type VisitorSession } from '@docent/contracts';
import { Handle, Input, type FastifyRequest } from '@docent/platform';
import { VisitorSessionsService } from './visitor-sessions.service';

@Controller()
export class VisitorSessionsController {
  constructor(private readonly sessions: VisitorSessionsService) {}

  @Handle(routes.createVisitorSession)
  open(
    @Req() { headers }: FastifyRequest,
    @Input() { body }: InputOf<typeof routes.createVisitorSession>,
  ): Promise<VisitorSession> {
    return this.sessions.open({ botId: body.botId, previousToken: body.token, origin: headers.origin, host: headers.host });
  }
}
