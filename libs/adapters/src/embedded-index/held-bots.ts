import type { TenantScope } from '@docent/ports';
import type { BotIndex } from './bot-index';

/** A bot's index in memory; it is exchanged when it is compacted. */
export interface HeldBot {
  readonly key: string;
  index: BotIndex;
  lastUse: number;
  /** The end of the work that was asked for last; changes of a bot happen one after the other. */
  changes: Promise<unknown>;
}

/** The bots whose knowledge is in memory, of all tenants. What is let go to stay within the budget is the one that was not used for longest. */
export class HeldBots {
  private readonly bots = new Map<string, HeldBot>();
  private clock = 0;

  constructor(private readonly maxBytes: number) {}

  /** Estimated memory of all bots, in bytes. */
  get bytes(): number {
    let sum = 0;
    for (const bot of this.bots.values()) sum += bot.index.bytes;
    return sum;
  }

  use(scope: TenantScope, botId: string): HeldBot | undefined {
    const bot = this.bots.get(keyOf(scope, botId));
    if (bot) bot.lastUse = ++this.clock;
    return bot;
  }

  hold(scope: TenantScope, botId: string, index: BotIndex): void {
    const key = keyOf(scope, botId);
    this.bots.set(key, { key, index, lastUse: ++this.clock, changes: Promise.resolve() });
  }

  /** False where the bot was let go meanwhile, even if another of its name was opened since. */
  isHeld(bot: HeldBot): boolean {
    return this.bots.get(bot.key) === bot;
  }

  /** Does the work after what was asked for before it; nothing for a bot that is not held, or not any more when its turn comes. */
  async change(scope: TenantScope, botId: string, work: (bot: HeldBot) => Promise<void>): Promise<void> {
    const bot = this.use(scope, botId);
    if (!bot) return;
    const done = bot.changes.then(() => (this.isHeld(bot) ? work(bot) : undefined));
    bot.changes = done.catch(() => undefined);
    await done;
  }

  letGo(scope: TenantScope, botId: string): void {
    this.forget(keyOf(scope, botId));
  }

  /** The bot that was used last stays, however large it is. */
  keepWithinBudget(): void {
    const byUse = [...this.bots].sort((left, right) => left[1].lastUse - right[1].lastUse);
    let bytes = this.bytes;
    for (const [key, bot] of byUse.slice(0, -1)) {
      if (bytes <= this.maxBytes) return;
      bytes -= bot.index.bytes;
      this.forget(key);
    }
  }

  private forget(key: string): void {
    this.bots.get(key)?.index.drop();
    this.bots.delete(key);
  }
}

/** Ids may hold any character: a length in front keeps two different pairs from making one key. */
function keyOf(scope: TenantScope, botId: string): string {
  return `${scope.tenantId.length}:${scope.tenantId}:${botId}`;
}
