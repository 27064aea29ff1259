import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { CrossTenant, LOGGER } from '@docent/platform';
import { AnswerTurn, HandedOver, StopRequested } from './answer-turn';
import type { Lease } from './chat.repository';
import { LostTurnError, type HeldTurn } from './journal';

const leaseMs = 4000;
const tickMs = 1000;
const claimsPerTick = 20;
const finishWithinMs = 10_000;

interface Running {
  turn: HeldTurn;
  controller: AbortController;
  done: Promise<void>;
}

/**
 * Holds the turns that this process answers: renews their leases every second, stops those that somebody wants stopped,
 * and takes over turns whose process is gone. A turn that is not renewed for four seconds belongs to whoever claims it.
 */
@Injectable()
export class TurnRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly lease: Lease = { owner: randomUUID(), ms: leaseMs };
  private readonly running = new Map<string, Running>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly answerTurn: AnswerTurn,
    private readonly crossTenant: CrossTenant,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.scheduleTick();
  }

  /** Answers the turn; the connection that asked may be gone by then. */
  start(turn: HeldTurn): void {
    const controller = new AbortController();
    const done = this.answerTurn.answer(turn, controller.signal).finally(() => this.running.delete(turn.turnId));
    this.running.set(turn.turnId, { turn, controller, done });
  }

  /** Stops at once where the turn runs here; elsewhere the request stands in its row and is seen with the next renewal. */
  stop(turnId: string): void {
    this.running.get(turnId)?.controller.abort(new StopRequested());
  }

  /** Lets running answers finish; those that don't are left to the process that comes next. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const all = Promise.all([...this.running.values()].map(({ done }) => done));
    const timeout = new Promise((resolve) => setTimeout(resolve, finishWithinMs).unref());
    await Promise.race([all, timeout]);
    for (const { controller } of this.running.values()) controller.abort(new HandedOver());
    await all;
  }

  private scheduleTick(): void {
    this.timer = setTimeout(() => {
      this.tick()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'leases could not be renewed'))
        .finally(() => this.timer && this.scheduleTick());
    }, tickMs);
  }

  private async tick(): Promise<void> {
    if (this.running.size > 0) await this.renew();
    const claimed = await this.crossTenant.claimAbandonedTurns(this.lease.owner, leaseMs, claimsPerTick);
    for (const turn of claimed) this.start(turn);
  }

  private async renew(): Promise<void> {
    const held = [...this.running.values()];
    const renewed = new Map((await this.crossTenant.renewLeases(this.lease.owner, held.map(({ turn }) => turn.turnId), leaseMs)).map((row) => [row.id, row]));
    for (const { turn, controller } of held) {
      const row = renewed.get(turn.turnId);
      if (!row && this.running.has(turn.turnId)) controller.abort(new LostTurnError(turn.turnId));
      else if (row?.stop_requested) controller.abort(new StopRequested());
    }
  }
}
