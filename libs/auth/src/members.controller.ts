import { Controller } from '@nestjs/common';
import { routes, type Invitation, type InputOf, type Member, type ResponseOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { InvitationsService } from './invitations.service';
import { MembersService } from './members.service';

@Controller()
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly invitations: InvitationsService,
  ) {}

  @Handle(routes.listMembers)
  list(@Ctx() ctx: TenantContext): Promise<{ members: Member[]; invitations: Invitation[] }> {
    return this.members.list(ctx);
  }

  @Handle(routes.changeMember)
  changeRole(@Ctx() ctx: TenantContext, @Input() { params, body }: InputOf<typeof routes.changeMember>): Promise<Member> {
    return this.members.changeRole(ctx, params.memberId, body.role);
  }

  @Handle(routes.removeMember)
  async remove(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.removeMember>): Promise<{ ok: true }> {
    await this.members.remove(ctx, params.memberId);
    return { ok: true };
  }

  @Handle(routes.inviteMember)
  invite(
    @Ctx() ctx: TenantContext,
    @Input() { body }: InputOf<typeof routes.inviteMember>,
  ): Promise<ResponseOf<typeof routes.inviteMember>> {
    return this.invitations.invite(ctx, body.email, body.role);
  }

  @Handle(routes.revokeInvitation)
  async revoke(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.revokeInvitation>): Promise<{ ok: true }> {
    await this.invitations.revoke(ctx, params.invitationId);
    return { ok: true };
  }
}
