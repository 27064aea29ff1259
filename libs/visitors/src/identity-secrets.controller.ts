import { Controller } from '@nestjs/common';
import { routes, type InputOf } from '@docent/contracts';
import { AppError, Ctx, found, Handle, Input, type TenantContext } from '@docent/platform';
import { IdentitySecretsRepository } from './identity-secrets.repository';

@Controller()
export class IdentitySecretsController {
  constructor(private readonly secrets: IdentitySecretsRepository) {}

  @Handle(routes.listIdentitySecrets)
  async list(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.listIdentitySecrets>) {
    return found(await this.secrets.list(ctx, params.botId));
  }

  @Handle(routes.createIdentitySecret)
  async create(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.createIdentitySecret>) {
    return found(await this.secrets.create(ctx, params.botId));
  }

  @Handle(routes.deleteIdentitySecret)
  async remove(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.deleteIdentitySecret>) {
    if (!(await this.secrets.remove(ctx, params.botId, params.secretId))) throw new AppError('not_found');
    return { ok: true };
  }
}
