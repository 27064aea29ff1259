import { createHash } from 'node:crypto';
import type { TenantScope } from '@docent/ports';

/** A UUID that only this tenant, bot and thing can have: no write can meet another tenant's point. */
export function pointId(scope: TenantScope, botId: string, kind: string, id: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([scope.tenantId, botId, kind, id]))
    .digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
