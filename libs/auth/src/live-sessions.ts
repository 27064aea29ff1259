import { Injectable } from '@nestjs/common';
import { CrossTenant } from '@docent/platform';

const trustedForMs = 1_000;
const mostRemembered = 10_000;

/**
 * Whether a session has not been ended. A living one is believed for one second, so that a revoked session is out within a
 * second in every process, and a page that loads ten things asks the database once.
 */
@Injectable()
export class LiveSessions {
  private readonly aliveUntil = new Map<string, number>();

  constructor(private readonly crossTenant: CrossTenant) {}

  async isAlive(sessionId: string): Promise<boolean> {
    const until = this.aliveUntil.get(sessionId);
    if (until !== undefined && until > Date.now()) return true;
    return this.isAliveNow(sessionId);
  }

  /** Asks the database in any case. */
  async isAliveNow(sessionId: string): Promise<boolean> {
    // The second counts from before the question, because the answer is as old as that.
    const askedAt = Date.now();
    const alive = await this.crossTenant.sessionIsAlive(sessionId);
    if (this.aliveUntil.size >= mostRemembered) this.aliveUntil.clear();
    if (alive) this.aliveUntil.set(sessionId, askedAt + trustedForMs);
    else this.aliveUntil.delete(sessionId);
    return alive;
  }

  /** This process knows already that the session has ended. */
  forget(): void {
    this.aliveUntil.clear();
  }
}
