import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { BotsService, ChatService, ExtractiveAnswerer, FollowConversation } from '@docent/chat';
import { CreateBot, type EventPayload } from '@docent/contracts';
import { buildQuery, LearnStateService, RetrievalService, SourcesService, type FoundPassage } from '@docent/knowledge';
import { detectLanguage } from '@docent/language';
import type { EvalSet, EvalTurn } from '../../../tools/eval/eval-set';
import { readLearningSets } from '../../../tools/eval/learning-sets';
import { printLearning, type LearningReport } from '../../../tools/eval/learning-report';
import type { EvalAnswer, EvalFinding, EvalProduct } from '../../../tools/eval/product';
import { readEvalOptions } from '../../../tools/eval/read-options';
import { runEval } from '../../../tools/eval/run-eval';
import { LearningMeasure } from './bench/learning';
import { startThrowAwayProduct, type ThrowAwayProduct } from './throw-away-product';

const passagesRanked = 40;
const passagesPerAnswer = 10;
/** Vectors follow the words; a knowledge model, and what the bot learns, follow when nothing has changed for a while. */
const settlesWithinMs = 300_000;
const stillAtWork = ['waiting', 'learning'];

/** The running product: real upload, queue, extraction, index, conversation and answer; only HTTP is left out. */
class WholeProduct implements EvalProduct {
  private readonly sources: SourcesService;
  private readonly bots: BotsService;
  private readonly chat: ChatService;
  private readonly follower: FollowConversation;
  private readonly retrieval: RetrievalService;
  private readonly extractive: ExtractiveAnswerer;
  private readonly learning: LearnStateService;
  private botId = '';
  /** Which unit of the set became which source. */
  private readonly units = new Map<string, string>();

  constructor(private readonly home: ThrowAwayProduct) {
    const get = <T>(service: abstract new (...parts: never[]) => T): T => home.product.app.get(service as never, { strict: false });
    this.sources = get(SourcesService);
    this.bots = get(BotsService);
    this.chat = get(ChatService);
    this.follower = get(FollowConversation);
    this.retrieval = get(RetrievalService);
    this.extractive = get(ExtractiveAnswerer);
    this.learning = get(LearnStateService);
  }

  async load(set: EvalSet): Promise<void> {
    const { ctx } = this.home;
    this.botId = (await this.bots.create(ctx, CreateBot.parse({ name: set.name }))).id;
    const pending = new Set<string>();
    for (const unit of set.units) {
      const { id } = await this.sources.create(ctx, this.botId, {
        type: 'text',
        // An id may tell more than a customer's document would.
        name: unit.title.slice(0, 200) || 'Document',
        text: unit.text,
      });
      this.units.set(id, unit.id);
      pending.add(id);
    }
    await this.ingested(set, pending);
    await this.settled(set);
  }

  async ask(question: string, history: EvalTurn[]): Promise<EvalAnswer> {
    const { ctx } = this.home;
    const finding = await this.find(question, history);
    const earlier = history.map((turn): EventPayload<'message'> => ({ turnId: null, clientMessageId: null, role: turn.role === 'user' ? 'visitor' : 'assistant', text: turn.content }));
    const conversation = await this.chat.begin(ctx, this.botId, { history: earlier });
    const { turnId, seq } = await this.chat.ask(ctx, conversation.id, { clientMessageId: randomUUID(), text: question });
    const { text, answered, citations } = await this.completion(conversation.id, turnId, seq);
    return { ...finding, answered, answer: answered ? text : '', cited: citations.map(({ sourceId, quote }) => ({ id: this.units.get(sourceId)!, quote })) };
  }

  async find(question: string, history: EvalTurn[]): Promise<EvalFinding> {
    const { ctx } = this.home;
    const query = buildQuery(question, history);
    const passages = await this.retrieval.search(ctx, this.botId, query, passagesRanked);
    const judged = await this.extractive.judge(ctx, { botId: this.botId, query, language: detectLanguage(question) }, passages.slice(0, passagesPerAnswer));
    return { ...judged, results: passages.map((passage) => this.toResult(passage)) };
  }

  private toResult({ sourceId, text, ranks }: FoundPassage): EvalFinding['results'][number] {
    return { id: this.units.get(sourceId)!, text, lexicalRank: ranks?.lexical, vectorRank: ranks?.vector };
  }

  private async ingested(set: EvalSet, pending: Set<string>): Promise<void> {
    while (pending.size > 0) {
      for (const id of pending) {
        const { status, error } = await this.sources.get(this.home.ctx, id);
        // One page that can't be read is missing, as it would be for a customer, and the rest is measured.
        if (status === 'failed') process.stderr.write(`${set.name}: ${this.units.get(id)} could not be loaded: ${error?.message}\n`);
        if (status === 'failed' || status === 'ready') pending.delete(id);
      }
      await wait(50);
    }
  }

  private async settled(set: EvalSet): Promise<void> {
    const end = performance.now() + settlesWithinMs;
    while (!(await this.isSettled())) {
      if (performance.now() > end) throw new Error(`${set.name}: its knowledge did not settle within ${settlesWithinMs / 1000} s`);
      await wait(100);
    }
  }

  private async isSettled(): Promise<boolean> {
    const { ctx } = this.home;
    if (!(await this.retrieval.isSettled(ctx, this.botId))) return false;
    const { status, vectors } = await this.learning.state(ctx, this.botId);
    return vectors.ready && !stillAtWork.includes(status);
  }

  private async completion(conversationId: string, turnId: string, after: number): Promise<EventPayload<'answer.completed'>> {
    const leaving = new AbortController();
    for await (const events of this.follower.follow(this.home.ctx, conversationId, after, leaving.signal)) {
      for (const event of events) {
        if (event.type === 'answer.completed' && event.data.turnId === turnId) return event.data;
        if (event.type === 'answer.failed') throw new Error(`the answer failed: ${event.data.message}`);
      }
    }
    throw new Error('the conversation ended');
  }
}

const options = readEvalOptions(process.argv.slice(2));
const home = await startThrowAwayProduct();
try {
  if (options.learning) await measureLearning();
  else await runEval({ ...options, product: new WholeProduct(home) });
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
} finally {
  await home.close();
}
process.exit();

/** Sets that are large enough to learn from, one after the other. */
async function measureLearning(): Promise<void> {
  const measure = new LearningMeasure(home);
  const reports: LearningReport[] = [];
  for (const set of readLearningSets(options.dir, options.corpus, options.only)) reports.push(await measure.measure(set));
  printLearning(reports, console.log);
}
