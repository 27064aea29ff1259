import { Role, roles, type AgentName } from '@docent/contracts';
import type { TenantContext, TenantSql } from '@docent/platform';

/** A member who may write to visitors, by their own id or that of their membership; null for everybody else. */
export async function readAgent(sql: TenantSql, ctx: TenantContext, id: string): Promise<AgentName | null> {
  const [row] = await sql.query<{ id: string; name: string; role: string }>(
    'SELECT p.id, p.name, m.role FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.tenant_id = $1 AND (m.person_id = $2 OR m.id = $2)',
    [ctx.tenantId, id],
  );
  return row && mayWrite(row.role) ? { id: row.id, name: row.name } : null;
}

/** The name behind an assignee; where they have left the workspace by now, only their id is known. */
export async function assigneeName(sql: TenantSql, ctx: TenantContext, id: string | null): Promise<AgentName | null> {
  if (id === null) return null;
  const [row] = await sql.query<AgentName & Record<string, unknown>>(
    'SELECT p.id, p.name FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.tenant_id = $1 AND m.person_id = $2',
    [ctx.tenantId, id],
  );
  return row ? { id: row.id, name: row.name } : { id, name: '' };
}

/** Roles from agent on. */
export const writingRoles = roles.slice(roles.indexOf('agent'));

function mayWrite(role: string): boolean {
  return writingRoles.includes(Role.parse(role));
}
