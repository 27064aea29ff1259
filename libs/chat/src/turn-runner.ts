import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { CrossTenant, LOGGER, Signals } from '@docent/platform';
import type { AnswerPreparation } from './answer-preparations';
import { AnswerTurn, HandedOver, StopRequested } from './answer-turn';
import { LostTurnError, type HeldTurn } from './journal';
import type { Lease } from './store-question';

const leaseMs = 3500;
const tickMs = 500;
const claimsAtOnce = 50;
const finishWithinMs = 10_000;

interface Running {
  turn: HeldTurn;
  controller: AbortController;
  done: Promise<unknown>;
}

/**
 * Holds the turns that this process answers: renews their leases twice a second, stops those that somebody wants stopped,
 * and takes over turns whose process is gone. A turn that was not renewed for a second and a half, and whose owner's life line has ended,
 * belongs to whoever claims it, so that an answer goes on within five seconds also where there is little time; of a process that lives
 * and only stands still, ten seconds after its lease of three and a half.
 */
@Injectable()
export class TurnRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly lease: Lease = { owner: randomUUID(), ms: leaseMs };
  private readonly running = new Map<string, Running>();
  private timer: NodeJS.Timeout | null = null;
  /** Answers that found no end here, to be let go for another try. */
  private unfinished: HeldTurn[] = [];
  private ended: Promise<void> | null = null;

  constructor(
    private readonly answerTurn: AnswerTurn,
    private readonly crossTenant: CrossTenant,
    private readonly signals: Signals,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.crossTenant.showLife(this.lease.owner);
    this.scheduleTick(0);
    this.signals.on('released', () => this.timer && void this.tick().catch((error: unknown) => this.logger.warn({ err: error }, 'released answers could not be taken')));
  }

  /** Answers the turn; the connection that asked may be gone by then. */
  start(turn: HeldTurn, preparation?: AnswerPreparation): void {
    if (this.ended) return void this.release([turn]);
    const controller = new AbortController();
    const running: Running = { turn, controller, done: Promise.resolve() };
    // The same turn under an earlier fence: it was lost, and found again before anybody noticed.
    this.running.get(turn.turnId)?.controller.abort(new LostTurnError(turn.turnId));
    this.running.set(turn.turnId, running);
    running.done = this.answerTurn.answer(turn, controller.signal, preparation).then((hasEnded) => {
      if (this.running.get(turn.turnId) === running) this.running.delete(turn.turnId);
      if (!hasEnded) this.unfinished.push(turn);
    });
  }

  /** Stops at once where the turn runs here; elsewhere the request stands in its row and is seen with the next renewal. */
  stop(turnId: string): void {
    this.running.get(turnId)?.controller.abort(new StopRequested());
  }

  /** Somebody else has ended the turn: whatever is still being written for it is thrown away. */
  drop(turnId: string): void {
    this.running.get(turnId)?.controller.abort(new LostTurnError(turnId));
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.finish();
  }

  /** Lets running answers finish, for ten seconds at most; those that don't are let go, so that another process goes on with them at once. */
  finish(): Promise<void> {
    return (this.ended ??= this.finishAll());
  }

  private async finishAll(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const all = () => Promise.all([...this.running.values()].map(({ done }) => done));
    const renewal = setInterval(() => void this.renew().catch(() => undefined), tickMs);
    const timeout = new Promise((resolve) => setTimeout(resolve, finishWithinMs).unref());
    await Promise.race([all(), timeout]);
    clearInterval(renewal);
    const held = [...this.running.values()];
    for (const { controller } of held) controller.abort(new HandedOver());
    await all();
    await this.release(held.map(({ turn }) => turn));
  }

  /** A lease that has ended is anybody's. Where this fails, the leases end by themselves. */
  private async release(turns: HeldTurn[]): Promise<void> {
    if (turns.length === 0) return;
    await this.letGo(turns).catch((error: unknown) => this.logger.warn({ err: error }, 'answers could not be let go'));
    await this.signals.send('released');
  }

  /** So long ago that nobody asks whether this process still lives. */
  private async letGo(turns: HeldTurn[]): Promise<void> {
    await this.crossTenant.renewLeases(this.lease.owner, turns.map(({ turnId }) => turnId), -60_000);
  }

  private scheduleTick(afterMs = tickMs): void {
    this.timer = setTimeout(() => {
      this.tick()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'leases could not be renewed'))
        .finally(() => this.timer && this.scheduleTick());
    }, afterMs);
  }

  private async tick(): Promise<void> {
    if (this.unfinished.length > 0) await this.letGo(this.unfinished);
    this.unfinished = [];
    if (this.running.size > 0) await this.renew();
    for (;;) {
      const claimed = await this.crossTenant.claimAbandonedTurns(this.lease.owner, leaseMs, claimsAtOnce);
      for (const turn of claimed) this.start(turn);
      if (claimed.length < claimsAtOnce) return;
    }
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
