import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LearningState, LearningStatus } from '@docent/contracts';
import { AppError, found, Signals, TenantDb, type TenantContext } from '@docent/platform';
import { Embedder, KnowledgeIndex } from '@docent/ports';
import { IndexKeeper } from '../index-keeper';
import { KnowledgeModelsRepository, type ModelNote } from './knowledge-models.repository';
import { MeaningKeeper } from './meaning-keeper';
import { fewestPassages, readLearnNote, type LearnNote } from './learn-note';

/** A learning that has not been heard of for so long has ended with its process. */
const silentAfterMs = 60_000;

/** How far a bot is with learning its own knowledge. */
@Injectable()
export class LearnStateService implements OnModuleInit {
  /** Bots that are learning at this moment, in whatever process, and when they were last heard of. */
  private readonly learning = new Map<string, number>();

  constructor(
    private readonly db: TenantDb,
    private readonly embedder: Embedder,
    private readonly index: KnowledgeIndex,
    private readonly models: KnowledgeModelsRepository,
    private readonly signals: Signals,
    private readonly meaning: MeaningKeeper,
    private readonly keeper: IndexKeeper,
  ) {}

  onModuleInit(): void {
    this.signals.on('change', (_tenantId, change) => {
      if (change.kind !== 'learning') return;
      if (change.done) this.learning.delete(change.id);
      else this.learning.set(change.id, Date.now());
    });
  }

  async state(ctx: TenantContext, botId: string): Promise<LearningState> {
    const bot = found(await this.db.run(ctx, (db) => db.bot.findFirst({ where: { tenantId: ctx.tenantId, id: botId }, select: { learning: true } })));
    // After a start, the vectors of a bot are made when it is first asked. Whoever waits for them here would wait for that.
    this.keeper.warm(ctx, botId);
    const [model, passages, set] = await Promise.all([
      this.models.note(ctx, botId),
      this.models.countPassages(ctx, botId),
      this.index.vectorSet(ctx, botId),
    ]);
    const own = model && model.embedder === this.embedder.name ? model : null;
    const note = bot.learning ? readLearnNote(own?.learned) : null;
    const status = this.statusOf(botId, bot.learning, passages, note);
    return {
      on: bot.learning,
      status,
      embedder: this.embedder.name,
      vectors: { set, ready: set !== null && set === this.setOf(own) && !this.meaning.isExpecting(botId), made: this.meaning.made(botId) },
      passages,
      learnedAt: note?.at ?? null,
      seconds: note?.seconds ?? null,
      questions: questionsOf(note),
      note: noteOf(status, passages),
    };
  }

  /** Throws conflict where nothing could be learned: switched off, too small, or an embedder that can't be taught. */
  async learnNow(ctx: TenantContext, botId: string): Promise<LearningState> {
    const state = await this.state(ctx, botId);
    if (['off', 'unsupported', 'too_small'].includes(state.status)) throw new AppError('conflict', { status: state.status }, { message: state.note ?? undefined });
    await this.models.requestSettling(ctx, botId, { isWanted: true });
    return state;
  }

  private statusOf(botId: string, isOn: boolean, passages: number, note: LearnNote | null): LearningStatus {
    if (!this.embedder.name || !this.embedder.learns) return 'unsupported';
    if (!isOn) return 'off';
    if (passages < fewestPassages) return 'too_small';
    const heardAt = this.learning.get(botId);
    if (heardAt !== undefined && Date.now() - heardAt < silentAfterMs) return 'learning';
    return note?.outcome ?? 'waiting';
  }

  private setOf(model: ModelNote | null): string {
    return `${this.embedder.name}#${model?.version ?? 0}`;
  }
}

/** The owner's and the visitors' questions where there are any, otherwise those made from headings. */
function questionsOf(note: LearnNote | null): LearningState['questions'] {
  const group = note && (note.gate.own ?? note.gate.made);
  return group ? { count: group.count, foundBefore: group.before.recall, foundAfter: group.after.recall } : null;
}

function noteOf(status: LearningStatus, passages: number): string | null {
  switch (status) {
    case 'unsupported':
      return 'The embedder in use cannot be taught.';
    case 'off':
      return 'Learning is switched off for this bot.';
    case 'too_small':
      return `Learning needs at least ${fewestPassages} passages; there are ${passages}.`;
    case 'kept':
      return 'The last learning would have found the test questions worse, so what was in use before stays.';
    default:
      return null;
  }
}
