import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { NewInvitation, Role } from '@docent/contracts';
import { UsageService } from '@docent/billing';
import { AppError, CONFIG, LOGGER, Signals, TenantDb, type Config, type TenantContext } from '@docent/platform';
import { Mailer } from '@docent/ports';
import { InvitationsRepository } from './invitations.repository';
import { MembersRepository } from './members.repository';

const lifetimeMs = 7 * 24 * 3600 * 1000;

/** Asking people into a workspace. The link is told once, to the inviter, and sent where mail is set up. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly db: TenantDb,
    private readonly invitations: InvitationsRepository,
    private readonly members: MembersRepository,
    private readonly usage: UsageService,
    private readonly signals: Signals,
    private readonly mailer: Mailer,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Throws `conflict` for a member, `limit_reached` without a free seat, `forbidden` where an admin makes an owner. */
  async invite(ctx: TenantContext, email: string, role: Role): Promise<z.infer<typeof NewInvitation>> {
    if (role === 'owner' && !isOwner(ctx)) throw new AppError('forbidden', { role: 'owner' });
    const token = randomBytes(32).toString('base64url');
    const tokenHash = createHash('sha256').update(token).digest();
    const invitation = await this.db.run(ctx, async (db) => {
      if (await this.members.hasAddress(db, ctx, email)) throw new AppError('conflict', { reason: 'already_member' });
      await this.invitations.removeByEmail(db, ctx, email);
      await this.usage.assertRoom(db, ctx, 'seats', 1);
      return this.invitations.create(db, ctx, { email, role, tokenHash, expiresAt: new Date(Date.now() + lifetimeMs) });
    });
    const link = `${this.config.publicUrl}/invite/${token}`;
    await this.mail(ctx, email, link);
    await this.signals.send('change', ctx.tenantId, { kind: 'members' });
    return { ...invitation, link };
  }

  async revoke(ctx: TenantContext, invitationId: string): Promise<void> {
    if (!(await this.db.run(ctx, (db) => this.invitations.remove(db, ctx, invitationId)))) throw new AppError('not_found');
    await this.signals.send('change', ctx.tenantId, { kind: 'members' });
  }

  /** The inviter has the link as well, so a mail that can't be sent is noted and does not undo the invitation. */
  private async mail(ctx: TenantContext, to: string, link: string): Promise<void> {
    const { name } = await this.db.run(ctx, (db) =>
      db.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId }, select: { name: true } }),
    );
    const text = `You are invited to the workspace “${name}”.\n\nOpen this link within seven days to join:\n${link}\n`;
    await this.mailer
      .send({ to, subject: `Invitation to ${name.replace(/\s+/g, ' ')}`, text })
      .catch((error: unknown) => this.logger.warn({ err: error }, 'an invitation could not be mailed'));
  }
}

function isOwner(ctx: TenantContext): boolean {
  return ctx.caller.kind === 'member' && ctx.caller.role === 'owner';
}
