import { Injectable } from '@nestjs/common';
import { CrossTenant, TenantDb, type TenantContext } from '@docent/platform';
import { writingRoles } from './read-agent';

interface HeldByPerson extends Record<string, unknown> {
  id: string;
  assigneeId: string;
  mayWrite: boolean;
}

/** Finds conversations whose agent may not write any more, or is signed in nowhere. */
@Injectable()
export class LostAgents {
  constructor(
    private readonly db: TenantDb,
    private readonly crossTenant: CrossTenant,
  ) {}

  async conversations(ctx: TenantContext): Promise<{ id: string; assigneeId: string }[]> {
    const held = await this.db.readSql<HeldByPerson>(
      ctx,
      `SELECT c.id, c.assignee_id AS "assigneeId",
              EXISTS (SELECT FROM memberships m WHERE m.tenant_id = c.tenant_id AND m.person_id = c.assignee_id AND m.role = ANY ($2)) AS "mayWrite"
         FROM conversations c WHERE c.tenant_id = $1 AND c.state = 'human'`,
      [ctx.tenantId, writingRoles],
    );
    if (held.length === 0) return [];
    const signedIn = await this.crossTenant.signedIn([...new Set(held.map(({ assigneeId }) => assigneeId))]);
    return held.filter(({ assigneeId, mayWrite }) => !mayWrite || !signedIn.has(assigneeId));
  }
}
