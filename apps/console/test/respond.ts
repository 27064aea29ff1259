import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCodes, routes, type ErrorCode, type InputOf, type ResponseOf, type Route } from '@docent/contracts';

/** A refusal in the contract's words, or in others. */
export class Refusal extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string = errorCodes[code].message,
    readonly details?: unknown,
  ) {
    super(message);
  }
}

export interface Context {
  workspaceId: string;
  request: IncomingMessage;
  response: ServerResponse;
  /** The file's name when the request brought a file. */
  file?: { name: string; sizeBytes: number };
}

type RouteName = keyof typeof routes;
/** Whatever the script knows how to answer; the rest is `not_found`. Undefined: the handler has answered by itself. */
export type Handlers = {
  [N in RouteName]?: (input: InputOf<(typeof routes)[N]>, context: Context) => ResponseOf<(typeof routes)[N]> | undefined;
};

interface Match {
  name: RouteName;
  route: Route;
  params: Record<string, string>;
}

/** The route of the contract that fits a request. */
export function matchRoute(method: string, path: string): Match | undefined {
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    if (route.method !== method) continue;
    const pattern = new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const found = pattern.exec(path);
    if (found) return { name, route, params: { ...found.groups } };
  }
  return undefined;
}

/** Checks what came in, runs the handler, checks what goes out, and sends it. */
export async function respond(handlers: Handlers, match: Match, query: URLSearchParams, context: Context): Promise<void> {
  const { route } = match;
  const body = await readBody(context);
  const input = {
    params: route.params ? check(route.params, match.params) : undefined,
    query: route.query ? check(route.query, Object.fromEntries(query)) : undefined,
    body: route.body && !context.file ? check(route.body, body) : undefined,
  };
  const handler = handlers[match.name] as ((input: unknown, context: Context) => unknown) | undefined;
  if (!handler) throw new Refusal('not_found');
  const answer = handler(input, context);
  if (answer === undefined) return;
  send(context.response, route.status, route.response ? route.response.parse(answer) : answer);
}

/** Sends an error in the one shape that there is. */
export function refuse(response: ServerResponse, error: unknown): void {
  const refusal = error instanceof Refusal ? error : new Refusal('internal');
  if (!(error instanceof Refusal)) process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  if (response.headersSent) return void response.end();
  const { code, message, details } = refusal;
  if (code === 'rate_limited') response.setHeader('retry-after', '1');
  send(response, errorCodes[code].status, { error: { code, message, details, requestId: 'req-7f3a9c' } });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function check(schema: NonNullable<Route['body']>, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new Refusal(
      'invalid_request',
      undefined,
      parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    );
  return parsed.data;
}

async function readBody(context: Context): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of context.request) parts.push(part as Buffer);
  const content = Buffer.concat(parts);
  if (context.request.headers['content-type']?.startsWith('multipart/form-data')) {
    const name = /filename="([^"]*)"/.exec(content.toString('utf8'))?.[1] ?? 'file';
    context.file = { name, sizeBytes: content.length };
    return undefined;
  }
  return content.length > 0 ? (JSON.parse(content.toString('utf8')) as unknown) : undefined;
}
