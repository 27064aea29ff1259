import { errorCodes, type ErrorCode } from '../errors';
import type { Access, Route } from '../route';
import { schemaReference } from './component-schemas';
import type { Json } from './document';
import { rateLimitHeaderReferences } from './rate-limit-headers';

const always: ErrorCode[] = [
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'rate_limited',
  'internal',
  'unavailable',
];

/** The error answers of a route by status, each with the codes that it can carry. */
export function errorResponses(route: Route): Record<string, Json> {
  return Object.fromEntries(
    [...codesByStatus(route)]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [String(status), { $ref: `#/components/responses/${responseName(codes)}` }]),
  );
}

/** Every error answer that some route refers to, by name: the codes that it can carry, joined. */
export function errorComponents(routes: Route[]): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const route of routes) {
    for (const [status, codes] of codesByStatus(route)) found[responseName(codes)] = errorResponse(status, codes);
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every code that a route can answer: its own, those of its way in, and those of every route. */
export function errorCodesOf(route: Route): ErrorCode[] {
  const body: ErrorCode[] = route.body ? ['too_large', 'unsupported_media_type'] : [];
  return [...new Set([...always, ...waysIn(route.access), ...body, ...(route.errors ?? [])])];
}

/** An example of each code, as a caller receives it. */
export function errorExamples(): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(errorCodes).map(([code, { message }]) => [
      code,
      { summary: message, value: { error: { code, message, requestId: '01k3v0n8' } } },
    ]),
  );
}

function codesByStatus(route: Route): Map<number, ErrorCode[]> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorCodesOf(route)) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code].sort());
  }
  return byStatus;
}

/** `invalid_request` is `InvalidRequest`; two codes of one status are `AOrB`. */
function responseName(codes: ErrorCode[]): string {
  return codes
    .map((code) =>
      code
        .split('_')
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join(''),
    )
    .join('Or');
}

function waysIn(access: Access): ErrorCode[] {
  const codes: ErrorCode[] = [];
  if (access.session || access.account) codes.push('session_expired');
  if (access.visitor) codes.push('token_expired', 'origin_not_allowed');
  return codes;
}

function errorResponse(status: number, codes: ErrorCode[]): Json {
  const narrowed = { properties: { error: { properties: { code: { enum: codes } } } } };
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: codes.map((code) => `\`${code}\`: ${errorCodes[code].message}`).join('\n\n'),
    headers: rateLimitHeaderReferences(status),
    content: { 'application/json': { schema: { allOf: [schemaReference('ErrorBody'), narrowed] }, examples } },
  };
}
