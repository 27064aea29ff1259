import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { ConnectionError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowedCorsOrigin } from '@docent/auth';
import { AppError, toAppError, toErrorBody, type RequestState } from '@docent/platform';

const statusTexts: Record<number, string> = { 400: 'Bad Request', 413: 'Content Too Large' };
const yearSeconds = 31_536_000;

/** What every request passes before the application: its state, cross-origin rules, security headers, body parsing. */
export async function prepareEdge(server: FastifyInstance, { isHttps, maxUploadBytes }: { isHttps: boolean; maxUploadBytes: number }): Promise<void> {
  server.decorateRequest('docent', null as unknown as RequestState);
  server.addHook('onRequest', async (request, reply) => {
    request.docent = {};
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff').header('referrer-policy', 'strict-origin-when-cross-origin');
    if (isHttps) void reply.header('strict-transport-security', `max-age=${yearSeconds}; includeSubDomains`);
    if (request.url.startsWith('/v1/')) void reply.header('cache-control', 'no-store').header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    if (answerCors(request, reply)) return reply;
  });
  await server.register(cookie);
  await server.register(multipart, { limits: { fileSize: maxUploadBytes, files: 1, fields: 5, parts: 6, headerPairs: 50 } });
  await server.register(compress, { threshold: 1024, encodings: ['gzip'] });
  parseJson(server);
}

/** Says true where the request was a preflight and is answered. */
function answerCors(request: FastifyRequest, reply: FastifyReply): boolean {
  const origin = allowedCorsOrigin(request.url.split('?')[0]!, request.headers.origin);
  if (origin) {
    void reply.header('access-control-allow-origin', origin).header('vary', 'origin');
    void reply.header('access-control-expose-headers', 'retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, x-request-id');
  }
  if (request.method !== 'OPTIONS') return false;
  if (origin) {
    void reply.header('access-control-allow-methods', 'GET, POST, PUT, DELETE').header('access-control-allow-headers', 'authorization, content-type, last-event-id');
    void reply.header('access-control-max-age', '7200');
  }
  void reply.status(204).send();
  return true;
}

/** An empty body is no body: many clients send the content type with every POST. */
function parseJson(server: FastifyInstance): void {
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body: string, done) => {
    if (body.trim() === '') return done(null, undefined);
    try {
      done(null, JSON.parse(body));
    } catch {
      done(new AppError('invalid_request', { fields: [{ in: 'body', field: '', problem: 'is not valid JSON' }] }), undefined);
    }
  });
}

/** Errors before any route is found, such as a broken address. */
export function answerFrameworkError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = toAppError(error);
  void reply.header('x-request-id', request.id).status(refusal.status).type('application/json').send(JSON.stringify(toErrorBody(refusal, request.id)));
}

/** What is no HTTP at all, before there is a request: the same shape, written to the socket by hand. */
export function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const refusal = new AppError(error.code === 'HPE_HEADER_OVERFLOW' ? 'too_large' : 'invalid_request');
  const requestId = randomUUID();
  const body = JSON.stringify(toErrorBody(refusal, requestId));
  const head = [`HTTP/1.1 ${refusal.status} ${statusTexts[refusal.status] ?? ''}`, 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`, `x-request-id: ${requestId}`, 'connection: close'];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
