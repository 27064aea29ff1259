import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Route } from '@docent/contracts';
import { AppError, CONFIG, ROUTE, type Config, type FastifyRequest } from '@docent/platform';
import { ApiKeyWay } from './api-key.way';
import { assertOwnOrigin, isSafeMethod } from './request-origin';
import { SessionWay } from './session.way';
import { VisitorWay } from './visitor.way';
import type { WayIn } from './way-in';

const OUTSIDE_CONTRACT = Symbol('OUTSIDE_CONTRACT');

/** Marks a controller or handler that is no part of the API and open to anyone: health, metrics, static files. */
export function OutsideContract(): ClassDecorator & MethodDecorator {
  return SetMetadata(OUTSIDE_CONTRACT, true);
}

const accountPath = '/v1/auth/';

/**
 * Global and first: nothing is reached that the route table does not open. A request brings one credential, and that one
 * decides: an `authorization` header is never topped up by a cookie.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly waysIn: WayIn[];

  constructor(
    private readonly reflector: Reflector,
    apiKeys: ApiKeyWay,
    visitors: VisitorWay,
    sessions: SessionWay,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.waysIn = [apiKeys, visitors, sessions];
  }

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (execution.getType() !== 'http') return true;
    const route = this.reflector.get<Route | undefined>(ROUTE, execution.getHandler());
    if (!route) return this.isOutsideContract(execution);
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    // Sign-in and the like set cookies: another website may not do that in somebody's browser either.
    if (route.path.startsWith(accountPath) && !isSafeMethod(request.method))
      assertOwnOrigin(request.headers, this.config.publicUrl);
    if (route.access.public) return true;
    Object.assign(request.docent, await this.wayInOf(request).enter(request, route.access));
    return true;
  }

  private wayInOf(request: FastifyRequest): WayIn {
    const candidates = request.headers.authorization === undefined ? this.waysIn : this.waysIn.slice(0, 2);
    const wayIn = candidates.find((candidate) => candidate.fits(request));
    if (!wayIn) throw new AppError('unauthenticated');
    return wayIn;
  }

  private isOutsideContract(execution: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<true | undefined>(OUTSIDE_CONTRACT, [execution.getHandler(), execution.getClass()]))
      return true;
    throw new AppError('forbidden');
  }
}
