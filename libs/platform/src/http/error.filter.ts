import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type ErrorBody, type ErrorCode } from '@docent/contracts';
import { AppError } from '../app-error';

/** Turns whatever was thrown into the one error shape. A surprise is logged here, once, and told to the caller without its content. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') return;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const refusal = toAppError(error);
    if (refusal.code === 'internal') this.logger.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed');
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (refusal.code === 'rate_limited' && isWait(refusal.details)) void reply.header('retry-after', String(Math.ceil(refusal.details.retryAfterSeconds)));
    void reply.status(refusal.status).type('application/json').send(toErrorBody(refusal, request.id));
  }
}

/** The body of an error answer. */
export function toErrorBody(refusal: AppError, requestId: string): ErrorBody {
  return { error: { code: refusal.code, message: refusal.message, ...(refusal.details === undefined ? {} : { details: refusal.details }), requestId } };
}

/** Knows the errors of the framework by their status; anything else is a surprise. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  return new AppError(status === undefined ? 'internal' : (codeByStatus[status] ?? (status < 500 ? 'invalid_request' : 'internal')));
}

const codeByStatus: Record<number, ErrorCode> = { 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found', 405: 'method_not_allowed', 413: 'too_large', 415: 'unsupported_media_type', 429: 'rate_limited', 503: 'unavailable' };

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined;
}

function isWait(details: unknown): details is { retryAfterSeconds: number } {
  return typeof details === 'object' && details !== null && 'retryAfterSeconds' in details && typeof details.retryAfterSeconds === 'number';
}

