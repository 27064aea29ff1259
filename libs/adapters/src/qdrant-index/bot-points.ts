import type { TenantScope } from '@docent/ports';
import type { QdrantClient } from '@qdrant/js-client-rest';
import { pointId } from './point-id';
import { scoped } from './scoped-filter';

/** One point without a vector for each bot that was opened, beside its passages: that it is there, though empty, and which set of vectors is in use. */
export class BotPoints {
  constructor(
    private readonly client: QdrantClient,
    private readonly collection: string,
  ) {}

  /** Whether the bot was opened, or has passages. */
  async isThere(scope: TenantScope, botId: string): Promise<boolean> {
    const { count } = await this.client.count(this.collection, { filter: scoped(scope, botId), exact: true });
    return count > 0;
  }

  /** Does nothing for a bot that is open. */
  async open(scope: TenantScope, botId: string): Promise<void> {
    if (await this.read(scope, botId)) return;
    const payload = { tenant: scope.tenantId, bot: botId, kind: 'bot' };
    await this.client.upsert(this.collection, { wait: true, points: [{ id: idOf(scope, botId), vector: {}, payload }] });
  }

  /** What stands at the bot, null where it is not open. `set`: of vectors, the one in use. */
  async read(scope: TenantScope, botId: string): Promise<{ set: string | null } | null> {
    const [point] = await this.client.retrieve(this.collection, { ids: [idOf(scope, botId)], with_payload: ['set'] });
    return point ? { set: typeof point.payload?.set === 'string' ? point.payload.set : null } : null;
  }

  async use(scope: TenantScope, botId: string, set: string): Promise<void> {
    await this.client.setPayload(this.collection, { wait: true, payload: { set }, points: [idOf(scope, botId)] });
  }
}

function idOf(scope: TenantScope, botId: string): string {
  return pointId(scope, botId, 'bot', '');
}
