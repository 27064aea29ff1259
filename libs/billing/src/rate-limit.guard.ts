import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { z } from 'zod';
import { Email, Id, type Route } from '@docent/contracts';
import { AppError, ROUTE, type FastifyReply, type FastifyRequest } from '@docent/platform';
import { networkPrefix } from './network-prefix';
import type { Standing } from './rate-limiter';
import type { Bucket } from './rate-limits';
import { RequestRates } from './request-rates';

/**
 * Global, after the access guard, which has put the tenant on the request. Tells the standing in the headers RateLimit-Limit,
 * -Remaining and -Reset (seconds), and throws `rate_limited` with {retryAfterSeconds}.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly rates: RequestRates,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const route = this.reflector.get<Route | undefined>(ROUTE, execution.getHandler());
    if (execution.getType() !== 'http' || !route) return true;
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { ctx, personId } = request.docent;
    const { standing, buckets } = await this.rates.count({ route, ctx, personId, network: networkPrefix(request.ip), ...namedIn(request) });
    const reply = http.getResponse<FastifyReply>();
    if (standing) this.tell(reply, standing);
    this.giveBackOnSuccess(reply, buckets);
    return true;
  }

  /** Counted while it runs, so that racing attempts don't slip through together. */
  private giveBackOnSuccess(reply: FastifyReply, buckets: Bucket[]): void {
    const counted = buckets.filter((bucket) => bucket.failuresOnly);
    if (counted.length > 0) reply.raw.once('finish', () => reply.statusCode < 400 && void this.rates.giveBack(counted));
  }

  private tell(reply: FastifyReply, standing: Standing): void {
    void reply.headers({
      'ratelimit-limit': standing.limit,
      'ratelimit-remaining': standing.remaining,
      'ratelimit-reset': standing.resetSeconds,
    });
    if (!standing.allowed) throw new AppError('rate_limited', { retryAfterSeconds: standing.resetSeconds });
  }
}

const AnId = Id.optional().catch(undefined);
const Named = z.object({ botId: AnId, model: AnId, email: Email.optional().catch(undefined) }).catch({});

/**
 * Bot and e-mail address as the request names them; it isn't validated yet, so anything else than these is left out. The OpenAI protocol
 * calls a bot a model.
 */
export function namedIn({ params, body }: Pick<FastifyRequest, 'params' | 'body'>): { botId?: string; email?: string } {
  const inBody = Named.parse(body);
  return { botId: Named.parse(params).botId ?? inBody.botId ?? inBody.model, email: inBody.email };
}
