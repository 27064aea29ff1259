import {
  KnowledgeIndex,
  type IndexChunk,
  type IndexMatch,
  type IndexQuery,
  type IndexVectors,
  type ReadPassages,
  type TenantScope,
} from '@docent/ports';
import { inHaste, Pause } from '../pause';
import { BotIndex } from './bot-index';
import { HeldBots, type HeldBot } from './held-bots';
import { defaultIndexOptions, type IndexOptions } from './index-options';
import { VectorMemory } from './vector-memory';

/** Small indexes are compacted at once; large ones when a fifth of them is gone. */
const smallIndex = 2_000;
const wasteToCompact = 0.2;

/**
 * The knowledge index in the memory of this process: BM25 over own posting lists, fused with an exact vector scan. Not durable: after a
 * restart, or when a bot was dropped to stay within the memory budget, {@link has} is false and the caller feeds it again.
 */
export class EmbeddedIndex extends KnowledgeIndex {
  readonly durable = false;
  private readonly options: IndexOptions;
  private readonly bots: HeldBots;
  private readonly vectorMemory = new VectorMemory();

  constructor(options: Partial<IndexOptions> = {}) {
    super();
    this.options = { ...defaultIndexOptions, ...options };
    this.bots = new HeldBots(this.options.maxBytes);
  }

  /** Estimated memory of all bots, in bytes. */
  get bytes(): number {
    return this.bots.bytes;
  }

  async has(scope: TenantScope, botId: string): Promise<boolean> {
    return this.bots.use(scope, botId) !== undefined;
  }

  async open(scope: TenantScope, botId: string): Promise<void> {
    if (!this.bots.use(scope, botId)) this.bots.hold(scope, botId, this.emptyIndex());
  }

  /** Does nothing for a bot that is not open: what the index does not hold in full must not look as if it did. */
  async put(scope: TenantScope, botId: string, chunks: IndexChunk[]): Promise<void> {
    await this.addWords(scope, botId, chunks.length, (index, at) => index.add(chunks[at]!));
  }

  override async putRead(scope: TenantScope, botId: string, passages: ReadPassages): Promise<void> {
    await this.addWords(scope, botId, passages.chunkIds.length, (index, at) => index.addRead(passages, at));
  }

  async putVectors(scope: TenantScope, botId: string, set: string, entries: IndexVectors[]): Promise<void> {
    await this.bots.change(scope, botId, async (bot) => {
      const isHeld = await this.eachInSlices(bot, new Pause(), entries.length, (index, at) =>
        index.addVectors(set, entries[at]!),
      );
      if (isHeld) this.bots.keepWithinBudget();
    });
  }

  async switchVectors(scope: TenantScope, botId: string, set: string): Promise<void> {
    await this.bots.change(scope, botId, async (bot) => bot.index.switchVectors(set));
  }

  async vectorSet(scope: TenantScope, botId: string): Promise<string | null> {
    return this.bots.use(scope, botId)?.index.vectorSet ?? null;
  }

  override async vectorsOf(
    scope: TenantScope,
    botId: string,
    set: string,
    chunkIds: string[],
  ): Promise<Map<string, Float32Array>> {
    const index = this.bots.use(scope, botId)?.index;
    return new Map(
      chunkIds.flatMap((chunkId) => {
        const vector = index?.vectorOf(set, chunkId);
        return vector ? [[chunkId, vector] as const] : [];
      }),
    );
  }

  async search(scope: TenantScope, botId: string, query: IndexQuery): Promise<IndexMatch[]> {
    return this.bots.use(scope, botId)?.index.search(query) ?? [];
  }

  async weigh(scope: TenantScope, botId: string, terms: string[]): Promise<number[]> {
    return (this.bots.use(scope, botId)?.index ?? this.emptyIndex()).weigh(terms);
  }

  async removeSource(scope: TenantScope, botId: string, sourceId: string): Promise<void> {
    await this.bots.change(scope, botId, async (bot) => {
      bot.index.removeSource(sourceId);
      await this.compact(bot);
    });
  }

  async removeBot(scope: TenantScope, botId: string): Promise<void> {
    this.bots.letGo(scope, botId);
  }

  async count(scope: TenantScope, botId: string, sourceId?: string): Promise<number> {
    const passages = this.bots.use(scope, botId)?.index.passages;
    if (!passages) return 0;
    return sourceId === undefined ? passages.living : passages.countOf(sourceId);
  }

  private emptyIndex(): BotIndex {
    return new BotIndex(this.options, this.vectorMemory);
  }

  private async addWords(
    scope: TenantScope,
    botId: string,
    count: number,
    add: (index: BotIndex, at: number) => void,
  ): Promise<void> {
    await this.bots.change(scope, botId, async (bot) => {
      if (!(await inHaste(() => this.eachInSlices(bot, new Pause('words'), count, add)))) return;
      await this.compact(bot);
      this.bots.keepWithinBudget();
    });
  }

  /** Says false where the bot was let go meanwhile. */
  private async eachInSlices(
    bot: HeldBot,
    pause: Pause,
    count: number,
    add: (index: BotIndex, at: number) => void,
  ): Promise<boolean> {
    for (let at = 0; at < count; at++) {
      add(bot.index, at);
      if (pause.isDue()) {
        await pause.take();
        if (!this.bots.isHeld(bot)) return false;
      }
    }
    return true;
  }

  /** Rebuilds the bot's index without what was removed, beside the old one, which answers until the switch. */
  private async compact(bot: HeldBot): Promise<void> {
    const { index } = bot;
    if (index.waste === 0 || (index.passages.size > smallIndex && index.waste < wasteToCompact)) return;
    const fresh = this.emptyIndex();
    const pause = new Pause();
    for (let at = 0; at < index.passages.size;) {
      at = index.copyInto(fresh, at, () => !pause.isDue());
      await pause.take();
      if (!this.bots.isHeld(bot)) return fresh.drop();
    }
    index.copyRest(fresh);
    bot.index = fresh;
    index.drop();
  }
}
