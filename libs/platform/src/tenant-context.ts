import type { Role, Scope } from '@docent/contracts';

/** Who asks: a member in the console, a program with an API key, a visitor on a customer's page, or the product itself (jobs). */
export type Caller =
  | { kind: 'member'; personId: string; sessionId: string; role: Role }
  | { kind: 'key'; keyId: string; scopes: Scope[] }
  | { kind: 'visitor'; visitorId: string; botId: string }
  | { kind: 'system'; task: string };

/** Whose data a unit of work may touch, and for whom it is done. Made by guards and by the worker, never by a feature. */
export interface TenantContext {
  readonly tenantId: string;
  readonly caller: Caller;
}

/** The context of a background job; the tenant comes from the job's own row. */
export function systemContext(tenantId: string, task: string): TenantContext {
  return { tenantId, caller: { kind: 'system', task } };
}
