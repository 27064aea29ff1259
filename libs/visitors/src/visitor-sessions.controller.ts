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
    return this.sessions.open({
      botId: body.botId,
      previousToken: body.token,
      identity: body.identity,
      page: { origin: headers.origin, host: headers.host },
    });
  }

  @Handle(routes.proactiveRules)
  proactive(@Req() { headers }: FastifyRequest, @Input() { params }: InputOf<typeof routes.proactiveRules>) {
    // A browser names no origin where it reads from the page's own server, but the page that it reads for.
    return this.sessions.proactiveRules(params.botId, {
      origin: headers.origin ?? originOf(headers.referer),
      host: headers.host,
    });
  }
}

function originOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : URL.parse(address)?.origin;
}
