import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, Signals, systemContext, type TenantContext } from '@docent/platform';
import { Embedder, KnowledgeIndex, type IndexQuery, type KnowledgeEmbedder } from '@docent/ports';
import { SourcesRepository } from '../sources.repository';
import { BackgroundWork } from './background-work';
import { BotVectors } from './bot-vectors';
import { PassageVectorsRepository } from './passage-vectors.repository';
import { hasDrifted, KnowledgeModelsRepository, type ModelNote } from './knowledge-models.repository';

/** Up to so many passages get their vectors before they are said to be ready; more get them behind, and are found by their words meanwhile. */
const passagesAtOnce = 1_000;
/** A source, and the first question after a start, wait no longer for a model that takes its time: its vectors come behind as well. */
const patienceMs = 1_000;
/** An embedder that takes longer is not waited for: the words alone find something too. */
const questionTimeoutMs = 2_000;
/** Bots whose models are kept in memory. */
const mostBots = 200;
/** Where the vectors are of another set than the model, it is not looked again at every question. */
const lookAgainMs = 5_000;

interface KnownBot {
  vectors: BotVectors;
  /** The newest model as far as this process has read it. */
  newest: { version: number; knowledge: KnowledgeEmbedder } | null;
  lookAgainAt: number;
}

/**
 * Keeps the vectors of each bot's passages equal to its passages and to the model of its knowledge. Words come first: a passage is found by
 * them before it has vectors. A new model rebuilds all vectors beside the old ones and switches in one step, in every process that has an
 * index in its memory, or once where the index is shared.
 */
@Injectable()
export class MeaningKeeper implements OnModuleInit, OnApplicationShutdown {
  private readonly bots = new Map<string, KnownBot>();
  private readonly work: BackgroundWork;

  constructor(
    private readonly index: KnowledgeIndex,
    private readonly embedder: Embedder,
    private readonly sources: SourcesRepository,
    private readonly models: KnowledgeModelsRepository,
    private readonly passageVectors: PassageVectorsRepository,
    private readonly signals: Signals,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.work = new BackgroundWork(logger);
  }

  onModuleInit(): void {
    this.signals.on('meaning', ({ tenantId, botId }) => this.follow(systemContext(tenantId, 'follow meaning'), botId));
    // A model may have changed unheard. An index in memory is fed anew anyway.
    this.signals.on('resumed', () => [...this.bots.keys()].forEach((botId) => this.forget(botId)));
  }

  onApplicationShutdown(): Promise<void> {
    for (const botId of [...this.bots.keys()]) this.forget(botId);
    return this.work.end();
  }

  /** The words of all of a bot's passages are in the index: now their vectors. */
  async fedAnew(ctx: TenantContext, botId: string, passages: number): Promise<void> {
    if (!this.embedder.name) return;
    await this.atOnceIfFew(passages, botId, () => this.rebuild(ctx, botId));
    const note = await this.models.note(ctx, botId);
    if (this.embedder.learns && hasDrifted(note, this.embedder.name, passages)) await this.models.requestSettling(ctx, botId);
  }

  /** The words of a source's passages are in the index: now their vectors. */
  async sourceFed(ctx: TenantContext, botId: string, sourceId: string, passages: number): Promise<void> {
    if (!this.embedder.name || passages === 0) return;
    const done = this.expect(botId);
    await this.atOnceIfFew(passages, botId, async () => {
      try {
        const bot = this.known(botId);
        await bot.vectors.cover(ctx, sourceId, await this.newest(ctx, botId, bot));
      } finally {
        done();
      }
    });
  }

  /** Passages of a source come into the index: until they are said to have, the bot's vectors are not whole. Returns what says so. */
  expect(botId: string): () => void {
    return this.embedder.name ? this.known(botId).vectors.expect() : () => undefined;
  }

  /** Whether passages of the bot, of which this process knows, still wait for their vectors. */
  isExpecting(botId: string): boolean {
    return this.bots.get(botId)?.vectors.isCovering ?? false;
  }

  /** Passages that have got their vectors where all are being made anew by this process; null: none are. */
  made(botId: string): number | null {
    return this.bots.get(botId)?.vectors.made ?? null;
  }

  /** Whether so many passages get their vectors after they are said to be ready. */
  comesBehind(passages: number): boolean {
    // A shared index keeps what is missing when this process ends, so nothing may be missing when the source is said to be ready.
    return !this.embedder.name || (passages > passagesAtOnce && !this.index.durable);
  }

  /** A bot's knowledge was changed by this process: when it has settled, its model is looked at. */
  async changed(ctx: TenantContext, botId: string): Promise<void> {
    if (this.embedder.learns) await this.models.requestSettling(ctx, botId);
  }

  /** Gives all passages vectors of the newest model, where they have not; searches use them from the end on. */
  async rebuild(ctx: TenantContext, botId: string): Promise<void> {
    const bot = this.known(botId);
    const wanted = await this.newest(ctx, botId, bot);
    if (bot.vectors.inUse?.set === wanted.set && (await this.index.vectorSet(ctx, botId)) === wanted.set) return;
    await bot.vectors.rebuild(ctx, wanted);
  }

  /** What a search takes beside the words; nothing where the passages have no vectors (yet), or the embedder fails or takes too long. */
  async meaningOf(ctx: TenantContext, botId: string, text: string, context: IndexQuery['context']): Promise<Pick<IndexQuery, 'vector' | 'isWord'>> {
    const knowledge = await this.inUse(ctx, botId);
    if (!knowledge) return {};
    const vector = await this.work.within(questionTimeoutMs, () => knowledge.embedQuestion(text, context));
    if (!vector) return {};
    const isWord = knowledge.knows('') === null ? undefined : (word: string) => knowledge.knows(word) === true;
    return { vector: { set: knowledge.set, ...vector }, isWord };
  }

  /**
   * Whether the index still searches by this set, as it did when the question got its vector. Where it does not, another process has switched a
   * shared index, and its signal is still on the way: the next question is embedded with what is in use now.
   */
  async isStillInUse(ctx: TenantContext, botId: string, set: string): Promise<boolean> {
    if ((await this.index.vectorSet(ctx, botId)) === set) return true;
    if (this.index.durable) this.lookAnew(botId);
    return false;
  }

  /** The embedder that made the vectors in use; null where there is none, or not for all passages yet. */
  async inUse(ctx: TenantContext, botId: string): Promise<KnowledgeEmbedder | null> {
    if (!this.embedder.name) return null;
    const bot = this.known(botId);
    if (bot.vectors.inUse || bot.vectors.isGrowing || bot.lookAgainAt > Date.now()) return bot.vectors.inUse;
    bot.lookAgainAt = Date.now() + lookAgainMs;
    const newest = await this.newest(ctx, botId, bot);
    if ((await this.index.vectorSet(ctx, botId)) === newest.set) bot.vectors.inUse = newest;
    else if (this.index.durable) await this.models.requestSettling(ctx, botId);
    else if (await this.index.has(ctx, botId)) this.work.start(`vectors of ${botId}`, () => this.rebuild(ctx, botId));
    return bot.vectors.inUse;
  }

  /** The embedder with the bot's newest model, whatever vectors are in use; null where there is no embedder. */
  async embedderOf(ctx: TenantContext, botId: string): Promise<KnowledgeEmbedder | null> {
    return this.embedder.name ? this.newest(ctx, botId, this.known(botId)) : null;
  }

  /**
   * `set`: of the vectors in use. `isReady`: they are of the newest model, for all passages. `isSettled`: and that model knows the passages
   * that there are.
   */
  async state(ctx: TenantContext, botId: string): Promise<{ set: string | null; isReady: boolean; isSettled: boolean }> {
    if (!this.embedder.name) return { set: null, isReady: true, isSettled: true };
    const [knowledge, newest, set] = [await this.inUse(ctx, botId), await this.embedderOf(ctx, botId), await this.index.vectorSet(ctx, botId)];
    const isReady = knowledge !== null && knowledge.set === newest?.set && set === knowledge.set && !this.known(botId).vectors.isCovering;
    const note = await this.models.note(ctx, botId);
    const isLate = this.embedder.learns && hasDrifted(note, this.embedder.name, await this.models.countPassages(ctx, botId));
    return { set, isReady, isSettled: isReady && !isLate };
  }

  /** What this process knows of the bot's vectors is void. */
  forget(botId: string): void {
    this.bots.get(botId)?.vectors.drop();
    this.bots.delete(botId);
  }

  /** What is in use was changed from outside. What this process is putting into a shared index goes on: nobody else would put it there. */
  private lookAnew(botId: string): void {
    const bot = this.bots.get(botId);
    if (!bot) return;
    bot.vectors.inUse = null;
    bot.lookAgainAt = 0;
  }

  private follow(ctx: TenantContext, botId: string): void {
    if (this.index.durable) return this.lookAnew(botId);
    this.work.start(`vectors of ${botId}`, async () => {
      if (await this.index.has(ctx, botId)) await this.rebuild(ctx, botId);
      else this.forget(botId);
    });
  }

  private async atOnceIfFew(passages: number, botId: string, work: () => Promise<void>): Promise<void> {
    const begun = this.work.start(`vectors of ${botId}`, work);
    if (this.comesBehind(passages)) return;
    const mayComeBehind = !this.embedder.learns && !this.index.durable;
    await (mayComeBehind ? Promise.race([begun, wait(patienceMs, undefined, { ref: false })]) : begun);
  }

  /** The embedder in the box makes vectors faster than a table gives them back, and an index that outlives the process has them. */
  private get keepsVectors(): boolean {
    return !this.embedder.learns && !this.index.durable;
  }

  private async newest(ctx: TenantContext, botId: string, bot: KnownBot): Promise<KnowledgeEmbedder> {
    const note = await this.models.note(ctx, botId);
    const version = note?.embedder === this.embedder.name ? note.version : 0;
    if (bot.newest?.version === version) return bot.newest.knowledge;
    const model = version > 0 ? await this.models.find(ctx, botId) : null;
    const knowledge = this.embedder.forKnowledge(ctx, botId, isOf(model, this.embedder.name) ? model : null);
    bot.newest = { version: model?.version ?? 0, knowledge };
    return knowledge;
  }

  /** The one used last stands last; the first goes where there are too many. What is growing stays. */
  private known(botId: string): KnownBot {
    const bot = this.bots.get(botId) ?? { vectors: new BotVectors(this.index, this.sources, botId, this.keepsVectors ? this.passageVectors : null), newest: null, lookAgainAt: 0 };
    this.bots.delete(botId);
    this.bots.set(botId, bot);
    if (this.bots.size > mostBots) {
      const idle = [...this.bots].find(([, { vectors }]) => !vectors.isGrowing);
      if (idle) this.bots.delete(idle[0]);
    }
    return bot;
  }
}

function isOf<Model extends ModelNote>(model: Model | null, embedder: string | null): model is Model {
  return model !== null && model.embedder === embedder;
}
