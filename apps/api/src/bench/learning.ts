import { setTimeout as wait } from 'node:timers/promises';
import { BotsService } from '@docent/chat';
import { CreateBot, type LearningState } from '@docent/contracts';
import { buildQuery, GoldenQuestionsService, LearnStateService, RetrievalService, SourcesService } from '@docent/knowledge';
import type { EvalQuestion, EvalSet } from '../../../../tools/eval/eval-set';
import { foundAt, type FoundAmong, type LearningReport } from '../../../../tools/eval/learning-report';
import type { ThrowAwayProduct } from '../throw-away-product';

const deepest = 10;
const learnsWithinMs = 180_000;

/**
 * One set in the running product: a bot that may not learn is asked everything; then it may, learns, and is asked again. Every other
 * question is made a golden question, which the gate sees; the bot is never told of the others, and learns from neither.
 */
export class LearningMeasure {
  private readonly sources: SourcesService;
  private readonly bots: BotsService;
  private readonly retrieval: RetrievalService;
  private readonly golden: GoldenQuestionsService;
  private readonly learning: LearnStateService;

  constructor(private readonly home: ThrowAwayProduct) {
    const get = <T>(service: abstract new (...parts: never[]) => T): T => home.product.app.get(service as never, { strict: false });
    this.sources = get(SourcesService);
    this.bots = get(BotsService);
    this.retrieval = get(RetrievalService);
    this.golden = get(GoldenQuestionsService);
    this.learning = get(LearnStateService);
  }

  async measure(set: EvalSet): Promise<LearningReport> {
    const { ctx } = this.home;
    const { id: botId } = await this.bots.create(ctx, CreateBot.parse({ name: set.name, learning: false }));
    const units = await this.load(botId, set);
    const asked = set.questions.filter(({ gold, answerable }) => gold.length > 0 && answerable !== false);
    const golden = asked.filter((_, at) => at % 2 === 0);
    const unseen = asked.filter((_, at) => at % 2 === 1);
    for (const question of golden) await this.makeGolden(botId, question, units);
    const before = [await this.ask(botId, golden, units), await this.ask(botId, unseen, units)] as const;
    await this.bots.update(ctx, botId, { learning: true });
    const state = await this.until(botId, ({ status, vectors, learnedAt }) => (status === 'learned' || status === 'kept') && vectors.ready && learnedAt !== null);
    const after = [await this.ask(botId, golden, units), await this.ask(botId, unseen, units)] as const;
    const { passages, seconds, status } = state;
    await this.bots.remove(ctx, botId);
    return { set: set.name, passages, seconds: seconds ?? 0, outcome: status, golden: { before: before[0], after: after[0] }, unseen: { before: before[1], after: after[1] } };
  }

  /** Source of each unit, once all are searchable by words and by meaning. */
  private async load(botId: string, set: EvalSet): Promise<Map<string, string>> {
    const { ctx } = this.home;
    const units = new Map<string, string>();
    for (const { id, title, text } of set.units) units.set(id, (await this.sources.create(ctx, botId, { type: 'text', name: title.slice(0, 200) || 'Document', text })).id);
    for (const [unit, source] of units)
      for (;;) {
        const { status, error } = await this.sources.get(ctx, source);
        if (status === 'failed') throw new Error(`${set.name}: ${unit} could not be loaded: ${error?.message}`);
        if (status === 'ready') break;
        await wait(50);
      }
    await this.until(botId, ({ vectors }) => vectors.ready && !vectors.set?.endsWith('#0'));
    return units;
  }

  private async makeGolden(botId: string, { question, gold }: EvalQuestion, units: Map<string, string>): Promise<void> {
    const sourceId = units.get(gold[0]!);
    if (sourceId) await this.golden.create(this.home.ctx, botId, { question, sourceId, quote: '' });
  }

  private async ask(botId: string, questions: EvalQuestion[], units: Map<string, string>): Promise<FoundAmong> {
    const ranks: (number | null)[] = [];
    for (const { question, history, gold } of questions) {
      const right = new Set(gold.map((unit) => units.get(unit)));
      const passages = await this.retrieval.search(this.home.ctx, botId, buildQuery(question, history), deepest);
      const found = [...new Set(passages.map(({ sourceId }) => sourceId))].findIndex((sourceId) => right.has(sourceId));
      ranks.push(found < 0 ? null : found + 1);
    }
    return foundAt(ranks);
  }

  private async until(botId: string, isReached: (state: LearningState) => boolean): Promise<LearningState> {
    const end = performance.now() + learnsWithinMs;
    for (;;) {
      const state = await this.learning.state(this.home.ctx, botId);
      if (isReached(state)) return state;
      if (performance.now() > end) throw new Error(`The knowledge did not settle within ${learnsWithinMs / 1000} s: ${JSON.stringify(state)}`);
      await wait(100);
    }
  }
}
