import { Injectable } from '@nestjs/common';
import { JobHandler, Signals, type JobPayload, type TenantContext } from '@docent/platform';
import { Embedder, KnowledgeIndex, type KnowledgeText } from '@docent/ports';
import { SourcesRepository } from '../sources.repository';
import { pagesOf, toText } from './bot-vectors';
import { hasDrifted, KnowledgeModelsRepository, settleTask, type ModelToStore } from './knowledge-models.repository';
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
    // Vectors of another embedder in a shared index are made anew once, whether or not there is something to learn.
    if (!this.embedder.learns) return this.bringIntoUse(ctx, botId, 0);
    const embedder = this.embedder.name!;
    const passages = await this.models.countPassages(ctx, botId);
    const stored = await this.models.find(ctx, botId);
    const previous = stored?.embedder === embedder ? stored : null;
    const drifted = hasDrifted(previous, embedder, passages);
    const occasion = { passages, previous, isWanted };
    const isDue = await this.learning.isDue(ctx, botId, occasion);
    if (!drifted && !isDue) return this.index.durable ? this.bringIntoUse(ctx, botId, 0) : undefined;
    const weights = await this.embedder.count(this.texts(ctx, botId, signal));
    const counted = { embedder, passages, weights };
    const present = { rows: previous?.rows ?? null, learned: previous?.learned ?? null };
    // Learning takes its time, and every search until then gains by the weights.
    if (drifted) await this.store(ctx, botId, { ...counted, ...present }, signal);
    const outcome = isDue ? await this.learning.learn(ctx, botId, { ...occasion, weights, signal }) : null;
    if (!outcome) return;
    signal.throwIfAborted();
    // Nothing that a vector depends on has changed: a new version would make all of them anew.
    if (outcome.rows === present.rows) await this.models.storeNote(ctx, botId, outcome.learned);
    else await this.store(ctx, botId, { ...counted, ...outcome }, signal);
  }

  private async store(ctx: TenantContext, botId: string, model: ModelToStore, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const version = await this.models.store(ctx, botId, model);
    if (version !== null) await this.bringIntoUse(ctx, botId, version);
  }

  /** An index in memory is brought up to the newest model by each process itself, a shared one here. */
  private async bringIntoUse(ctx: TenantContext, botId: string, version: number): Promise<void> {
    if (this.index.durable) await this.meaning.rebuild(ctx, botId);
    await this.signals.send('meaning', { tenantId: ctx.tenantId, botId, version });
  }

  private async *texts(ctx: TenantContext, botId: string, signal: AbortSignal): AsyncGenerator<KnowledgeText[]> {
    for await (const page of pagesOf(this.sources, ctx, botId)) {
      signal.throwIfAborted();
      yield page.map(toText);
    }
  }
}
