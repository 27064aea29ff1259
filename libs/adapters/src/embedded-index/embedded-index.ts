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
import { defaultIndexOptions, type IndexOptions } from './index-options';
import { VectorMemory } from './vector-memory';

/** Small indexes are compacted at once; large ones when a fifth of them is gone. */
const smallIndex = 2_000;
const wasteToCompact = 0.2;

interface BotEntry {
  index: BotIndex;
  lastUse: number;
  /** The end of the work that was asked for last; changes of a bot happen one after the other. */
  changes: Promise<unknown>;
}

/**
 * The knowledge index in the memory of this process: BM25 over own posting lists, fused with an exact vector scan. Not durable: after a
 * restart, or when a bot was dropped to stay within the memory budget, {@link has} is false and the caller feeds it again.
 */
export class EmbeddedIndex extends KnowledgeIndex {
  readonly durable = false;
  private readonly bots = new Map<string, BotEntry>();
  private readonly options: IndexOptions;
  private readonly vectorMemory = new VectorMemory();
  private clock = 0;

  constructor(options: Partial<IndexOptions> = {}) {
    super();
    this.options = { ...defaultIndexOptions, ...options };
  }

  /** Estimated memory of all bots, in bytes. */
  get bytes(): number {
    let sum = 0;
    for (const entry of this.bots.values()) sum += entry.index.bytes;
    return sum;
  }

  async has(scope: TenantScope, botId: string): Promise<boolean> {
    return this.use(scope, botId) !== undefined;
  }

  async open(scope: TenantScope, botId: string): Promise<void> {
    if (this.use(scope, botId)) return;
    this.bots.set(keyOf(scope, botId), {
      index: new BotIndex(this.options, this.vectorMemory),
      lastUse: ++this.clock,
      changes: Promise.resolve(),
    });
  }

  /** Does nothing for a bot that is not open: what the index does not hold in full must not look as if it did. */
  async put(scope: TenantScope, botId: string, chunks: IndexChunk[]): Promise<void> {
    await this.addWords(scope, botId, chunks.length, (index, at) => index.add(chunks[at]!));
  }

  override async putRead(scope: TenantScope, botId: string, passages: ReadPassages): Promise<void> {
    await this.addWords(scope, botId, passages.chunkIds.length, (index, at) => index.addRead(passages, at));
  }

  private async addWords(
    scope: TenantScope,
    botId: string,
    count: number,
    add: (index: BotIndex, at: number) => void,
  ): Promise<void> {
    await this.change(scope, botId, async (entry) => {
      if (!(await inHaste(() => this.eachInSlices(entry, scope, botId, count, add)))) return;
      await this.compact(entry, scope, botId);
      this.keepWithinBudget();
    });
  }

  /** Says false where the bot was dropped meanwhile. */
  private async eachInSlices(
    entry: BotEntry,
    scope: TenantScope,
    botId: string,
    count: number,
    add: (index: BotIndex, at: number) => void,
  ): Promise<boolean> {
    const pause = new Pause('words');
    for (let at = 0; at < count; at++) {
      add(entry.index, at);
      if (pause.isDue()) {
        await pause.take();
        if (!this.isHeld(entry, scope, botId)) return false;
      }
    }
    return true;
  }

  async putVectors(scope: TenantScope, botId: string, set: string, entries: IndexVectors[]): Promise<void> {
    await this.change(scope, botId, async (entry) => {
      const pause = new Pause();
      for (const one of entries) {
        entry.index.addVectors(set, one);
        if (pause.isDue()) {
          await pause.take();
          if (!this.isHeld(entry, scope, botId)) return;
        }
      }
      this.keepWithinBudget();
    });
  }

  async switchVectors(scope: TenantScope, botId: string, set: string): Promise<void> {
    await this.change(scope, botId, async (entry) => entry.index.switchVectors(set));
  }

  async vectorSet(scope: TenantScope, botId: string): Promise<string | null> {
    return this.use(scope, botId)?.index.vectorSet ?? null;
  }

  override async vectorsOf(
    scope: TenantScope,
    botId: string,
    set: string,
    chunkIds: string[],
  ): Promise<Map<string, Float32Array>> {
    const index = this.use(scope, botId)?.index;
    return new Map(
      chunkIds.flatMap((chunkId) => {
        const vector = index?.vectorOf(set, chunkId);
        return vector ? [[chunkId, vector] as const] : [];
      }),
    );
  }

  async search(scope: TenantScope, botId: string, query: IndexQuery): Promise<IndexMatch[]> {
    return this.use(scope, botId)?.index.search(query) ?? [];
  }

  async weigh(scope: TenantScope, botId: string, terms: string[]): Promise<number[]> {
    return (this.use(scope, botId)?.index ?? new BotIndex(this.options, this.vectorMemory)).weigh(terms);
  }

  async removeSource(scope: TenantScope, botId: string, sourceId: string): Promise<void> {
    await this.change(scope, botId, async (entry) => {
      entry.index.removeSource(sourceId);
      await this.compact(entry, scope, botId);
    });
  }

  async removeBot(scope: TenantScope, botId: string): Promise<void> {
    this.forget(keyOf(scope, botId));
  }

  async count(scope: TenantScope, botId: string, sourceId?: string): Promise<number> {
    const passages = this.use(scope, botId)?.index.passages;
    if (!passages) return 0;
    return sourceId === undefined ? passages.living : passages.countOf(sourceId);
  }

  private use(scope: TenantScope, botId: string): BotEntry | undefined {
    const entry = this.bots.get(keyOf(scope, botId));
    if (entry) entry.lastUse = ++this.clock;
    return entry;
  }

  private async change(scope: TenantScope, botId: string, work: (entry: BotEntry) => Promise<void>): Promise<void> {
    const entry = this.use(scope, botId);
    if (!entry) return;
    const done = entry.changes.then(() => (this.isHeld(entry, scope, botId) ? work(entry) : undefined));
    entry.changes = done.catch(() => undefined);
    await done;
  }

  private isHeld(entry: BotEntry, scope: TenantScope, botId: string): boolean {
    return this.bots.get(keyOf(scope, botId)) === entry;
  }

  /** Rebuilds the bot's index without what was removed, beside the old one, which answers until the switch. */
  private async compact(entry: BotEntry, scope: TenantScope, botId: string): Promise<void> {
    const { index } = entry;
    if (index.waste === 0 || (index.passages.size > smallIndex && index.waste < wasteToCompact)) return;
    const fresh = new BotIndex(this.options, this.vectorMemory);
    const pause = new Pause();
    for (let at = 0; at < index.passages.size;) {
      at = index.copyInto(fresh, at, () => !pause.isDue());
      await pause.take();
      if (!this.isHeld(entry, scope, botId)) return fresh.drop();
    }
    index.copyRest(fresh);
    entry.index = fresh;
    index.drop();
  }

  private keepWithinBudget(): void {
    const byUse = [...this.bots].sort((left, right) => left[1].lastUse - right[1].lastUse);
    let bytes = this.bytes;
    for (const [key, entry] of byUse.slice(0, -1)) {
      if (bytes <= this.options.maxBytes) return;
      bytes -= entry.index.bytes;
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
