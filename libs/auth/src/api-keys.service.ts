import { Injectable } from '@nestjs/common';
import type { ApiKey, Scope } from '@docent/contracts';
import { AppError, Signals, type TenantContext } from '@docent/platform';
import { hashToken, newApiKeySecret } from './api-key-secret';
import { ApiKeysRepository } from './api-keys.repository';
import { LiveApiKeys } from './live-api-keys';

/** Keys for programs. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly live: LiveApiKeys,
    private readonly signals: Signals,
  ) {}

  list(ctx: TenantContext): Promise<ApiKey[]> {
    return this.keys.list(ctx);
  }

  /** The secret is in this answer and nowhere else afterwards. */
  async create(ctx: TenantContext, name: string, scopes: Scope[]): Promise<ApiKey & { secret: string }> {
    const { secret, prefix } = newApiKeySecret();
    const key = await this.keys.create(ctx, { name, scopes: [...new Set(scopes)], prefix, secretHash: hashToken(secret) });
    return { ...key, secret };
  }

  /** From the next request on the key is unknown in this process, and within one second in every other; who listens with it is cut. */
  async revoke(ctx: TenantContext, keyId: string): Promise<void> {
    const removed = await this.keys.remove(ctx, keyId);
    this.live.forget();
    if (!removed) throw new AppError('not_found');
    await this.signals.send('access', ctx.tenantId);
  }
}
