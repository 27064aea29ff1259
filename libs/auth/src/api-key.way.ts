import { Injectable } from '@nestjs/common';
import type { Access } from '@docent/contracts';
import { AppError, CrossTenant, type FastifyRequest } from '@docent/platform';
import { hashToken, isApiKey } from './api-key-secret';
import { bearerToken, type Entry, type WayIn } from './way-in';

/** `Authorization: Bearer dk_…`. The key is looked up with every request, so that a revoked one is out at once. */
@Injectable()
export class ApiKeyWay implements WayIn {
  constructor(private readonly crossTenant: CrossTenant) {}

  fits(request: FastifyRequest): boolean {
    return isApiKey(bearerToken(request) ?? '');
  }

  async enter(request: FastifyRequest, access: Access): Promise<Entry> {
    const key = await this.crossTenant.apiKeyByHash(hashToken(bearerToken(request)!));
    if (!key) throw new AppError('unauthenticated');
    if (!access.key || !key.scopes.includes(access.key)) throw new AppError('forbidden', access.key && { scope: access.key });
    return { ctx: { tenantId: key.tenant_id, caller: { kind: 'key', keyId: key.id, scopes: key.scopes } } };
  }
}
