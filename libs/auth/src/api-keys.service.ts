import { Injectable } from '@nestjs/common';
import type { ApiKey, Scope } from '@docent/contracts';
import { AppError, type TenantContext } from '@docent/platform';
import { hashToken, newApiKeySecret } from './api-key-secret';
import { ApiKeysRepository } from './api-keys.repository';

/** Keys for programs. */
@Injectable()
export class ApiKeysService {
  constructor(private readonly keys: ApiKeysRepository) {}

  list(ctx: TenantContext): Promise<ApiKey[]> {
    return this.keys.list(ctx);
  }

  /** The secret is in this answer and nowhere else afterwards. */
  async create(ctx: TenantContext, name: string, scopes: Scope[]): Promise<ApiKey & { secret: string }> {
    const { secret, prefix } = newApiKeySecret();
    const key = await this.keys.create(ctx, { name, scopes: [...new Set(scopes)], prefix, secretHash: hashToken(secret) });
    return { ...key, secret };
  }

  /** From the next request on the key is unknown, in every process. */
  async revoke(ctx: TenantContext, keyId: string): Promise<void> {
    if (!(await this.keys.remove(ctx, keyId))) throw new AppError('not_found');
  }
}
