import { Injectable } from '@nestjs/common';
import { Role, type Member } from '@docent/contracts';
import { TenantDb, type TenantClient, type TenantContext } from '@docent/platform';
import type { AccessClaims } from './access-tokens';

/** Who belongs to a workspace. */
@Injectable()
export class MembersRepository {
  constructor(private readonly db: TenantDb) {}

  /** The context of a person in a workspace with their present role; null where they are no member. */
  async contextOf(tenantId: string, { personId, sessionId }: AccessClaims): Promise<TenantContext | null> {
    const asStranger: TenantContext = { tenantId, caller: { kind: 'system', task: 'look up membership' } };
    const [row] = await this.db.runSql(asStranger, (sql) =>
      sql.query<{ role: string }>('SELECT role FROM memberships WHERE tenant_id = $1 AND person_id = $2', [tenantId, personId]),
    );
    return row ? { tenantId, caller: { kind: 'member', personId, sessionId, role: Role.parse(row.role) } } : null;
  }

  async list(db: TenantClient, ctx: TenantContext): Promise<Member[]> {
    const rows = await db.membership.findMany({
      where: { tenantId: ctx.tenantId },
      select: memberFields,
      orderBy: { createdAt: 'asc' },
    });
    return rows.map(toMember);
  }

  async find(db: TenantClient, ctx: TenantContext, id: string): Promise<Member | null> {
    const row = await db.membership.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: memberFields });
    return row && toMember(row);
  }

  async roleOf(db: TenantClient, ctx: TenantContext, personId: string): Promise<Role | null> {
    const row = await db.membership.findUnique({
      where: { tenantId_personId: { tenantId: ctx.tenantId, personId } },
      select: { role: true },
    });
    return row && Role.parse(row.role);
  }

  countOwners(db: TenantClient, ctx: TenantContext): Promise<number> {
    return db.membership.count({ where: { tenantId: ctx.tenantId, role: 'owner' } });
  }

  async hasAddress(db: TenantClient, ctx: TenantContext, email: string): Promise<boolean> {
    return (await db.membership.count({ where: { tenantId: ctx.tenantId, person: { email } } })) > 0;
  }

  async setRole(db: TenantClient, ctx: TenantContext, id: string, role: Role): Promise<void> {
    await db.membership.update({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, data: { role }, select: { id: true } });
  }

  async remove(db: TenantClient, ctx: TenantContext, id: string): Promise<void> {
    await db.membership.delete({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: { id: true } });
  }

  /** Changes of members come one after the other, so that two owners can't remove each other at once. */
  async lock(db: TenantClient, ctx: TenantContext): Promise<void> {
    await db.$queryRaw`SELECT 1 FROM tenants WHERE tenant_id = ${ctx.tenantId}::uuid FOR NO KEY UPDATE`;
  }
}

const memberFields = {
  id: true,
  personId: true,
  role: true,
  createdAt: true,
  person: { select: { email: true, name: true } },
} as const;

interface MemberRow {
  id: string;
  personId: string;
  role: string;
  createdAt: Date;
  person: { email: string; name: string };
}

function toMember({ id, personId, role, createdAt, person }: MemberRow): Member {
  return { id, personId, email: person.email, name: person.name, role: Role.parse(role), joinedAt: createdAt.toISOString() };
}
