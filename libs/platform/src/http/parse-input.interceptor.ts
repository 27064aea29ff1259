import type {} from '@fastify/multipart';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { z } from 'zod';
import type { Route } from '@docent/contracts';
import { AppError } from '../app-error';
import { ROUTE } from './handle';

/** Parses every request by its route's schemas after the guards let it pass. What a route doesn't describe doesn't reach a handler. */
@Injectable()
export class ParseInputInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (execution.getType() !== 'http') return next.handle();
    const route = this.reflector.get<Route | undefined>(ROUTE, execution.getHandler());
    if (!route) return next.handle();
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const isMultipart = route.multipart === true && request.isMultipart();
    request.docent.input = {
      params: parse('params', route.params, request.params),
      query: parse('query', route.query, request.query),
      // A multipart body is read by its handler as a stream, within limits of its own.
      body: isMultipart ? undefined : parse('body', route.body, request.body ?? {}),
    };
    return next.handle();
  }
}

function parse(part: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 20).map((issue) => ({ in: part, field: issue.path.join('.'), problem: issue.message }));
  // An id that can't exist is simply not there.
  if (part === 'params') throw new AppError('not_found');
  // Many programs show the message alone.
  const [first] = fields;
  throw new AppError('invalid_request', { fields }, { message: `The request does not have the expected form: ${first!.field || part}: ${first!.problem}. See "details" for each field.` });
}
