import { Controller } from '@nestjs/common';
import { routes, type ApiKey, type InputOf, type ResponseOf } from '@docent/contracts';
import { Ctx, Handle, Input, type TenantContext } from '@docent/platform';
import { ApiKeysService } from './api-keys.service';

@Controller()
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Handle(routes.listApiKeys)
  async list(@Ctx() ctx: TenantContext): Promise<{ items: ApiKey[] }> {
    return { items: await this.keys.list(ctx) };
  }

  @Handle(routes.createApiKey)
  create(
    @Ctx() ctx: TenantContext,
    @Input() { body }: InputOf<typeof routes.createApiKey>,
  ): Promise<ResponseOf<typeof routes.createApiKey>> {
    return this.keys.create(ctx, body.name, body.scopes);
  }

  @Handle(routes.revokeApiKey)
  async revoke(@Ctx() ctx: TenantContext, @Input() { params }: InputOf<typeof routes.revokeApiKey>): Promise<{ ok: true }> {
    await this.keys.revoke(ctx, params.keyId);
    return { ok: true };
  }
}
