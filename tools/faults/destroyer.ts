import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { RedisServer } from '../cluster/redis-server';
import type { CampaignOptions } from './campaign-options';
import type { ProductFleet } from './product-fleet';
import type { SeededRandom } from '../seeded-random';

/** Kills processes and Redis, makes processes stand still, and cuts their connections to the database, spread over the campaign's messages. */
export class Destroyer {
  readonly counts = { kill: 0, pause: 0, databaseCut: 0, redisKill: 0 };
  /** Messages after which the next thing happens, soonest first. */
  private readonly plan: { at: number; what: keyof Destroyer['counts'] }[];
  private done = 0;
  private isStopped = false;
  private readonly working: Promise<void>;

  constructor(
    private readonly fleet: ProductFleet,
    private readonly admin: pg.Pool,
    { messages, kills }: CampaignOptions,
    private readonly random: SeededRandom,
    private readonly redis: RedisServer | null = null,
  ) {
    const times = (what: keyof Destroyer['counts'], count: number) => Array.from({ length: count }, () => ({ at: random.next() * messages * 0.97, what }));
    this.plan = [...times('kill', kills), ...times('pause', Math.ceil(kills / 20)), ...times('databaseCut', Math.ceil(kills / 10)), ...times('redisKill', redis ? Math.ceil(kills / 4) : 0)].sort((one, other) => one.at - other.at);
    this.working = this.work();
  }

  progress(messages: number): void {
    this.done = messages;
  }

  stop(): void {
    this.isStopped = true;
  }

  /** What is still to come when all messages are through comes now. */
  async finish(): Promise<void> {
    this.done = Infinity;
    await this.working;
  }

  private async work(): Promise<void> {
    for (const { at, what } of this.plan) {
      while (this.done < at || this.fleet.ready.length === 0) {
        if (this.isStopped) return;
        await wait(10);
      }
      if (this.isStopped) return;
      await wait(this.random.next() * 120);
      await this[what]();
    }
  }

  private async kill(): Promise<void> {
    const member = this.fleet.ready[this.random.between(0, this.fleet.ready.length - 1)];
    if (!member) return;
    await this.fleet.kill(member);
    this.counts.kill++;
  }

  /** So long that another takes over from a process that lives, while this one still believes that it holds the turn. */
  private async pause(): Promise<void> {
    const member = this.fleet.ready[this.random.between(0, this.fleet.ready.length - 1)];
    if (!member) return;
    void this.fleet.pause(member, this.random.between(15_000, 18_000));
    this.counts.pause++;
  }

  private async databaseCut(): Promise<void> {
    const { rows } = await this.admin.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE usename <> 'postgres' AND datname = current_database() AND pid <> pg_backend_pid() ORDER BY pid`);
    for (const { pid } of rows) if (this.random.chance(0.5)) await this.admin.query('SELECT pg_terminate_backend($1)', [pid]);
    this.counts.databaseCut++;
  }

  /** It comes back with nothing of what it held. */
  private async redisKill(): Promise<void> {
    await this.redis!.kill();
    await wait(this.random.between(0, 3000));
    await this.redis!.start();
    this.counts.redisKill++;
  }
}
