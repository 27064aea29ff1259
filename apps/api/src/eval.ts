import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { BotsService, ChatService, FollowConversation } from '@docent/chat';
import { CreateBot, type EventPayload } from '@docent/contracts';
import { buildQuery, RetrievalService, SourcesService } from '@docent/knowledge';
import type { EvalSet, EvalTurn } from '../../../tools/eval/eval-set';
import type { EvalAnswer, EvalProduct } from '../../../tools/eval/product';
import { runEval } from '../../../tools/eval/run-eval';
import { startThrowAwayProduct, type ThrowAwayProduct } from './throw-away-product';

const passagesRanked = 40;

/** The running product: real upload, queue, extraction, index, conversation and answer; only HTTP is left out. */
class WholeProduct implements EvalProduct {
  private readonly sources: SourcesService;
  private readonly bots: BotsService;
  private readonly chat: ChatService;
  private readonly follower: FollowConversation;
  private readonly retrieval: RetrievalService;
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
    while (pending.size > 0) {
      for (const id of pending) {
        const { status, error } = await this.sources.get(ctx, id);
        if (status === 'failed') throw new Error(`${set.name}: ${this.units.get(id)} could not be loaded: ${error?.message}`);
        if (status === 'ready') pending.delete(id);
      }
      await new Promise((tick) => setTimeout(tick, 50));
    }
  }

  async ask(question: string, history: EvalTurn[]): Promise<EvalAnswer> {
    const { ctx } = this.home;
    const earlier = history.map((turn): EventPayload<'message'> => ({ turnId: null, clientMessageId: null, role: turn.role === 'user' ? 'visitor' : 'assistant', text: turn.content }));
    const passages = await this.retrieval.search(ctx, this.botId, buildQuery(question, history), passagesRanked);
    const conversation = await this.chat.begin(ctx, this.botId, { history: earlier });
    const { turnId, seq } = await this.chat.ask(ctx, conversation.id, { clientMessageId: randomUUID(), text: question });
    const { text, answered } = await this.completion(conversation.id, turnId, seq);
    return { answered, answer: answered ? text : '', results: passages.map((passage) => ({ id: this.units.get(passage.sourceId)!, text: passage.text })) };
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

const { values } = parseArgs({ options: { dir: { type: 'string' }, out: { type: 'string' }, only: { type: 'string' } } });
if (!values.dir) {
  process.stderr.write('Usage: npm run eval -- --dir <folder of sets> [--out figures.json] [--only set,set]\n');
  process.exit(2);
}
const home = await startThrowAwayProduct();
try {
  await runEval({ dir: values.dir, product: new WholeProduct(home), out: values.out, only: values.only?.split(',') });
} finally {
  await home.close();
}
process.exit(0);
