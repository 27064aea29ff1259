import { Injectable } from '@nestjs/common';
import { JobHandler, Signals, type JobPayload, type TenantContext } from '@docent/platform';
import { Embedder, KnowledgeIndex, type KnowledgeText } from '@docent/ports';
import { SourcesRepository } from '../sources.repository';
import { pagesOf, toText } from './bot-vectors';
import { hasDrifted, KnowledgeModelsRepository, settleTask } from './knowledge-models.repository';
import { LearnKnowledge } from './learn-knowledge';
import { MeaningKeeper } from './meaning-keeper';

/**
 * A bot's knowledge has not changed for a moment: its words are counted, and what can be learned from it is learned. A change meanwhile ends
 * this run; another one is waiting then. No transaction is open while it counts or learns.
 */
@Injectable()
export class SettleJob extends JobHandler {
  readonly task = settleTask;

  constructor(
    private readonly embedder: Embedder,
    private readonly index: KnowledgeIndex,
    private readonly sources: SourcesRepository,
    private readonly models: KnowledgeModelsRepository,
    private readonly learning: LearnKnowledge,
    private readonly meaning: MeaningKeeper,
    private readonly signals: Signals,
  ) {
    super();
  }

  async run(ctx: TenantContext, { botId, isWanted }: JobPayload, { signal }: { signal: AbortSignal }): Promise<void> {
    if (!botId || !this.embedder.name) return;
    const changed = new AbortController();
    const unlisten = this.signals.on('knowledge', (change) => change.botId === botId && changed.abort());
    try {
      await this.settle(ctx, botId, AbortSignal.any([signal, changed.signal]), isWanted === 'yes');
    } catch (error) {
      if (!changed.signal.aborted) throw error;
    } finally {
      unlisten();
      // Whoever changed it has asked for another run, but perhaps before this one began: signals take their time.
      if (changed.signal.aborted) await this.models.requestSettling(ctx, botId);
    }
  }

  private async settle(ctx: TenantContext, botId: string, signal: AbortSignal, isWanted: boolean): Promise<void> {
    const version = this.embedder.learns ? await this.learn(ctx, botId, signal, isWanted) : null;
    // An index in memory is followed up by each process itself.
    if (this.index.durable && !signal.aborted) await this.meaning.rebuild(ctx, botId);
    if (version !== null || this.index.durable) await this.signals.send('meaning', { tenantId: ctx.tenantId, botId, version: version ?? 0 });
  }

  /** The version of the model that was written, null where the present one stays. */
  private async learn(ctx: TenantContext, botId: string, signal: AbortSignal, isWanted: boolean): Promise<number | null> {
    const embedder = this.embedder.name!;
    const passages = await this.models.countPassages(ctx, botId);
    const stored = await this.models.find(ctx, botId);
    const previous = stored?.embedder === embedder ? stored : null;
    const occasion = { passages, previous, isWanted };
    if (!hasDrifted(previous, embedder, passages) && !(await this.learning.isDue(ctx, botId, occasion))) return null;
    const weights = await this.embedder.count(this.texts(ctx, botId, signal));
    const outcome = await this.learning.learn(ctx, botId, { ...occasion, weights, signal });
    if (signal.aborted) return null;
    const { rows, learned } = outcome ?? { rows: previous?.rows ?? null, learned: previous?.learned ?? null };
    return this.models.store(ctx, botId, { embedder, passages, weights, rows, learned });
  }

  private async *texts(ctx: TenantContext, botId: string, signal: AbortSignal): AsyncGenerator<KnowledgeText[]> {
    for await (const page of pagesOf(this.sources, ctx, botId)) {
      signal.throwIfAborted();
      yield page.map(toText);
    }
  }
}
