import { Injectable } from '@nestjs/common';
import { Signals, type TenantContext } from '@docent/platform';
import { Embedder, KnowledgeIndex, type KnowledgeModel, type Lesson } from '@docent/ports';
import { SourcesRepository, type StoredChunk } from '../sources.repository';
import { pagesOf } from './bot-vectors';
import { GoldenQuestionsRepository } from './golden-questions.repository';
import type { ModelNote } from './knowledge-models.repository';
import { LearnEvidenceRepository } from './learn-evidence.repository';
import { LearnTrial, passesGate, type GateFindings, type GateQuestion } from './learn-gate';
import { isRead, prepareLesson } from './learn-lesson';
import { LearnNightlyJob } from './learn-nightly.job';
import { fewestPassages, readLearnNote, type LearnNote } from './learn-note';

export interface LearningOccasion {
  /** How many passages there are now. */
  passages: number;
  /** The model that is in use, if it belongs to the present embedder. */
  previous: (ModelNote & Pick<KnowledgeModel, 'rows'>) | null;
  /** Somebody asked for it. */
  isWanted?: boolean;
}

export interface LearningRequest extends LearningOccasion {
  /** Weights of the words of the present knowledge. */
  weights: Uint8Array;
  /** Aborts where the knowledge changes meanwhile: everything begins anew then. */
  signal: AbortSignal;
}

/** What becomes of the rows: null leaves those that are there. */
export type LearningOutcome = { rows: Uint8Array | null; learned: LearnNote | null } | null;

/** Of the passages; less waits for the night. */
const changeToNotice = 0.02;
/** Shares of the way that learning and judging take, for who looks on. */
const learningShare = 0.7;

/**
 * The training on one bot's knowledge, after its words were counted: its headings, sentences, questions with answers, and what visitors
 * praised. A gate decides: where the bot's questions would be found worse, the rows that are there stay.
 */
@Injectable()
export class LearnKnowledge {
  constructor(
    private readonly embedder: Embedder,
    private readonly index: KnowledgeIndex,
    private readonly sources: SourcesRepository,
    private readonly evidence: LearnEvidenceRepository,
    private readonly golden: GoldenQuestionsRepository,
    private readonly nightly: LearnNightlyJob,
    private readonly signals: Signals,
  ) {}

  /** Whether there is something to learn, or to forget, although the weights have hardly changed. */
  async isDue(ctx: TenantContext, botId: string, occasion: LearningOccasion): Promise<boolean> {
    const note = readLearnNote(occasion.previous?.learned);
    if (!(await this.canLearn(ctx, botId, occasion.passages))) return note !== null || Boolean(occasion.previous?.rows);
    if (!note || occasion.isWanted) return true;
    const changed = await this.evidence.changedPassages(ctx, botId, new Date(note.at));
    return Math.max(changed, Math.abs(occasion.passages - note.passages)) > occasion.passages * changeToNotice;
  }

  /** Null rows where the bot does not learn: the embedder as it came. Throws the signal's reason. */
  async learn(ctx: TenantContext, botId: string, request: LearningRequest): Promise<LearningOutcome> {
    if (!(await this.canLearn(ctx, botId, request.passages))) return { rows: null, learned: null };
    const startedAt = new Date();
    try {
      await this.tell(ctx, botId, 0);
      const use = await this.evidence.countUse(ctx, botId);
      const passages = await this.readPassages(ctx, botId, request);
      const { lesson, questions } = prepareLesson({
        passages,
        golden: await this.golden.list(ctx, botId),
        answered: await this.evidence.answeredQuestions(ctx, botId),
        approved: await this.evidence.approvedAnswers(ctx, botId),
      });
      const tried = await this.tryLesson(ctx, botId, request, { ...lesson, weights: request.weights }, passages, questions);
      const { before, after, isBetter } = tried;
      const kept = isBetter ? tried.rows : (request.previous?.rows ?? null);
      const note: LearnNote = {
        outcome: isBetter ? 'learned' : 'kept',
        at: startedAt.toISOString(),
        seconds: Math.round((Date.now() - startedAt.getTime()) / 100) / 10,
        passages: request.passages,
        pairs: lesson.pairs.length,
        use,
        rows: kept && { bytes: kept.length },
        gate: {
          own: before.own && after.own && { count: questions.filter(({ isMade }) => !isMade).length, before: before.own, after: after.own },
          made: before.made && after.made && { count: questions.filter(({ isMade }) => isMade).length, before: before.made, after: after.made },
        },
      };
      await this.nightly.enqueue(ctx, botId);
      return { rows: kept, learned: note };
    } finally {
      await this.tell(ctx, botId, 100, true);
    }
  }

  private async canLearn(ctx: TenantContext, botId: string, passages: number): Promise<boolean> {
    return this.embedder.learns && passages >= fewestPassages && (await this.evidence.isOn(ctx, botId));
  }

  private async readPassages(ctx: TenantContext, botId: string, { passages, signal }: LearningRequest): Promise<StoredChunk[]> {
    const taken: StoredChunk[] = [];
    for await (const page of pagesOf(this.sources, ctx, botId)) {
      signal.throwIfAborted();
      taken.push(...page.filter((passage) => isRead(passage, passages)));
    }
    return taken;
  }

  /** What was learned, and what the gate says of it; where it refuses, half of the change is tried as well. */
  private async tryLesson(ctx: TenantContext, botId: string, request: LearningRequest, lesson: Lesson, passages: StoredChunk[], questions: GateQuestion[]) {
    const report = this.reporter(ctx, botId);
    const attempt = async (gently: boolean) => {
      const rows = await this.embedder.learn({ ...lesson, gently }, request.signal, report);
      const found = await this.judge(ctx, request, passages, questions, rows);
      return { rows, isBetter: passesGate(found.before, found.after), ...found };
    };
    const first = await attempt(false);
    return first.isBetter ? first : attempt(true);
  }

  /** What is found with the rows that are there, and with the new ones. */
  private judge(ctx: TenantContext, { weights, signal, previous }: LearningRequest, passages: StoredChunk[], questions: GateQuestion[], rows: Uint8Array | null): Promise<{ before: GateFindings; after: GateFindings }> {
    return LearnTrial.run({ ctx, index: this.index, embedder: this.embedder, passages }, async (trial) => ({
      before: await trial.find(1, weights, previous?.rows ?? null, questions, signal),
      after: await trial.find(2, weights, rows, questions, signal),
    }));
  }

  /** Tells every tenth of the training. */
  private reporter(ctx: TenantContext, botId: string): (share: number) => void {
    let told = 0;
    return (share) => {
      if (share - told < 0.1) return;
      told = share;
      this.tell(ctx, botId, Math.round(share * learningShare * 100)).catch(() => undefined);
    };
  }

  private tell(ctx: TenantContext, botId: string, progress: number, done = false): Promise<void> {
    return this.signals.send('change', ctx.tenantId, { kind: 'learning', id: botId, progress, done });
  }
}
