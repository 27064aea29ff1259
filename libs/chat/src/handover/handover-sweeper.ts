import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { CrossTenant, LOGGER, Signals, systemContext, type TenantContext } from '@docent/platform';
import { TurnRunner } from '../turn-runner';
import { HandoverMoves } from './handover-moves';
import type { Decide, Decision, HeldConversation } from './handover.repository';
import { LostAgents } from './lost-agents';

const tickMs = 1000;
const movesPerTick = 50;

/**
 * Sees to it that nobody waits in silence: every second it moves on those for whom nobody came in time, and those whose agent has left.
 * Every process does this; each conversation is looked at again under its lock, so that it moves once.
 */
@Injectable()
export class HandoverSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private sweeping: Promise<unknown> = Promise.resolve();
  private stopListening: (() => void) | null = null;

  constructor(
    private readonly crossTenant: CrossTenant,
    private readonly moves: HandoverMoves,
    private readonly turns: TurnRunner,
    private readonly lostAgents: LostAgents,
    private readonly signals: Signals,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.stopListening = this.signals.on('access', (tenantId) => this.follow(this.requeueLost(tenantId)));
    this.scheduleTick();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.stopListening?.();
    await this.sweeping;
  }

  private scheduleTick(): void {
    this.timer = setTimeout(() => {
      this.follow(this.sweep()).finally(() => this.timer && this.scheduleTick());
    }, tickMs);
  }

  private async sweep(): Promise<void> {
    for (const { tenant_id: tenantId, id } of await this.crossTenant.dueHandovers(movesPerTick)) {
      await this.move(systemContext(tenantId, 'hand-over'), id, decideDue);
    }
  }

  /** A member was removed, has a smaller role or is signed out everywhere: whoever they were talking with is waiting again. */
  private async requeueLost(tenantId: string): Promise<void> {
    const ctx = systemContext(tenantId, 'hand-over');
    for (const { id, assigneeId } of await this.lostAgents.conversations(ctx)) {
      await this.move(ctx, id, (held) => (held.assigneeId === assigneeId ? { move: 'requeue', reason: 'agent_gone' } : null));
    }
  }

  private async move(ctx: TenantContext, conversationId: string, decide: Decide): Promise<void> {
    const moved = await this.moves.move(ctx, conversationId, { endsAnswer: false, lease: this.turns.lease }, decide);
    if (moved?.opened) this.turns.start(moved.opened);
  }

  private follow(work: Promise<unknown>): Promise<unknown> {
    this.sweeping = Promise.all([this.sweeping, work.catch((error: unknown) => this.logger.warn({ err: error }, 'waiting conversations could not be looked after'))]);
    return work.catch(() => undefined);
  }
}

/** What happens to a conversation for which nobody came, or whose agent is neither seen nor writes. */
export function decideDue({ isDue, state }: Pick<HeldConversation, 'isDue' | 'state'>): Decision | null {
  if (!isDue) return null;
  if (state === 'waiting') return { move: 'expire', reason: 'nobody_came' };
  return state === 'human' ? { move: 'requeue', reason: 'agent_gone' } : null;
}
