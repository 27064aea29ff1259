import { roles, type Access, type Role } from '@docent/contracts';
import type { TenantContext } from '@docent/platform';

/** Whether a caller may use what a route of the contract opens, in whatever way they came in. */
export function mayUse({ caller }: TenantContext, access: Access): boolean {
  if (caller.kind === 'visitor') return access.visitor === true;
  if (caller.kind === 'key') return access.key !== undefined && caller.scopes.includes(access.key);
  return caller.kind === 'member' && access.session !== undefined && isAtLeast(caller.role, access.session);
}

/** Whether a role may do what needs at least `needed`. */
export function isAtLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
