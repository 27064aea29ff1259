import { applyDecorators, createParamDecorator, HttpCode, RequestMapping, RequestMethod, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access, InputOf, Route } from '@docent/contracts';
import { AppError } from '../app-error';
import type { TenantContext } from '../tenant-context';

export const ROUTE = Symbol('ROUTE');

/** What the guards know about a request; handlers read it through {@link Ctx} and {@link Input}. */
export interface RequestState {
  ctx?: TenantContext;
  /** The signed-in person of an `account` or `session` route. */
  personId?: string;
  sessionId?: string;
  input?: { params: unknown; query: unknown; body: unknown };
}

declare module 'fastify' {
  interface FastifyRequest {
    docent: RequestState;
  }
}

/** Binds a handler to a route of the contract: address, method, status, who may call it, and what is parsed. */
export function Handle(route: Route): MethodDecorator {
  const path = route.path.replace(/\{(\w+)\}/g, ':$1');
  return applyDecorators(RequestMapping({ path, method: RequestMethod[route.method] }), HttpCode(route.status), SetMetadata(ROUTE, route));
}

/** The tenant and caller of this request. Fails loudly on a route that has none. */
export const Ctx = createParamDecorator((_: unknown, execution: ExecutionContext): TenantContext => {
  const { ctx } = execution.switchToHttp().getRequest<FastifyRequest>().docent;
  if (!ctx) throw new Error('This route has no tenant: its access must name session, key or visitor.');
  return ctx;
});

/** The signed-in person, for routes with `account` access. */
export const PersonId = createParamDecorator((_: unknown, execution: ExecutionContext): string => {
  const { personId } = execution.switchToHttp().getRequest<FastifyRequest>().docent;
  if (!personId) throw new AppError('unauthenticated');
  return personId;
});

/** Parameters, query and body as the contract describes them, parsed. */
export const Input = createParamDecorator((_: unknown, execution: ExecutionContext): InputOf<Route> => {
  return execution.switchToHttp().getRequest<FastifyRequest>().docent.input as InputOf<Route>;
});

export type { Access, FastifyReply, FastifyRequest };
