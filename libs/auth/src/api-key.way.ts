import { Injectable } from '@nestjs/common';
import type { Access } from '@docent/contracts';
import { AppError, type FastifyRequest } from '@docent/platform';
import { hashToken, isApiKey } from './api-key-secret';
import { LiveApiKeys } from './live-api-keys';
import { bearerToken, type Entry, type WayIn } from './way-in';

/** `Authorization: Bearer dk_…`. A revoked one is out within one second ({@link LiveApiKeys}). */
@Injectable()
export class ApiKeyWay implements WayIn {
  constructor(private readonly keys: LiveApiKeys) {}

  fits(request: FastifyRequest): boolean {
    return isApiKey(bearerToken(request) ?? '');
  }

  async enter(request: FastifyRequest, access: Access): Promise<Entry> {
    const key = await this.keys.find(hashToken(bearerToken(request)!));
    if (!key) throw new AppError('unauthenticated');
    if (!access.key || !key.scopes.includes(access.key)) throw new AppError('forbidden', access.key && { scope: access.key });
    return { ctx: { tenantId: key.tenant_id, caller: { kind: 'key', keyId: key.id, scopes: key.scopes } } };
  }
}
