import { Injectable } from '@nestjs/common';
import { Role, type Invitation } from '@docent/contracts';
import type { TenantClient, TenantContext } from '@docent/platform';

/** Invitations that nobody has taken yet. The token itself is never stored. */
@Injectable()
export class InvitationsRepository {
  async listOpen(db: TenantClient, ctx: TenantContext, now: Date): Promise<Invitation[]> {
    const rows = await db.invitation.findMany({
      where: { tenantId: ctx.tenantId, expiresAt: { gt: now } },
      orderBy: { createdAt: 'asc' },
    });
    return rows.map(toInvitation);
  }

  async create(
    db: TenantClient,
    ctx: TenantContext,
    given: { email: string; role: Role; tokenHash: Buffer<ArrayBuffer>; expiresAt: Date },
  ): Promise<Invitation> {
    return toInvitation(await db.invitation.create({ data: { tenantId: ctx.tenantId, ...given } }));
  }

  /** An address has one invitation at most; a new one replaces it. */
  async removeByEmail(db: TenantClient, ctx: TenantContext, email: string): Promise<void> {
    await db.invitation.deleteMany({ where: { tenantId: ctx.tenantId, email } });
  }

  async remove(db: TenantClient, ctx: TenantContext, id: string): Promise<boolean> {
    return (await db.invitation.deleteMany({ where: { tenantId: ctx.tenantId, id } })).count === 1;
  }
}

function toInvitation(row: { id: string; email: string; role: string; expiresAt: Date; createdAt: Date }): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: Role.parse(row.role),
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
