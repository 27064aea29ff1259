import { Injectable } from '@nestjs/common';
import type { Access } from '@docent/contracts';
import { AppError, type FastifyRequest } from '@docent/platform';
import { VisitorTokens } from './visitor-tokens';
import type { Entry, WayIn } from './way-in';
import { bearerToken } from './way-in';

/** `Authorization: Bearer <visitor token>`. */
@Injectable()
export class VisitorWay implements WayIn {
  constructor(private readonly tokens: VisitorTokens) {}

  fits(request: FastifyRequest): boolean {
    return bearerToken(request) !== undefined;
  }

  async enter(request: FastifyRequest, access: Access): Promise<Entry> {
    const visitor = await this.tokens.verify(bearerToken(request)!);
    if (!access.visitor) throw new AppError('forbidden');
    // A page can't choose its Origin: a token that was carried to another website stops working there.
    if (request.headers.origin !== undefined && request.headers.origin !== visitor.origin)
      throw new AppError('origin_not_allowed');
    return {
      ctx: { tenantId: visitor.tenantId, caller: { kind: 'visitor', visitorId: visitor.visitorId, botId: visitor.botId } },
    };
  }
}
