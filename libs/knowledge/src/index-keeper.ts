import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Signals, systemContext, type TenantContext } from '@docent/platform';
import { KnowledgeIndex, type IndexChunk, type WordList } from '@docent/ports';
import { MeaningKeeper } from './meaning/meaning-keeper';
import { SourcesRepository, type StoredChunk } from './sources.repository';
import { StagedSource, type StagedPassages } from './staged-source';

const pageSize = 2000;
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * Keeps the index equal to the stored passages. An index that doesn't outlive the process is fed from the tables when a
 * bot is first asked; changes by other processes arrive as signals. Work on one bot's index is done one after the other.
 */
@Injectable()
export class IndexKeeper implements OnModuleInit {
  private readonly processId = randomUUID();
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly feeding = new Map<string, Promise<number>>();
  private readonly fed = new Map<string, { tenantId: string; botId: string }>();

  constructor(
    private readonly index: KnowledgeIndex,
    private readonly sources: SourcesRepository,
    private readonly signals: Signals,
    private readonly meaning: MeaningKeeper,
  ) {}

  onModuleInit(): void {
    if (this.index.durable) return;
    this.signals.on('knowledge', (signal) => {
      if (signal.from === this.processId) return;
      void this.follow(systemContext(signal.tenantId, 'follow index'), signal.botId, signal.sourceId).catch(() => this.forget(signal.botId));
    });
    // Signals may have been lost with the connection: what is in memory is fed anew when it is next asked.
    this.signals.on('resumed', () => [...this.fed.keys()].forEach((botId) => this.forget(botId)));
  }

  /** Before a search: makes sure that the bot's passages are in the index. Says whether it had to feed all of them. */
  async ready(ctx: TenantContext, botId: string, progress?: (done: number) => Promise<void>): Promise<boolean> {
    // What is being fed is there already, but not whole: it would answer that it knows nothing.
    const feeding = this.feeding.get(botId);
    if (feeding) return feeding.then(() => false);
    if (await this.index.has(ctx, botId)) return false;
    const passages = await this.inTurn(botId, () => this.feedAnew(ctx, botId, progress));
    if (passages === null) return false;
    await this.meaning.fedAnew(ctx, botId, passages);
    return true;
  }

  /** Begins what {@link ready} does without waiting for it: somebody looks at the bot, and may ask next. What fails here is met again then. */
  warm(ctx: TenantContext, botId: string): void {
    void this.ready(ctx, botId).catch(() => undefined);
  }

  /**
   * A source that the index has nothing of goes in while it is being stored. Null where that is not possible: an index of its own keeping
   * would show what is not committed, and an earlier version must stay until the new one is stored.
   */
  async stage(ctx: TenantContext, botId: string, sourceId: string): Promise<StagedSource | null> {
    if (this.index.durable || !this.index.putRead) return null;
    await this.ready(ctx, botId);
    if ((await this.index.count(ctx, botId, sourceId)) > 0) return null;
    const words: WordList = { forms: [], terms: [] };
    const arrived = this.meaning.expect(botId);
    return new StagedSource({
      put: (passages) => this.inTurn(botId, () => this.putStaged(ctx, botId, sourceId, passages, words)),
      count: () => this.index.count(ctx, botId, sourceId),
      remove: () => this.inTurn(botId, () => this.index.removeSource(ctx, botId, sourceId)),
      tell: async (passages) => {
        await this.tell(ctx, botId, sourceId, false);
        await this.meaning.sourceFed(ctx, botId, sourceId, passages);
        await this.meaning.changed(ctx, botId);
      },
      end: arrived,
    });
  }

  private async putStaged(
    ctx: TenantContext,
    botId: string,
    sourceId: string,
    { ids, title, language, batch: { words, texts } }: StagedPassages,
    known: WordList,
  ): Promise<void> {
    if (!words || !language)
      return this.index.put(ctx, botId, (texts ?? []).map((text, at) => ({ chunkId: ids[at]!, sourceId, title, language, ...text })));
    for (const form of words.newForms) known.forms.push(form);
    for (const term of words.newTerms) known.terms.push(term);
    await this.index.putRead!(ctx, botId, { sourceId, language, chunkIds: ids, words: known, numbers: words.numbers, ends: words.ends });
  }

  /** Whether a source of so many passages is ready as soon as it is found by its words: its vectors come behind, or there are none. */
  isReadyByWords(passages: number): boolean {
    return this.meaning.comesBehind(passages);
  }

  /** Replaces the passages of one source by the stored ones; `progress` hears how many passages are in. */
  async refreshSource(ctx: TenantContext, botId: string, sourceId: string, progress?: (done: number) => Promise<void>): Promise<void> {
    const isFedAnew = await this.ready(ctx, botId, progress);
    const passages = isFedAnew ? 0 : await this.feedSource(ctx, botId, sourceId, progress);
    await this.tell(ctx, botId, sourceId, false);
    await this.meaning.sourceFed(ctx, botId, sourceId, passages);
    await this.meaning.changed(ctx, botId);
  }

  async removeSource(ctx: TenantContext, botId: string, sourceId: string): Promise<void> {
    await this.inTurn(botId, () => this.index.removeSource(ctx, botId, sourceId));
    await this.tell(ctx, botId, sourceId, true);
    await this.meaning.changed(ctx, botId);
  }

  async removeBot(ctx: TenantContext, botId: string): Promise<void> {
    await this.inTurn(botId, () => this.index.removeBot(ctx, botId));
    this.fed.delete(botId);
    this.meaning.forget(botId);
    await this.tell(ctx, botId, null, true);
  }

  count(ctx: TenantContext, botId: string, sourceId?: string): Promise<number> {
    return this.index.count(ctx, botId, sourceId);
  }

  /** All of a bot's passages by words; returns how many, or null where they are there already. */
  private async feedAnew(ctx: TenantContext, botId: string, progress?: (done: number) => Promise<void>): Promise<number | null> {
    if (await this.index.has(ctx, botId)) return null;
    await this.index.open(ctx, botId);
    this.fed.set(botId, { tenantId: ctx.tenantId, botId });
    const feeding = this.feed(ctx, botId, undefined, progress);
    this.feeding.set(botId, feeding);
    try {
      return await feeding;
    } catch (error) {
      await this.index.removeBot(ctx, botId);
      throw error;
    } finally {
      this.feeding.delete(botId);
    }
  }

  private feedSource(ctx: TenantContext, botId: string, sourceId: string, progress?: (done: number) => Promise<void>): Promise<number> {
    return this.inTurn(botId, async () => {
      await this.index.removeSource(ctx, botId, sourceId);
      return this.feed(ctx, botId, sourceId, progress);
    });
  }

  /** By words; returns how many passages there are. */
  private async feed(ctx: TenantContext, botId: string, sourceId?: string, progress?: (done: number) => Promise<void>): Promise<number> {
    for (let after = firstId, done = 0; ; ) {
      const page = await this.sources.chunksAfter(ctx, botId, after, pageSize, sourceId);
      if (page.length === 0) return done;
      await this.index.put(ctx, botId, page.map(toEntry));
      after = page.at(-1)!.id;
      done += page.length;
      await progress?.(done);
      if (page.length < pageSize) return done;
    }
  }

  private async follow(ctx: TenantContext, botId: string, sourceId: string | null): Promise<void> {
    if (!(await this.index.has(ctx, botId))) return;
    if (sourceId) return this.meaning.sourceFed(ctx, botId, sourceId, await this.feedSource(ctx, botId, sourceId));
    this.meaning.forget(botId);
    await this.inTurn(botId, () => this.index.removeBot(ctx, botId));
  }

  private forget(botId: string): void {
    const known = this.fed.get(botId);
    if (!known) return;
    this.fed.delete(botId);
    this.meaning.forget(botId);
    void this.inTurn(botId, () => this.index.removeBot(known, botId));
  }

  private tell(ctx: TenantContext, botId: string, sourceId: string | null, gone: boolean): Promise<void> {
    return this.signals.send('knowledge', { tenantId: ctx.tenantId, botId, sourceId, gone, from: this.processId });
  }

  private inTurn<T>(botId: string, work: () => Promise<T>): Promise<T> {
    const result = (this.queues.get(botId) ?? Promise.resolve()).then(work, work);
    const settled = result.catch(() => undefined);
    this.queues.set(botId, settled);
    void settled.then(() => this.queues.get(botId) === settled && this.queues.delete(botId));
    return result;
  }
}

function toEntry(chunk: StoredChunk): IndexChunk {
  return { chunkId: chunk.id, sourceId: chunk.sourceId, title: chunk.title, headings: chunk.headings, text: chunk.body, language: chunk.language };
}
