import type pg from 'pg';
import type { Agent } from './agent';
import { checkHistory } from './check-history';
import type { CountingModel } from './counting-model';
import type { Destroyer } from './destroyer';
import type { FaultProxy } from './fault-proxy';
import type { ClientHistory, StoredConversation, Violation } from './history';
import type { ProductFleet, Spell } from './product-fleet';
import { findClaimWaits, findLedgerBreaches, readStored } from './read-stored';

const pageSize = 200;
const reportEvery = 500;
/** A process that lives keeps its answers for so long after it was heard last. */
const stoodStillMs = 13_000;

/** Checks each visit as soon as it is over, everything once more in the end, and says what was found. */
export class CampaignReport {
  messages = 0;
  /** Conversations that a person took over. */
  handOvers = 0;
  readonly violations: Violation[] = [];
  /** Answers that were taken over: the longest silence in each, in milliseconds. */
  readonly silences: number[] = [];
  /** The same up to the moment at which another process took it, of processes that had died: while others lived all the time, and where for a part of it none did. */
  private readonly claims = { besideOthers: [] as number[], deserted: [] as number[] };
  /** Of processes that only stood still. */
  private standingStill = 0;
  private readonly startedAt = performance.now();
  private readonly counted = { turns: 0, completed: 0, relayed: 0, failed: 0, takenOver: 0, events: 0, seen: 0, acknowledged: 0, connections: 0 };

  constructor(
    private readonly admin: pg.Pool,
    private readonly proxy: FaultProxy,
    private readonly fleet: ProductFleet,
    private readonly model: CountingModel,
    private readonly print: (line: string) => void,
  ) {}

  async check(histories: ClientHistory[]): Promise<void> {
    for (const history of histories) {
      const [stored] = await readStored(this.admin, [history.conversationId]);
      if (stored) this.note(checkHistory(stored, [history], this.model.count()));
      else this.note([{ kind: 'lost', conversationId: history.conversationId, what: 'the conversation is gone' }]);
      const asked = Math.max(history.sent.length, history.screens.length > 0 && history.sent.length === 0 ? 1 : 0);
      if (Math.floor((this.messages + asked) / reportEvery) > Math.floor(this.messages / reportEvery)) this.print(this.line(this.messages + asked));
      this.messages += asked;
      this.counted.acknowledged += history.sent.filter(({ acknowledged }) => acknowledged).length;
      for (const { readings } of history.readers) {
        this.counted.connections += readings.length;
        for (const { events } of readings) this.counted.seen += events.length;
      }
    }
  }

  stuck(visit: number): void {
    this.note([{ kind: 'lost', conversationId: '', what: `visit ${visit} did not end` }]);
  }

  /** The whole database once more: also of conversations whose visitors had to begin anew, and of what came after a visit. */
  async finish(destroyed: Destroyer['counts'], agent: Agent['counted']): Promise<this> {
    await this.untilSettled();
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows } = await this.admin.query<{ id: string }>('SELECT id FROM conversations WHERE id > $1 ORDER BY id LIMIT $2', [after, pageSize]);
      if (rows.length === 0) break;
      after = rows.at(-1)!.id;
      for (const stored of await readStored(this.admin, rows.map(({ id }) => id))) {
        this.note(checkHistory(stored, [], this.model.count()));
        this.tally(stored);
      }
    }
    for (const wait of await findClaimWaits(this.admin)) this.tallyClaim(wait);
    for (const what of await findLedgerBreaches(this.admin)) this.note([{ kind: 'charge', conversationId: '', what }]);
    this.handOvers = agent.taken;
    this.printFigures(destroyed, agent);
    return this;
  }

  /** Answers that nobody waits for any more (of clients that began anew) end too. */
  private async untilSettled(): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      const { rows } = await this.admin.query<{ running: number }>(`SELECT count(*)::int AS running FROM turns WHERE status = 'running'`);
      if (rows[0]!.running === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  private note(violations: Violation[]): void {
    for (const violation of violations) {
      if (this.violations.some((known) => known.conversationId === violation.conversationId && known.what === violation.what)) continue;
      this.violations.push(violation);
      this.print(`VIOLATION ${violation.kind} in ${violation.conversationId}: ${violation.what}`);
    }
  }

  private tally({ events, turns }: StoredConversation): void {
    this.counted.events += events.length;
    for (const turn of turns) {
      this.counted.turns++;
      this.counted[turn.status === 'completed' || turn.status === 'relayed' ? turn.status : 'failed']++;
      if (turn.attempts === 1) continue;
      this.counted.takenOver++;
      const own = events.filter(({ turnId }) => turnId === turn.id).map(({ at }) => at.getTime());
      this.silences.push(Math.max(...own.slice(1).map((at, index) => at - own[index]!)));
    }
  }

  private tallyClaim({ from, until }: Spell): void {
    const wasDeserted = this.fleet.deserted.some((spell) => spell.from < until && spell.until > from);
    if (until - from >= stoodStillMs) this.standingStill++;
    else this.claims[wasDeserted ? 'deserted' : 'besideOthers'].push(until - from);
  }

  private line(messages: number): string {
    const seconds = (performance.now() - this.startedAt) / 1000;
    return `${messages} messages after ${seconds.toFixed(0)} s (${(messages / seconds).toFixed(1)}/s), ${this.violations.length} violations`;
  }

  private printFigures(destroyed: Destroyer['counts'], agent: Agent['counted']): void {
    const { counts } = this.proxy;
    const { turns, completed, relayed, failed, takenOver, events, seen, acknowledged, connections } = this.counted;
    for (const line of [
      '',
      this.line(this.messages),
      `processes killed ${destroyed.kill}, paused ${destroyed.pause}, database connections cut ${destroyed.databaseCut} times, Redis killed ${destroyed.redisKill} times, ended by themselves ${this.fleet.endedAlone}`,
      `connections: ${Object.entries(counts).map(([kind, count]) => `${kind} ${count}`).join(', ')}`,
      `questions ${turns}: answered ${completed}, said to a person ${relayed}, failed ${failed}; taken over ${takenOver}; the model was asked ${this.model.total} times`,
      `acknowledged by plain clients ${acknowledged}; events stored ${events}, read and compared ${seen} over ${connections} connections`,
      `a person took over ${agent.taken} times (heard of ${agent.pushes} over the socket), wrote ${agent.written} messages, and was refused ${agent.refusedLate} that came too late`,
      `silence in an answer that was taken over: median ${share(this.silences, 0.5)} s, p99 ${share(this.silences, 0.99)} s, longest ${share(this.silences, 1)} s; start of a process: median ${share(this.fleet.startTimes, 0.5)} s`,
      `of that, until another process had taken it, where one lived: ${waits(this.claims.besideOthers)}; where none did for a while: ${waits(this.claims.deserted)}; ${this.standingStill} more of processes that stood still`,
      `violations: ${this.violations.length}`,
    ]) this.print(line);
  }
}

function waits(values: number[]): string {
  const soon = values.filter((value) => value <= 5000).length;
  return `${values.length}, ${((soon / Math.max(1, values.length)) * 100).toFixed(1)} % within 5 s, median ${share(values, 0.5)} s, p99 ${share(values, 0.99)} s, longest ${share(values, 1)} s`;
}

/** In seconds: so large a part of the values lies below. */
function share(values: number[], part: number): string {
  const sorted = values.toSorted((one, other) => one - other);
  return ((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0) / 1000).toFixed(1);
}
