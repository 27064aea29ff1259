import { Injectable } from '@nestjs/common';
import type { Invitation, Member, Role } from '@docent/contracts';
import { AppError, found, Signals, TenantDb, type TenantClient, type TenantContext } from '@docent/platform';
import { InvitationsRepository } from './invitations.repository';
import { MembersRepository } from './members.repository';

/** Who belongs to a workspace and may do what. There is always an owner, and only owners touch owners. */
@Injectable()
export class MembersService {
  constructor(
    private readonly db: TenantDb,
    private readonly members: MembersRepository,
    private readonly invitations: InvitationsRepository,
    private readonly signals: Signals,
  ) {}

  list(ctx: TenantContext): Promise<{ members: Member[]; invitations: Invitation[] }> {
    return this.db.run(ctx, async (db) => ({
      members: await this.members.list(db, ctx),
      invitations: await this.invitations.listOpen(db, ctx, new Date()),
    }));
  }

  /** Throws `not_found`, `forbidden` for an admin who touches owners, and `conflict` for the last owner. */
  async changeRole(ctx: TenantContext, memberId: string, role: Role): Promise<Member> {
    const changed = await this.db.run(ctx, async (db) => {
      const member = await this.memberToAlter(db, ctx, memberId, role);
      if (role !== 'owner') await this.assertNotLastOwner(db, ctx, member);
      await this.members.setRole(db, ctx, memberId, role);
      return { ...member, role };
    });
    await this.tell(ctx);
    return changed;
  }

  /** Their sockets fall silent, and their next request is refused. Throws as {@link changeRole} does. */
  async remove(ctx: TenantContext, memberId: string): Promise<void> {
    await this.db.run(ctx, async (db) => {
      const member = await this.memberToAlter(db, ctx, memberId);
      await this.assertNotLastOwner(db, ctx, member);
      await this.members.remove(db, ctx, memberId);
    });
    await this.tell(ctx);
  }

  /** The caller's role is read again under the lock: it may have changed since the guard looked. */
  private async memberToAlter(db: TenantClient, ctx: TenantContext, memberId: string, newRole?: Role): Promise<Member> {
    await this.members.lock(db, ctx);
    const member = found(await this.members.find(db, ctx, memberId));
    const callerRole = ctx.caller.kind === 'member' ? await this.members.roleOf(db, ctx, ctx.caller.personId) : null;
    if (callerRole === 'owner') return member;
    if (callerRole !== 'admin' || member.role === 'owner' || newRole === 'owner')
      throw new AppError('forbidden', { role: 'owner' });
    return member;
  }

  private async assertNotLastOwner(db: TenantClient, ctx: TenantContext, member: Member): Promise<void> {
    if (member.role === 'owner' && (await this.members.countOwners(db, ctx)) === 1)
      throw new AppError('conflict', { reason: 'last_owner' });
  }

  private async tell(ctx: TenantContext): Promise<void> {
    await this.signals.send('access', ctx.tenantId);
    await this.signals.send('change', ctx.tenantId, { kind: 'members' });
  }
}
