import { Inject, Injectable } from '@nestjs/common';
import type { Me, Workspace } from '@docent/contracts';
import { AppError, CONFIG, CrossTenant, Signals, TenantDb, type Config, type TenantContext } from '@docent/platform';
import { AccountService } from './account.service';
import { hashToken } from './api-key-secret';

/** Making, naming and joining workspaces. */
@Injectable()
export class WorkspacesService {
  constructor(
    private readonly db: TenantDb,
    private readonly crossTenant: CrossTenant,
    private readonly accounts: AccountService,
    private readonly signals: Signals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async create(personId: string, name: string): Promise<Workspace> {
    const id = await this.crossTenant.createWorkspace(personId, name, this.config.defaultPlan);
    return { id, name, role: 'owner' };
  }

  async rename(ctx: TenantContext, name: string): Promise<Workspace> {
    await this.db.run(ctx, (db) => db.tenant.update({ where: { id: ctx.tenantId }, data: { name } }));
    await this.signals.send('change', ctx.tenantId, { kind: 'members' });
    return { id: ctx.tenantId, name, role: ctx.caller.kind === 'member' ? ctx.caller.role : 'viewer' };
  }

  /** Throws `not_found` for an invitation that is unknown, spent, expired or for another address. */
  async join(personId: string, token: string): Promise<Me> {
    const tenantId = await this.crossTenant.acceptInvitation(hashToken(token), personId);
    if (!tenantId) throw new AppError('not_found');
    await this.signals.send('change', tenantId, { kind: 'members' });
    return this.accounts.me(personId);
  }
}
