import type { Access } from '@docent/contracts';
import type { FastifyRequest, TenantContext } from '@docent/platform';

/** Who came in, and where to. */
export interface Entry {
  ctx?: TenantContext;
  personId?: string;
  sessionId?: string;
}

/** One kind of credential. */
export interface WayIn {
  /** Whether the request brings this kind of credential, good or bad. */
  fits(request: FastifyRequest): boolean;
  /** Throws `unauthenticated` for a bad credential and `forbidden` where a good one does not suffice for the route. */
  enter(request: FastifyRequest, access: Access): Promise<Entry>;
}

/** The token of an `authorization: Bearer` header (RFC 6750); undefined for any other scheme. */
export function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer +([^\s]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
}
